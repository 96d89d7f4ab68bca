"""A second style of paging, by cursor and without a total, and a server of a few lines that keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import parse_qsl

from conformance.checks.context import Context, Sender
from conformance.checks.evidence import Evidence
from conformance.contract.pagination import (
    Listing,
    NotAddressable,
    Pagination,
    Parameter,
    Query,
    Role,
)
from conformance.laws.schemas import Schemas
from tests.support.checks import Unrecorded, make_context
from tests.support.lists import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.client import Exchange, Request
    from conformance.client.region import RegionClient
    from conformance.contract.entry import Entry
    from conformance.contract.pagination.interface import Header


@dataclass(frozen=True)
class Cursor(Pagination):
    """`size` says how many rows, `after` where the page before ended; `next` leads on."""

    style: ClassVar[str] = "cursor"
    fields: ClassVar[tuple[str, ...]] = ()
    addressable: ClassVar[bool] = False

    @classmethod
    def from_entry(cls, entry: Entry) -> Cursor:
        """Nothing is configurable."""
        return cls()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """A size within bounds, and an opaque cursor."""
        return (
            Parameter("size", Role.SIZE, True, 10, 1, 50),
            Parameter("after", Role.CURSOR, False),
        )

    @property
    def rows_pointer(self) -> str:
        """Where the rows are."""
        return "/items"

    @property
    def pointers(self) -> tuple[str, ...]:
        """Rows and the way on."""
        return ("/items", "/next")

    @property
    def default_size(self) -> int:
        """Ten rows."""
        return 10

    @property
    def maximum_size(self) -> int:
        """Fifty rows."""
        return 50

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The first page; every later one is reached by the one before it."""
        if start:
            raise NotAddressable(f"from row {start} on")
        return () if size is None else (("size", str(size)),)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """What the answer says itself."""
        return None if listing.following is None else (*self.window(size), *listing.following)

    def read(self, body: Any, header: Header) -> Listing | None:
        """Rows, and a cursor as long as more follow."""
        if (
            not isinstance(body, dict)
            or not isinstance(body.get("items"), list)
            or "next" not in body
        ):
            return None
        cursor = body["next"]
        following = (("after", str(cursor)),) if cursor is not None else None
        return Listing(tuple(body["items"]), cursor is not None, None, following)


class CursorServer:
    """A client whose answers are made here, from a list of rows; `lie` may change a page's body."""

    def __init__(
        self, rows: int, lie: Callable[[int, dict[str, Any]], dict[str, Any]] | None = None
    ) -> None:
        self.rows = [{"id": number} for number in range(1, rows + 1)]
        self.lie = lie or (lambda start, body: body)
        self.asked: list[Request] = []

    def send_all(
        self,
        requests: Iterable[Request],
        operation: str,
        *,
        again: bool,
        on_answer: Callable[[Exchange], None],
    ) -> list[tuple[Exchange, bool]]:
        """Each answer, new every time."""
        answers = [self._answer(request) for request in requests]
        for answer in answers:
            on_answer(answer)
        return [(answer, True) for answer in answers]

    def _answer(self, request: Request) -> Exchange:
        self.asked.append(request)
        query = parse_qsl(request.query_string, keep_blank_values=True)
        sizes = [value for name, value in query if name == "size"]
        if len(sizes) > 1 or not all(_is_size(value) for value in sizes):
            return exchange(400, {}, request=request)
        size = int(sizes[0]) if sizes else 10
        start = next((int(value) for name, value in query if name == "after"), 0)
        rows = self.rows[start : start + size]
        end = start + len(rows)
        body = {"items": rows, "next": end if end < len(self.rows) else None}
        return exchange(200, self.lie(start, body), request=request)


def _is_size(text: str) -> bool:
    is_integer = text.isascii() and text.isdecimal() and len(text) < 9
    return is_integer and str(int(text)) == text and 1 <= int(text) <= 50


def cursor_check(server: CursorServer) -> tuple[Sender, Evidence]:
    """A sender whose requests the server answers, and the evidence it gathers."""
    context = make_context()
    operation = replace(
        context.operation,
        pagination=Cursor(),
        filters={},
        responses={"200": {"description": "ok"}, "400": {"description": "no"}},
        errors=None,
    )
    context = Context(
        context.contract,
        operation,
        "mars",
        1,
        context.settings,
        Schemas(context.contract, operation),
    )
    evidence = Evidence(context, frozenset(context.contract.requirements))
    client = cast("RegionClient", server)  # of its methods a sender calls only `send_all`
    sender = Sender(
        context, {"mars": client}, evidence.observe, evidence.observe_streamed, Unrecorded()
    )
    return sender, evidence
