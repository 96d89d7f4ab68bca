"""The laws that every exchange of a run is judged by, whichever check asked for it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding
from conformance.laws.schema import Schemas, error_envelope, judge, refused_by_http_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client import Exchange

Judged = tuple[str, str, list[Finding]]

# OWASP error handling: what a refusal must not tell of the software behind it.
TRACE = re.compile(
    rb"Traceback \(most recent|\bat [\w.$]+\(\w+\.java:\d+\)|File \"[^\"]+\", line \d+|panic: |goroutine \d+"
)
PATHS = re.compile(rb"(?:/usr/|/home/|/var/|/srv/|/opt/|/app/|[A-Z]:\\\\)[\w./\\-]+")
VERSION = re.compile(
    r"(?:nginx|apache|gunicorn|uvicorn|python|express|php|werkzeug|openresty)[/ ]\d", re.IGNORECASE
)
RESET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def standing(exchange: Exchange, schemas: Schemas, settings: Any) -> Iterator[Judged]:
    """Requirement, kind of evidence and findings, for each law that applies to the exchange."""
    if exchange.response is None:
        if exchange.error and exchange.request.plain:
            yield (
                "ROB-06",
                "requests",
                [Finding("an answer", f"no answer, twice: {exchange.error}", (exchange,))],
            )
        return
    yield from judge(exchange, schemas)
    shown = (exchange,)
    if exchange.request.plain:
        bad = (
            []
            if exchange.ok
            else [Finding("2xx for a plain valid request", f"status {exchange.status}", shown)]
        )
        yield "ROB-06", "requests", bad
    budget = settings.latency_budget
    slow = exchange.seconds > budget
    yield (
        "SCH-09",
        "answers",
        [Finding(f"within {budget} s", f"{exchange.seconds:.2f} s", shown)] if slow else [],
    )
    yield from _refusal(exchange, schemas)
    yield from _limits(exchange)
    if exchange.ok and exchange.request.method == "GET" and schemas.operation.pagination:
        yield from _rows(exchange, schemas)


def _refusal(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    assert exchange.response is not None
    if (
        not 400 <= exchange.status < 500
        or refused_by_http_layer(exchange)
        or exchange.request.method == "HEAD"
    ):
        return
    requirement = "AUT-07" if exchange.status == 401 else "ROB-03"
    yield requirement, "refusals", error_envelope(exchange, schemas.contract)
    if exchange.status == 401:
        challenge = exchange.response.header("www-authenticate")
        missing = [Finding("WWW-Authenticate with a 401 (RFC 9110 11.6.1)", "no such header", (exchange,))]
        yield "AUT-08", "refusals", [] if challenge else missing
        yield "AUT-09", "refusals", list(_leaks(exchange, schemas))


def _leaks(exchange: Exchange, schemas: Schemas) -> Iterator[Finding]:
    assert exchange.response is not None
    body = exchange.response.body
    said = []
    if exchange.echoed:
        said.append("the presented token")
    if TRACE.search(body):
        said.append("a stack trace")
    elif PATHS.search(body):
        said.append("a path of the server")
    if VERSION.search(body.decode("utf-8", "replace")) or VERSION.search(
        exchange.response.header("server") or ""
    ):
        said.append("a version of the server's software")
    paging = schemas.operation.pagination
    if paging and pointer.get(exchange.json, paging.items) not in (pointer.MISSING, None, []):
        said.append("rows")
    if said:
        yield Finding(
            "a refusal that tells nothing but the refusal", f"it carries {', '.join(said)}", (exchange,)
        )


def _limits(exchange: Exchange) -> Iterator[Judged]:
    """ROB-05 (docs: errors-rate-limits): the form of rate-limit headers, where present."""
    assert exchange.response is not None
    bad = []
    for name in ("x-ratelimit-limit", "x-ratelimit-remaining"):
        value = exchange.response.header(name)
        if value is not None and not (value.isascii() and value.isdecimal()):
            bad.append(Finding(f"{name}: a whole number", repr(value), (exchange,)))
    value = exchange.response.header("x-ratelimit-reset")
    if value is not None and not RESET.fullmatch(value):
        bad.append(Finding("x-ratelimit-reset: ISO 8601 with an offset", repr(value), (exchange,)))
    yield "ROB-05", "answers", bad


def _rows(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    operation, shown = schemas.operation, (exchange,)
    assert exchange.response is not None
    assert operation.pagination is not None
    control = (exchange.response.header("cache-control") or "").lower()
    public = "public" in control or "s-maxage" in control
    if operation.bearer:
        yield (
            "AUT-13",
            "answers",
            [Finding("not publicly cacheable", f"Cache-Control: {control}", shown)] if public else [],
        )
    rows = pointer.get(exchange.json, operation.pagination.items)
    if not isinstance(rows, list) or not rows:
        return
    odd = [finding for row in rows for finding in _odd(row, schemas, exchange)]
    yield "SCH-08", "rows", odd[:3]
    _, schema, _ = schemas.of(schemas.documented(exchange.status) or "200")
    items = pointer.property_at(schema, operation.pagination.items, schemas.contract.resolve) or {}
    names = schemas.contract.resolve(items.get("items") or {}).get("properties", {})
    absent = sorted({name for row in rows if isinstance(row, dict) for name in names if name not in row})
    left = [
        Finding(f"{name} present, with null if it has no value", "left out of a row", shown)
        for name in absent
    ]
    yield "SCH-10", "rows", left


def _odd(row: Any, schemas: Schemas, exchange: Exchange) -> Iterator[Finding]:
    operation, shown = schemas.operation, (exchange,)
    one = pointer.get(row, operation.identity) if operation.identity else None
    if type(one) is int and one <= 0:
        yield Finding("a positive id", str(one), shown)
    for place in operation.counts:
        count = pointer.get(row, place)
        if type(count) in (int, float) and count < 0:
            yield Finding(f"{place} not negative", str(count), shown)
    if operation.created and operation.updated:
        created, updated = (
            _moment(pointer.get(row, place)) for place in (operation.created, operation.updated)
        )
        if created and updated and updated < created:
            yield Finding(
                f"{operation.updated} not before {operation.created}", f"{updated} before {created}", shown
            )


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
