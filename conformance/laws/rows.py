"""The laws of rows by themselves: SCH-08 and SCH-10."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.laws.schemas import Schemas


def sensible(rows: Sequence[Any], operation: Operation, exchange: Exchange) -> list[Finding]:
    """SCH-08: ids are positive, counts not negative, no row was updated before it was created."""
    shown = (exchange,)
    return [Finding(expected, actual, shown) for row in rows for expected, actual in _odd(row, operation)][:3]


def _odd(row: Any, operation: Operation) -> Iterator[tuple[str, str]]:
    one = pointer.get(row, operation.identity) if operation.identity else None
    if type(one) is int and one <= 0:
        yield "a positive id", str(one)
    for place in operation.counts:
        count = pointer.get(row, place)
        if type(count) in (int, float) and count < 0:
            yield f"{place} not negative", str(count)
    if operation.created and operation.updated:
        created = _moment(pointer.get(row, operation.created))
        updated = _moment(pointer.get(row, operation.updated))
        if created and updated and updated < created:
            yield f"{operation.updated} not before {operation.created}", f"{updated} before {created}"


def _moment(value: Any) -> datetime | None:
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)  # the same rows are seen on many pages
def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def complete(rows: Sequence[Any], exchange: Exchange, schemas: Schemas) -> list[Finding]:
    """SCH-10: a nullable property without a value is null, not left out."""
    key = schemas.documented(exchange.status)
    described = schemas.of(key) if key else None
    paging = schemas.operation.pagination
    if described is None or paging is None or described.full.is_valid(exchange.json):
        return []
    items = pointer.property_at(described.schema, paging.items, schemas.contract.resolve) or {}
    names = schemas.contract.resolve(items.get("items") or {}).get("properties", {})
    absent = sorted({name for row in rows if isinstance(row, dict) for name in names if name not in row})
    return [
        Finding(f"{name} present, with null if it has no value", "left out of a row", (exchange,))
        for name in absent
    ]
