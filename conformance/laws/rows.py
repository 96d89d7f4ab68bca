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
    suspects = rows if _nested(operation) else [row for row in rows if not _plain(row, operation)]
    return [
        Finding(expected, actual, shown) for row in suspects for expected, actual in _odd(row, operation)
    ][:3]


def _nested(operation: Operation) -> bool:
    """Whether something that is looked at lies deeper than a row's own properties."""
    places = (operation.row.identity, operation.row.created, operation.row.updated, *operation.row.counts)
    return any("/" in place[1:] or "~" in place for place in places if place)


def _plain(row: Any, operation: Operation) -> bool:
    """A quick look that nearly every row passes: what does not is looked at with care."""
    if type(row) is not dict:
        return False
    one = row.get(operation.row.identity[1:]) if operation.row.identity else 1
    if type(one) is int and one <= 0:
        return False
    for place in operation.row.counts:
        count = row.get(place[1:])
        if type(count) is not int or count < 0:
            return False
    if not (operation.row.created and operation.row.updated):
        return True
    updated = row.get(operation.row.updated[1:], "")
    return updated is None or _in_order(row.get(operation.row.created[1:]), updated)


def _odd(row: Any, operation: Operation) -> Iterator[tuple[str, str]]:
    one = pointer.get(row, operation.row.identity) if operation.row.identity else None
    if type(one) is int and one <= 0:
        yield "a positive id", str(one)
    for place in operation.row.counts:
        count = pointer.get(row, place)
        if type(count) in (int, float) and count < 0:
            yield f"{place} not negative", str(count)
    if operation.row.created and operation.row.updated:
        texts = pointer.get(row, operation.row.created), pointer.get(row, operation.row.updated)
        created, updated = (None, None) if _in_order(*texts) else map(_moment, texts)
        if created and updated and updated < created:
            yield f"{operation.row.updated} not before {operation.row.created}", f"{updated} before {created}"


def _in_order(created: Any, updated: Any) -> bool:
    """Whether two timestamps of one form are in order as texts: as a rule they are, unparsed."""
    if type(created) is not str or type(updated) is not str or len(created) != len(updated):
        return False
    return created.endswith("Z") and updated.endswith("Z") and created <= updated


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
    if described is None or schemas.operation.pagination is None or described.full.is_valid(exchange.json):
        return []
    names = properties(schemas)
    absent = sorted({name for row in rows if isinstance(row, dict) for name in names if name not in row})
    return [
        Finding(f"{name} present, with null if it has no value", "left out of a row", (exchange,))
        for name in absent
    ]


def properties(schemas: Schemas) -> tuple[str, ...]:
    """The names of a row's documented properties."""
    key, paging = schemas.documented(200), schemas.operation.pagination
    described = schemas.of(key) if key else None
    if described is None or paging is None:
        return ()
    items = pointer.property_at(described.schema, paging.rows_pointer, schemas.contract.resolve) or {}
    return tuple(schemas.contract.resolve(items.get("items") or {}).get("properties", {}))
