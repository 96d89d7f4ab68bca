"""An operation of the document, and the traits that say which laws it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts
from conformance.contract.media import covers
from conformance.contract.parts_of_operation import (
    Creation,
    Inputs,
    Item,
    RowProperties,
    Sample,
    Sort,
)
from conformance.contract.responses import declares_fields, json_contents, successes
from conformance.contract.single_values import single_values
from conformance.contract.special_values import means
from conformance.contract.values import filled_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.conventions import Errors, RateLimits
    from conformance.contract.pagination import Pagination
    from conformance.contract.security import Security

# What requirements apply to whatever an operation promises beyond being one.
ALWAYS = ("operation", "parity")


METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
REFUSED = (401, 403)
CONFLICT = 409
BAD_REQUEST = 400
ALLOWED, NEVER = WRITES = MISSING = ("allowed", "never")
NOT_FOUND = ("404", "4XX", "default")
NO_CERTIFICATE = "it needs mutual TLS (--client-cert gives the client's certificate)"
OF_CREATED = "only what "  # is created: why an operation is asked by the laws of writes alone
NO_VALUE = "the document gives no value for "


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, as the overlaid document describes it.

    `line` is where the published document has it. `alternatives` are other schemes than `security`
    under which a key is accepted too, `keyed` those of them whose key is known; `optional` are those
    under which one may be presented where none is needed. `unsupported` names the security schemes
    without which nothing is answered, where none of them can be presented. `lacks_certificate`: they
    need a client certificate, and the run has none.
    `filters` has, for each query parameter that filters, the JSON Pointer to what it filters by.
    `sorts` are queries that say in which order its list is. `parents` has, for names in the path, the
    JSON Pointer to what a row has of the value that stands there.
    `example` is a published answer. `feeds` has, for each name in the path without a value in the
    document, the list whose rows give one. `missing` says whether a row that is listed may have none
    of what is read, `writes` whether a request of it may be sent although nothing undoes its effect.
    `creation` is what a request of it creates, `made_by` the operation whose creations it is asked
    about. `elsewhere` is the URL of a server of its own, which is none of the API's.
    """

    id: str
    method: str
    path: str
    line: int
    parameters: tuple[dict[str, Any], ...]
    responses: Mapping[str, Any]
    inputs: Inputs = field(default_factory=Inputs)
    security: Security | None = None
    alternatives: tuple[Security, ...] = ()
    keyed: tuple[Security, ...] = ()
    optional: tuple[Security, ...] = ()
    unsupported: tuple[str, ...] = ()
    lacks_certificate: bool = False
    pagination: Pagination | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    sorts: tuple[Sort, ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    row: RowProperties = field(default_factory=RowProperties)
    item: Item | None = None
    samples: tuple[Sample, ...] = ()
    example: Any = None
    errors: Errors | None = None
    rate_limits: RateLimits | None = None
    feeds: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None
    writes: str | None = None
    idempotency_key: str | None = None
    creation: Creation | None = None
    made_by: str | None = None
    tags: tuple[str, ...] = ()
    elsewhere: str | None = None

    def knowing(self, values: Mapping[str, str]) -> Operation:
        """The same with these values in its path."""
        placeholders = {f"{{{name}}}" for name in values}
        missing = tuple(name for name in self.inputs.missing if name not in placeholders)
        path = {**self.inputs.path, **values}
        assumed = tuple(name for name in self.inputs.assumed if name not in values)
        inputs = replace(self.inputs, path=path, missing=missing, assumed=assumed)
        return replace(self, inputs=inputs)

    @property
    def presented(self) -> Security | None:
        """What its requests carry: the credential that it requires, or one that it may be given."""
        return self.security or next(iter(self.optional), None)

    @property
    def traits(self) -> tuple[str, ...]:
        """The names of what applies to it beyond being an operation.

        `windows`: a page can be asked for without those before it; `total`, `has_more`, `page_count`,
        `links`: a page says how many rows there are in all, whether more follow, how many pages there
        are, and names others by URLs; `sizes`, `integers`, `page_query`, `query_order`: a request can
        say how many rows a page has, and has a parameter of paging that is a number, or of any kind, or
        several parameters; `cursors`: a
        cursor that was altered is refused; `item`: a row can be fetched by its identity; `rows`: there
        are rows, or an answer of which it is known what its properties mean; `key`: requests carry a
        credential, which a certificate is not; `answers`: the document says what they are;
        `error_messages`: the words of errors are documented; `creates`, and of what it creates: `counts`
        it, `deletes` it, `replaces` it, `creates_once`.
        """
        named = {
            "pagination": self.pagination,
            "windows": self.pagination and self.pagination.addressable,
            "total": self.pagination and self.pagination.tells_total,
            "has_more": self.pagination and self.pagination.tells_more,
            "sizes": self.pagination and self.pagination.sized,
            "integers": self.pagination and any(p.integer for p in self.pagination.parameters),
            "page_query": self.pagination and self.pagination.parameters,
            "query_order": self.pagination
            and len(self.pagination.parameters) + len(self.filters) > 1,
            "page_count": self.pagination and self.pagination.tells_pages,
            "links": self.pagination and self.pagination.linked,
            "cursors": self.pagination and self.pagination.refuses_altered,
            "item": self.item,
            "rows": self.pagination or self.row.counts,
            "filters": self.filters,
            "sorts": self.pagination and self.sorts,
            "parents": self.parents,
            "security": self.security,
            "key": self.security and self.security.schemes,
            "errors": self.errors,
            "error_messages": self.errors and self.errors.messages,
            "rate_limits": self.rate_limits,
            "samples": self.samples,
            "creates": self.creation,
            "counts": self.creation and self.creation.counted,
            "deletes": self.creation and self.creation.deleted_by,
            "replaces": self.creation and self.creation.replaced_by,
            "creates_once": self.creation and self.creation.key,
            "json": any("schema" in content for content in json_contents(self.responses)),
            "answers": self.responses,
            "header_fields": declares_fields(self.responses),
            "content": any(
                response.get("content") for response in successes(self.responses).values()
            ),
        }
        return tuple(name for name, value in named.items() if value)

    def applies(self, trait: str) -> bool:
        """Whether requirements of a trait are judged on it."""
        return trait in ALWAYS or trait in self.traits

    @property
    def may_be_missing(self) -> bool:
        """Whether an overlay says that a row may have none of what is read."""
        return self.missing == ALLOWED

    @property
    def is_always_there(self) -> bool:
        """Whether each row has what is read: an overlay says so, or the document knows no other
        answer.
        """
        return self.missing == NEVER or not (self.missing or {*NOT_FOUND} & set(self.responses))

    @property
    def refusals(self) -> tuple[int, ...]:
        """The statuses that refuse a credential: those of 401 and 403 that are documented; either,
        where none is, for that a key is needed says so (RFC 9110 15.5.2, 15.5.4).

        A scheme without a challenge is none of HTTP, so that 401 is not its own: 400 refuses such a
        key as well, where the document names neither.
        """
        documented = tuple(status for status in REFUSED if str(status) in self.responses)
        if documented or self.security is None or self.security.challenge is not None:
            return documented or REFUSED
        return (*REFUSED, BAD_REQUEST)

    @property
    def header_names(self) -> frozenset[str]:
        """The header fields that mean something to it, in lower case: its parameters, and what each
        request must carry.
        """
        described = (str(each["name"]) for each in self.parameters if each.get("in") == "header")
        return frozenset(name.lower() for name in (*described, *dict(self.inputs.headers)))

    def offers(self, accept: str) -> bool:
        """Whether a success may have a media type that a field `Accept` covers; else a refusal is right
        (RFC 9110 15.5.7).
        """
        offered = [
            media
            for response in successes(self.responses).values()
            for media in response.get("content") or ()
        ]
        ranges = [part.strip() for part in accept.split(",")]
        return not offered or any(covers(one, media) for one in ranges for media in offered)

    @property
    def has_pages(self) -> bool:
        """Whether a list can be asked for by more than one page."""
        return self.pagination is not None and not self.pagination.single

    @property
    def answers_json(self) -> bool:
        """Whether a 2xx has a body in JSON; where none is documented, an answer of any status."""
        return bool(json_contents(self.responses))

    @property
    def promises_page(self) -> bool:
        """Whether an answer may be a page for people."""
        contents = (response.get("content") or {} for response in self.responses.values())
        return any(covers(media, "text/html") for content in contents for media in content)

    @property
    def invalid_statuses(self) -> tuple[int, ...]:
        """The statuses of a refusal of what a request asks for: 400, and 422 where the document has
        it, alone or in a range; of a GET 409 too where the document has that alone (CKAN).
        """
        ranges = {"4XX", "default"} & set(self.responses)
        if self._refuses_by_conflict:
            return (400, CONFLICT)
        has_other = "422" in self.responses or (ranges and "400" not in self.responses)
        return (400, 422) if has_other else (400,)

    @property
    def query_names(self) -> tuple[str, ...]:
        """The names of its query parameters, in the document's order."""
        return tuple(str(entry["name"]) for entry in self.parameters if entry.get("in") == "query")

    @property
    def foresees_invalid(self) -> bool:
        """Whether a refusal of what a request asks for is documented."""
        return bool(self._refusals)

    @property
    def describes_invalid(self) -> bool:
        """Whether it is, with what such a refusal has in its body."""
        return any(response.get("content") for response in self._refusals)

    @property
    def _refusals(self) -> list[Mapping[str, Any]]:
        """The responses that are for it."""
        conflict = {str(CONFLICT)} if self._refuses_by_conflict else set()
        named = {"400", "422", "4XX", "default"} | conflict
        return [response for status, response in self.responses.items() if status in named]

    @property
    def _refuses_by_conflict(self) -> bool:
        """Whether 409 is what the document has for a request to read that cannot be met as it is."""
        has_others = not {"400", "422", "4XX"}.isdisjoint(self.responses)
        return self.method == "GET" and str(CONFLICT) in self.responses and not has_others

    def gives_meaning(self, name: str, value: int) -> bool:
        """Whether the document says what a number means that counts no rows: `-1` for all of them."""
        return any(
            entry.get("in") == "query" and entry.get("name") == name and means(entry, value)
            for entry in self.parameters
        )

    def query_schemas(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """The schemas of one value of a query parameter, or of a member that it has in a query; none
        where it has none.
        """
        return tuple(parts(self.value_schema(name) or None, lambda node: node))

    def takes_several(self, name: str) -> bool:
        """Whether a query parameter is a list of values, any of which may be meant: by its schema, or
        by the brackets behind its name.
        """
        return name.endswith("[]") or any(
            "items" in part or part.get("type") == "array"
            for part in self.schemas_of(name, "query")
        )

    def value_schema(self, name: str) -> Mapping[str, Any]:
        """The schema that these are parts of; empty where there is none."""
        values = single_values(self.parameters, lambda node: node)
        return next((one["schema"] for known, one in values if known == name), None) or {}

    def schemas_of(self, name: str, place: str) -> tuple[Mapping[str, Any], ...]:
        """Those of a parameter as a whole, in any place, such as the path."""
        return tuple(
            part
            for entry in self.parameters
            if entry.get("in") == place and entry.get("name") == name
            for part in parts(entry.get("schema"), lambda node: node)
        )

    @property
    def plain_path(self) -> str | None:
        """The path of a plain request; none where it needs a value that the document does
        not give.
        """
        return self.filled()

    def filled(self, values: Mapping[str, str] | None = None) -> str | None:
        """The path with these values beside those that are known; none where it needs more."""
        return filled_path(self.path, {**self.inputs.path, **(values or {})}, self.inputs.leading)

    @property
    def is_lasting(self) -> bool:
        """Whether a request has an effect that must not be, for nothing undoes it: what was deleted
        is gone. An overlay may say so of any other request, and that it does not matter.
        """
        return self.writes == NEVER or (self.method == "DELETE" and self.writes != ALLOWED)

    @property
    def obstacle(self) -> str | None:
        """Why no plain request can be made of it; none where one can."""
        fed = {f"{{{name}}}" for name in self.feeds}
        missing = [name for name in self.inputs.missing if name not in fed]
        if missing:
            return f"{NO_VALUE}{', '.join(missing)}"
        if self.elsewhere is not None:
            return f"the document has it on another server, {self.elsewhere}"
        if self.method not in METHODS:
            return f"requests with the method {self.method} are not made"
        if self.unsupported:
            return f"it needs the security scheme {', '.join(self.unsupported)}, which cannot be presented"
        if self.lacks_certificate:
            return NO_CERTIFICATE
        return None
