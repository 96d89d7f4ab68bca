"""A list that is paged by cursor and without a total, by a server of a few lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from conformance.checks.context import Context, Sender
from conformance.checks.evidence import Evidence
from conformance.contract.pagination.cursor import Cursor
from conformance.contract.pagination.telling import Telling
from conformance.laws.schemas import Schemas
from tests.support.checks import Unrecorded, make_context
from tests.support.lists import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.client import Exchange, Request
    from conformance.client.region import RegionClient


PAGING = Cursor(Telling("/items"), 10, 50, "size", "after", next_cursor="/next")


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
        pagination=PAGING,
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
