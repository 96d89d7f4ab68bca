"""Which list gives the value of a parameter in a path: the list whose rows are fetched there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.contract.operation import Operation

READS = ("GET", "HEAD")  # what a row that somebody owns is good for


def with_feeds(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The operations, each with the lists that give what its path lacks, or has by an example alone.

    A list may be fed by another one, and feeds others only if it can be asked itself.
    """
    fed = tuple(operations)
    while True:
        lists = [one for one in fed if one.item and one.method == "GET" and not one.obstacle]
        now = tuple(_fed(operation, lists) for operation in fed)
        if now == fed:
            return fed
        fed = now


def _fed(operation: Operation, lists: list[Operation]) -> Operation:
    if operation.method not in READS:
        return operation

    feeds = dict(operation.feeds)
    for one in lists:
        if one.item is None or one.id == operation.id:
            continue
        placeholder = f"{{{one.item.name}}}"
        inputs, name = operation.inputs, one.item.name
        is_open = placeholder in inputs.missing or name in inputs.assumed
        if is_open and _is_below(operation.path, one.item.path):
            feeds.setdefault(name, one.id)
    return replace(operation, feeds=feeds)


def _is_below(path: str, item: str) -> bool:
    """Whether a path is that of an item, or of a part of it."""
    item = item.rstrip("/")
    return path.rstrip("/") == item or path.startswith(f"{item}/")
