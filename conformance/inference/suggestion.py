"""What is suggested for the operations of a contract: values of traits, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.items import item_below
from conformance.contract.media import json_schema
from conformance.contract.values import path_names
from conformance.inference import paging, rows
from conformance.inference.nested import why_not_paged
from conformance.inference.parents import parents
from conformance.inference.shapes import shape_of
from conformance.inference.sorting import sorts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.inference.keys import Key
    from conformance.inference.shapes import Shape

NO_JSON = "its answer is not described as JSON"
NO_ROWS = "its answer has no array of objects"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A trait of an operation: its value, and why; `keys` are those of an object, each with its
    own reason.
    """

    name: str
    value: Any
    why: str
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class ListTraits:
    """An operation that may be a list: what is suggested for it, and why it has no pagination."""

    operation: Operation
    suggested: tuple[Suggested, ...] = ()
    missing: str | None = None


def suggestions(contract: Contract) -> tuple[ListTraits, ...]:
    """What is suggested for each operation that answers a GET, as if no overlay stated a trait."""
    return tuple(
        _of(operation, contract) for operation in contract.operations if operation.method == "GET"
    )


def _of(operation: Operation, contract: Contract) -> ListTraits:
    body = json_schema(operation.responses)
    if body is None:
        return ListTraits(operation, missing=NO_JSON)
    shape = shape_of(body, operation.path, contract.resolve)
    if shape is None:
        return ListTraits(operation, missing=NO_ROWS)

    identity = _identity(operation, shape, contract)
    found = paging.suggest(operation, shape, contract.resolve, identity)
    # Of several lists in one answer a request asks for some; none is there in every answer.
    is_one_list = why_not_paged(operation, shape, is_asked=True) is None
    if isinstance(found, str) and is_one_list and identity and _item(operation, shape, contract):
        found = paging.unpaged(operation, shape, contract.resolve)
    if isinstance(found, str):
        return ListTraits(operation, missing=found)
    values = {key.name: key.value for key in found if not key.doubtful}
    suggested = Suggested("pagination", values, found[0].why, found)
    return ListTraits(operation, (suggested, *_rows(operation, shape, contract, values)))


def _identity(operation: Operation, shape: Shape, contract: Contract) -> Key | None:
    return rows.identity(operation, shape, contract.resolve, _item(operation, shape, contract))


def _item(operation: Operation, shape: Shape, contract: Contract) -> Operation | None:
    """The operation that fetches a row: by the paths, or else the one that answers with the very
    schema of a row.
    """
    reads = {other.path: other for other in contract.operations if other.method == "GET"}
    below = item_below(operation.path, reads)
    if below is not None:
        return reads[below]
    reference = shape.row.get("$ref") if isinstance(shape.row, dict) else None
    found = [
        other
        for other in reads.values()
        if reference is not None
        and other.path.rstrip("/").endswith("}")
        and len(set(path_names(other.path)) - set(path_names(operation.path))) == 1
        and (json_schema(other.responses) or {}).get("$ref") == reference
    ]
    return found[0] if len(found) == 1 else None


def _is_elsewhere(item: Operation, operation: Operation, shape: Shape, contract: Contract) -> bool:
    """Whether an item is not below its list, which an overlay has to say, and takes a property that
    is known.
    """
    is_below = item.path.startswith(f"{operation.path.rstrip('/')}/")
    return not is_below and rows.asked_for(operation, shape, contract.resolve, item) is not None


def _rows(
    operation: Operation, shape: Shape, contract: Contract, values: dict[str, Any]
) -> Iterator[Suggested]:
    identity = _identity(operation, shape, contract)
    if identity:
        yield Suggested(identity.name, identity.value, identity.why)
        item = _item(operation, shape, contract)
        misfit = rows.misfit(identity, shape, contract.resolve, item)
        if misfit:
            yield Suggested(misfit.name, misfit.value, misfit.why)
        elif item and _is_elsewhere(item, operation, shape, contract):
            yield Suggested("item", item.path, "it answers with the schema of a row")
    filters = rows.filters(operation, shape, contract.resolve, set(map(str, values.values())))
    certain = {key.name: key.value for key in filters if not key.doubtful}
    if certain:
        yield Suggested(
            "filters",
            certain,
            "parameters that are named as properties of a row",
            filters,
        )
    order = sorts(operation, shape, contract.resolve)
    if order:
        yield Suggested(order.name, order.value, order.why)
    above = parents(operation, shape, identity, contract.resolve)
    if above:
        named = {key.name: key.value for key in above}
        yield Suggested("parents", named, "properties of a row that its path names", above)
    for key in rows.properties(shape, contract.resolve):
        yield Suggested(key.name, key.value, key.why)
