"""What an operation creates: the list and the item in which it is found, and how it is undone.

Only operations whose writes an overlay allows create, replace or delete anything here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.contract.operation import ALLOWED
from conformance.contract.parts_of_operation import Creation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.contract.operation import Operation

IDEMPOTENCY_KEY = "idempotency-key"  # draft-ietf-httpapi-idempotency-key-header


def with_creations(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The operations, each POST to the path of a list with what it creates; those that replace and
    delete it name the POST.
    """
    operations = tuple(operations)
    by_place = {(one.method, one.path): one for one in operations}
    found = [_creating(one, by_place) for one in operations]
    makers = {
        name: one.id
        for one in found
        if one.creation
        for name in (one.creation.deleted_by, one.creation.replaced_by)
        if name
    }
    return tuple(replace(one, made_by=makers.get(one.id)) for one in found)


def _creating(operation: Operation, by_place: dict[tuple[str, str], Operation]) -> Operation:
    if operation.method != "POST" or operation.writes != ALLOWED:
        return operation

    listing = by_place.get(("GET", operation.path))
    if listing is None or listing.item is None or listing.pagination is None:
        return operation
    if ("GET", listing.item.path) not in by_place:
        return operation

    def allowed(method: str) -> str | None:
        assert listing is not None
        assert listing.item is not None
        found = by_place.get((method, listing.item.path))
        return found.id if found and found.writes == ALLOWED else None

    creation = Creation(
        listing=listing.id,
        item=by_place["GET", listing.item.path].id,
        path=listing.item.path,
        name=listing.item.name,
        identity=listing.row.identity or "",
        counted=listing.pagination.tells_total,
        deleted_by=allowed("DELETE"),
        replaced_by=allowed("PUT"),
        key=operation.idempotency_key or _documented_key(operation),
    )
    return replace(operation, creation=creation)


def _documented_key(operation: Operation) -> str | None:
    """The header parameter of the usual name."""
    names = (str(one["name"]) for one in operation.parameters if one.get("in") == "header")
    return next((name for name in names if name.lower() == IDEMPOTENCY_KEY), None)
