"""The traits of each operation as a table: what an overlay declares, what could be, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.inference.suggestion import suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.inference.suggestion import ListTraits

DECLARED, INFERRED, MISSING = "declared", "inferred", "missing"
PAGINATION = "pagination"
OF_A_ROW = ("identity", "item", "filters", "sorts", "parents", "words", "created", "updated")


@dataclass(frozen=True, slots=True)
class Row:
    """A trait of an operation, in which state it is, its value if it has one, and why."""

    operation: str
    trait: str
    state: str
    value: Any
    why: str


def rows(contract: Contract) -> Iterator[Row]:
    """A row for each trait that an operation with GET has, could have, or lacks."""
    for entry in suggestions(contract):
        yield from _of(entry)


def _of(entry: ListTraits) -> Iterator[Row]:
    operation = entry.operation
    inferred = {suggested.name: suggested for suggested in entry.suggested}
    declared: dict[str, Any] = dict(_declared(entry))
    is_list = PAGINATION in declared or PAGINATION in inferred

    if operation.feeds:
        why = "by the path of its items; `values` of an overlay are taken instead"
        yield Row(operation.id, "values", INFERRED, dict(operation.feeds), why)

    for trait in (PAGINATION, *(OF_A_ROW if is_list else ())):
        if trait in declared:
            yield Row(operation.id, trait, DECLARED, declared[trait], "")
        elif trait == "item" and operation.item is not None:
            why = "the path below the list's; judged, unless the overlay says otherwise"
            yield Row(operation.id, trait, INFERRED, operation.item.path, why)
        elif trait in inferred:
            found = inferred[trait]
            yield Row(operation.id, trait, INFERRED, found.value, found.why)
        elif trait in (PAGINATION, "identity"):
            no_id = "no property of a row is named as an id"
            lacks = entry.missing if trait == PAGINATION else no_id
            yield Row(operation.id, trait, MISSING, None, lacks or "")


def _declared(entry: ListTraits) -> Iterator[tuple[str, Any]]:
    """The traits that an overlay states."""
    operation = entry.operation
    if operation.pagination is not None:
        names = [parameter.name for parameter in operation.pagination.parameters]
        yield PAGINATION, f"{operation.pagination.style} by {', '.join(names) or 'links alone'}"
    if operation.filters:
        yield "filters", dict(operation.filters)
    if operation.sorts:
        yield "sorts", [str(sort) for sort in operation.sorts]
    if operation.parents:
        yield "parents", dict(operation.parents)
    if operation.item is not None and operation.item.stated:
        yield "item", operation.item.path
    for trait in ("identity", "words", "created", "updated"):
        value = getattr(operation.row, trait)
        if value:
            yield trait, list(value) if isinstance(value, tuple) else value
