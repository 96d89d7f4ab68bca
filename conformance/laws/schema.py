"""The laws of a single answer: status, media type, JSON, schema (SCH-01 to SCH-07, SCH-10)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.contract.described import scalars, undocumented
from conformance.contract.media import covers
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.exchange import Exchange
    from conformance.laws.schemas import Described, Schemas

# What a server refuses below the application (requirements: robustness).
HTTP_LAYER = (400, 413, 414, 431)
MOST = 5  # errors of one body that are told apart; the rest says the same

Judged = tuple[str, str, list[Finding]]


def refused_by_http_layer(exchange: Exchange) -> bool:
    """Whether the HTTP layer in front of the application may have refused it by itself."""
    return exchange.request.edge and exchange.status in HTTP_LAYER


def judge(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    """Requirement, kind of evidence and findings of each schema law that one answer is judged by."""
    own = exchange.request.path in schemas.paths
    for requirement, kind, found in _judge(exchange, schemas):
        # Beside the documented paths a router may answer by itself: the document does not speak of them.
        yield requirement, kind, found if own else [replace(one, level="SHOULD") for one in found]


def _judge(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    if exchange.response is None or exchange.request.method != schemas.operation.method:
        return
    status, shown = exchange.status, (exchange,)
    yield "SCH-06", "requests", [Finding("no 5xx", f"status {status}", shown)] if status >= 500 else []
    if refused_by_http_layer(exchange):
        return
    key = schemas.documented(status)
    if key is None:
        known = ", ".join(schemas.operation.responses)
        yield "SCH-01", "answers", [Finding(f"a documented status ({known})", f"status {status}", shown)]
        return
    yield "SCH-01", "answers", []
    described = schemas.of(key)
    if described is None:
        return
    problem = media_problem(exchange, described) or exchange.parsed.problem
    media = " or ".join(described.media)
    yield "SCH-02", "bodies", [Finding(f"{media}, strict JSON in UTF-8", problem, shown)] if problem else []
    if not problem:
        yield from _body(exchange, described, schemas)


def media_problem(exchange: Exchange, described: Described) -> str | None:
    """What is wrong with the media type of an answer; none if it is a documented one."""
    assert exchange.response is not None
    given = exchange.response.header("content-type")
    if given is None:
        return "no Content-Type"
    if any(covers(media, given) for media in described.media):
        return None
    return f"Content-Type {given!r}"


def _body(exchange: Exchange, described: Described, schemas: Schemas) -> Iterator[Judged]:
    shown = (exchange,)
    wrong, missing, no_integers = _errors(exchange, described)
    yield "SCH-03", "bodies", wrong
    yield "SCH-04", "bodies", missing
    if exchange.parsed.fractions:
        no_integers += [
            Finding("a JSON integer", f"{at}: {value!r}", shown)
            for at, value, expected in scalars(exchange.json, [described.schema], schemas.contract.resolve)
            if isinstance(value, float) and any(map(_is_integer, expected))
        ][:3]
    yield "SCH-05", "bodies", no_integers
    extra: list[str] = []
    if not described.closed.is_valid(exchange.json):
        places = undocumented(exchange.json, [described.schema], schemas.contract.resolve)
        extra = sorted(set(places))
    yield "SCH-07", "bodies", [Finding("no property outside the schema", at, shown) for at in extra[:3]]


def _errors(exchange: Exchange, described: Described) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """What the schema forbids, what it misses, and what is no integer where one is due."""
    wrong: list[Finding] = []
    missing: list[Finding] = []
    no_integers: list[Finding] = []
    if described.validator.is_valid(exchange.json):
        return wrong, missing, no_integers
    for error in described.validator.iter_errors(exchange.json):
        message = str(error.message)
        at = "/" + "/".join(str(part) for part in error.instance_path)
        finding = Finding("a body that its schema allows", f"{at}: {message[:300]}", (exchange,))
        text = 'is not of type "integer"' in message and message.startswith('"')
        kind = missing if error.schema_path[-1:] == ["required"] else no_integers if text else wrong
        kind.append(finding)
        if len(wrong) + len(missing) + len(no_integers) >= MOST:
            break
    return wrong, missing, no_integers


def _is_integer(schema: Any) -> bool:
    kind = schema.get("type") if isinstance(schema, dict) else None
    kinds = kind if isinstance(kind, list) else [kind]
    return "integer" in kinds and "number" not in kinds
