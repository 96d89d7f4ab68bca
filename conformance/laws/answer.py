"""An exchange beside what the document says of it: what several laws need is worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.media import covers, may_be_json
from conformance.laws.edge import is_edge_refusal
from conformance.laws.finding import Finding
from conformance.laws.schema_errors import first_errors

CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.request import Request
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Listing
    from conformance.laws.schemas import Described, Schemas

MOST = 5  # errors of one body that are told apart; the rest says the same


@dataclass(frozen=True, slots=True)
class BodyErrors:
    """What a body's schema has against it."""

    wrong: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()
    no_integers: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An exchange, the schemas of its operation, and how many seconds an answer may take."""

    exchange: Exchange
    schemas: Schemas
    latency_budget: float = float("inf")

    @property
    def operation(self) -> Operation:
        """The operation that was asked for."""
        return self.schemas.operation

    @property
    def status(self) -> int:
        """The status, 0 where nothing answered."""
        return self.exchange.status

    @property
    def shown(self) -> tuple[Exchange, ...]:
        """The exchange, as findings carry it."""
        return (self.exchange,)

    def header(self, name: str) -> str | None:
        """The values of a header field (its name in lower case), joined; none where it is
        absent.
        """
        return self.exchange.response.header(name) if self.exchange.response else None

    @property
    def is_refusal(self) -> bool:
        """A 4xx."""
        return 400 <= self.status < 500

    @property
    def is_documented(self) -> bool:
        """Whether the document speaks of the request at all: of its path, and of its
        method there.
        """
        request = self.exchange.request
        return self.schemas.has(request.path) and request.method == self.operation.method

    @cached_property
    def is_from_edge(self) -> bool:
        """Whether what stands before the API refused the request by itself."""
        return is_edge_refusal(self.exchange, self.operation.errors)

    @cached_property
    def described(self) -> Described | None:
        """What the document says of the status; none where it says nothing, or nothing of JSON, or the
        answer is in another of its media types.
        """
        if self._is_in_another_media:
            return None
        return self.schemas.of_status(self.status, self.header("content-type"))

    @property
    def _is_in_another_media(self) -> bool:
        """Whether the body is in a documented media type that is no JSON, and JSON was not asked for
        (RFC 9110 12.5.1).
        """
        given = self.header("content-type")
        if given is None or may_be_json(given) or _asks_json(self.exchange.request):
            return False
        documented = self.schemas.media_of(self.status)
        return any("*" not in media and covers(media, given) for media in documented)

    @cached_property
    def media_problem(self) -> str | None:
        """What is wrong with the media type (RFC 9110 8.3.1); none if it is a documented one."""
        given = self.header("content-type")
        if given is None:
            return "no Content-Type"
        if not self.described or not any(covers(media, given) for media in self.described.media):
            return f"Content-Type {given!r}"
        charset = CHARSET.search(given)  # of JSON it is UTF-8, whatever is said (RFC 8259 8.1)
        if charset and "json" in given and charset[1].lower() not in ("utf-8", "utf8"):
            return f"Content-Type {given!r}"
        return None

    @property
    def body_problem(self) -> str | None:
        """What is wrong before any schema is asked: the media type, or that it is no
        strict JSON.
        """
        return self.media_problem or self.exchange.parsed.problem

    @cached_property
    def body_errors(self) -> BodyErrors:
        """What the schema of the status has against the body, told apart by what kind of error it
        is.
        """
        if self.described is None or self.described.validator.is_valid(self.exchange.json):
            return BodyErrors()

        kinds: dict[str, list[Finding]] = {"wrong": [], "missing": [], "no_integers": []}
        for error in first_errors(self.described.validator, self.exchange.json, MOST):
            kinds[_kind(error)].append(self._finding(error))
        return BodyErrors(**{name: tuple(findings) for name, findings in kinds.items()})

    def _finding(self, error: Any) -> Finding:
        keys = list(error.instance_path)
        at = "/" + "/".join(str(key) for key in keys)
        place = "/" + "/".join("*" if isinstance(key, int) else str(key) for key in keys)
        message = str(error.message)[:300]
        return Finding("a body that its schema allows", f"{at}: {message}", self.shown, at=place)

    @cached_property
    def listing(self) -> Listing | None:
        """The page that the answer holds; none where it holds none, or the operation has
        no pages: another path that its checks ask for has none of its.
        """
        pagination = self.operation.pagination
        if pagination is None or not self.schemas.has(self.exchange.request.path):
            return None
        if not self.exchange.ok or self.exchange.response is None:
            return None
        return pagination.read(self.exchange.json, self.exchange.response.header)

    @property
    def rows(self) -> Any:
        """What stands where a list has its rows, whatever the rest is; MISSING if nothing does.

        Where the rows are the whole body, a body that is no list has none: it may be an error.
        """
        pagination = self.operation.pagination
        if pagination is None:
            return pointer.MISSING
        body = self.exchange.json
        if not pagination.rows_pointer and not isinstance(body, list):
            return pointer.MISSING
        return pointer.get(body, pagination.rows_pointer)


def _asks_json(request: Request) -> bool:
    """Whether a request accepts JSON by name."""
    return any(
        name.lower() == "accept" and "json" in value.lower() for name, value in request.headers
    )


def _kind(error: Any) -> str:
    """Which law an error of a schema breaks: a missing property, an integer in quotes, or anything
    else.
    """
    kind = error.kind
    if kind.name == "required":
        return "missing"
    is_integer = kind.name == "type" and set(kind.types) - {"null"} == {"integer"}
    return "no_integers" if is_integer and isinstance(error.instance, str) else "wrong"
