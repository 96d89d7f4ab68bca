"""A list with windows and a filter, by a server of a few lines that lies where it is told to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs

from conformance.checks.context import Context, Sender
from conformance.checks.evidence import Evidence
from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.telling import Telling
from conformance.laws.schemas import Schemas
from tests.support.checks import Unrecorded, make_context
from tests.support.lists import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.client import Exchange, Request
    from conformance.client.region import RegionClient

PAGING = LimitOffset(Telling("/data", "/has_more", "/total"), 20, 100, "limit", "offset")
ROWS = tuple({"id": number, "agent_id": number % 3 + 1} for number in range(1, 138))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks the server for; `headers` has names in lower case."""

    limit: int
    offset: int
    agent: str | None
    headers: dict[str, str]


class WindowServer:
    """A client whose answers are made here; where `lies` says so a page lacks its last row."""

    def __init__(self, lies: Callable[[Asked], bool]) -> None:
        self.lies = lies
        self._known: dict[Request, Exchange] = {}

    def send_all(
        self,
        requests: Iterable[Request],
        operation: str,
        *,
        again: bool,
        on_answer: Callable[[Exchange], None],
    ) -> list[tuple[Exchange, bool]]:
        """The answers, those that are known already where they are not asked for again."""
        answers = []
        for request in requests:
            is_new = again or request not in self._known
            if is_new:
                self._known[request] = self._answer(request)
                on_answer(self._known[request])
            answers.append((self._known[request], is_new))
        return answers

    def _answer(self, request: Request) -> Exchange:
        query = parse_qs(request.query_string)
        headers = {name.lower(): value for name, value in request.headers}
        limit, offset = (int(query.get(name, [default])[0]) for name, default in DEFAULTS)
        agent = query.get("agent_id", [None])[0]
        rows = [row for row in ROWS if agent in (None, str(row["agent_id"]))]
        page = rows[offset : offset + limit]
        body: dict[str, Any] = {
            "data": page,
            "has_more": offset + len(page) < len(rows),
            "total": len(rows),
        }
        if self.lies(Asked(limit, offset, agent, headers)):
            body["data"] = page[:-1]
        return exchange(200, body, request=request)


DEFAULTS = (("limit", "20"), ("offset", "0"))


def window_check(server: WindowServer, seed: int = 1) -> tuple[Sender, Evidence]:
    """A sender whose requests the server answers, and the evidence it gathers."""
    made = make_context()
    operation = replace(
        made.operation,
        pagination=PAGING,
        filters={"agent_id": "/agent_id"},
        responses={"200": {"description": "ok"}},
        errors=None,
    )
    schemas = Schemas(made.contract, operation)
    context = Context(made.contract, operation, "mars", seed, made.settings, schemas)
    evidence = Evidence(context, frozenset(context.contract.requirements))
    client = cast("RegionClient", server)  # of its methods a sender calls only `send_all`
    sender = Sender(
        context, {"mars": client}, evidence.observe, evidence.observe_streamed, Unrecorded()
    )
    return sender, evidence
