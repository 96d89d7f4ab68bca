"""Which operation fetches a row of a list: by the paths, or as an overlay says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.contract.parts_of_operation import Item
from conformance.contract.values import path_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.contract.entry import Entry
    from conformance.contract.operation import Operation

NONE = "none"
ONE_SEGMENT = re.compile(r"/\{[^{}/]+\}/?")


def item_below(path: str, paths: Iterable[str]) -> str | None:
    """The path that has one name more than a list's; none where none of these has."""
    start = path.rstrip("/")
    return next(
        (
            other
            for other in paths
            if other.startswith(start) and ONE_SEGMENT.fullmatch(other[len(start) :])
        ),
        None,
    )


def is_named_by(item: Item, identity: str) -> bool:
    """Whether an identity, a JSON Pointer, is named as what stands in the path of an item: `id` for
    {batch_id}. Else nothing but the paths says that it stands there.
    """
    property_name = _plain(identity.rpartition("/")[2])
    return item.stated or (bool(property_name) and _plain(item.name).endswith(property_name))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


class ItemReader:
    """Finds the items of lists among the paths that answer a GET."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths

    def read(self, operation: Operation, traits: Entry) -> Item | None:
        """The item of a list whose rows have an identity; none where there is none, or the overlay
        says `none`. Raises ContractError.
        """
        stated = traits.optional_text("item")
        if stated == NONE:
            return None
        if stated is not None:
            return self._stated(operation, traits, stated)
        if operation.pagination is None or operation.row.identity is None:
            return None

        path = item_below(operation.path, self._paths)
        return None if path is None else Item(path, path_names(path)[-1])

    def _stated(self, operation: Operation, traits: Entry, path: str) -> Item:
        if path not in self._paths:
            traits.fail(
                "item", f"expected the path of a GET in the document, or {NONE}; it is {path!r}"
            )
        if operation.row.identity is None:
            traits.fail("item", "without `identity` nothing says what stands in its path")
        own = [name for name in path_names(path) if name not in path_names(operation.path)]
        if len(own) != 1:
            known = ", ".join(own) or "none"
            traits.fail(
                "item", f"expected one name in {path} that the list has not, there is {known}"
            )
        return Item(path, own[0], stated=True)
