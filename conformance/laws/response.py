"""The laws that every exchange of a run is judged by, whichever check asked for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.contract import pointer
from conformance.laws import refusals, rows, schema
from conformance.laws.authentication import accepted
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client import Exchange
    from conformance.laws.schema import Judged
    from conformance.laws.schemas import Schemas

# docs: errors-rate-limits, `2026-03-18T20:54:00+00:00`
RESET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE)


def standing(exchange: Exchange, schemas: Schemas, latency_budget: float) -> Iterator[Judged]:
    """Requirement, kind of evidence and findings, for each law that applies to the exchange."""
    if exchange.response is None:
        if exchange.error and exchange.request.plain:
            text = f"no answer, twice: {exchange.error}"
            yield "ROB-06", "requests", [Finding("an answer", text, (exchange,))]
        return
    yield from schema.judge(exchange, schemas)
    yield from refusals.judge(exchange, schemas)
    own = exchange.request.own and exchange.request.path in schemas.paths
    # A 403 for an odd request may be for the request, not for the key.
    if schemas.operation.security and own and (exchange.request.plain or exchange.status != 403):
        yield "AUT-01", "accepted", accepted(exchange, "Bearer", None)
    yield from _service(exchange, latency_budget)
    if exchange.ok and exchange.request.method == "GET" and schemas.operation.pagination:
        yield from _list(exchange, schemas)


def _service(exchange: Exchange, latency_budget: float) -> Iterator[Judged]:
    shown = (exchange,)
    if exchange.request.plain:
        failed = Finding("2xx for a plain valid request", f"status {exchange.status}", shown)
        # A limit that was obeyed and is still in force is no fault (docs: errors-rate-limits).
        yield "ROB-06", "requests", [] if exchange.ok or exchange.status == 429 else [failed]
    slow = Finding(f"within {latency_budget} s", f"{exchange.seconds:.2f} s", shown)
    yield "SCH-09", "answers", [slow] if exchange.seconds > latency_budget else []
    yield "ROB-05", "answers", rate_headers(exchange)


def rate_headers(exchange: Exchange) -> list[Finding]:
    """ROB-05 (docs: errors-rate-limits): the form of rate-limit headers, where present."""
    assert exchange.response is not None
    found = []
    for name in ("x-ratelimit-limit", "x-ratelimit-remaining"):
        value = exchange.response.header(name)
        if value is not None and not (value.isascii() and value.isdecimal()):
            found.append(Finding(f"{name}: a whole number", repr(value), (exchange,)))
    value = exchange.response.header("x-ratelimit-reset")
    if value is not None and not RESET.fullmatch(value):
        found.append(Finding("x-ratelimit-reset: ISO 8601 with an offset", repr(value), (exchange,)))
    return found


def _list(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    operation = schemas.operation
    assert exchange.response is not None
    assert operation.pagination is not None
    if operation.security:
        yield "AUT-13", "answers", private(exchange)
    page = pointer.get(exchange.json, operation.pagination.rows_pointer)
    if isinstance(page, list) and page:
        yield "SCH-08", "rows", rows.sensible(page, operation, exchange)
        yield "SCH-10", "rows", rows.complete(page, exchange, schemas)


def private(exchange: Exchange) -> list[Finding]:
    """AUT-13: an answer to an authenticated request is not publicly cacheable (RFC 9111 3.5)."""
    assert exchange.response is not None
    control = (exchange.response.header("cache-control") or "").lower()
    names = {part.split("=")[0].strip() for part in control.split(",")}
    public = names & {"public", "s-maxage"} and not names & {"private", "no-store"}
    text = f"Cache-Control: {control}"
    return [Finding("not publicly cacheable", text, (exchange,))] if public else []
