"""Which list gives the value of a parameter in a path: the list whose rows are fetched there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.contract.operation import Operation
    from conformance.contract.parts_of_operation import Item

ONE_NAME = re.compile(r"\{[^{}]+\}")  # a segment of a path that is nothing but a name
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
        name = _name_in(operation.path, one.item)
        inputs = operation.inputs
        is_open = f"{{{name}}}" in inputs.missing or (
            name in inputs.assumed and name == one.item.name
        )
        if name is not None and is_open:
            feeds.setdefault(name, one.id)
    return replace(operation, feeds=feeds)


def _name_in(path: str, item: Item) -> str | None:
    """The name that a path has for what stands in the path of an item, where it is the item's, or
    that of a part of it; none where it is neither.

    Templates that differ in a name alone are the same (OpenAPI 3.1, 4.8.8): many documents have
    /articles/{id} beside /articles/{article_id}/notes, and some write a word in two cases.
    """
    whole = item.path.rstrip("/")
    if path.rstrip("/") == whole or path.startswith(f"{whole}/"):
        return item.name

    *above, last = whole.split("/")
    *parents, own = path.rstrip("/").split("/")[: len(above) + 1]
    is_same_place = [_word(part) for part in parents] == [_word(part) for part in above]
    are_names = ONE_NAME.fullmatch(last) and ONE_NAME.fullmatch(own)
    return own[1:-1] if is_same_place and are_names else None


def _word(part: str) -> str:
    return part if "{" in part else part.casefold()
