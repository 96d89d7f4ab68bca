"""What can be asked of a row that a list has: its item, and what lies below that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.presenting import carrying, plain_request
from conformance.contract.security import NOTHING
from conformance.contract.values import path_names

if TYPE_CHECKING:
    from conformance.checks.context import Context
    from conformance.client import Request
    from conformance.contract.operation import Operation


def reads_below(context: Context) -> list[Operation]:
    """The operations that read an item of the list, or something of one, and need no other value."""
    item = context.operation.item
    if item is None:
        return []
    return [
        operation
        for operation in context.contract.operations
        if operation.method == "GET"
        and (operation.path == item.path or operation.path.startswith(f"{item.path}/"))
        and path_names(operation.path) == path_names(item.path)
        and not (operation.unsupported or operation.lacks_certificate)
    ]


def request_of(context: Context, operation: Operation, identity: Any) -> Request | None:
    """The request of an operation below the list for one row, with the region's own key; none where
    its path needs more.
    """
    listing = context.operation
    assert listing.item is not None
    filled = operation.filled({**listing.inputs.path, listing.item.name: str(identity)})
    if filled is None:
        return None
    presentation = operation.presented.presentation if operation.presented else NOTHING
    return carrying(plain_request(operation, path=filled), presentation)
