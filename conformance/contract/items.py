"""Which operation fetches a row of a list: by the paths, or as an overlay says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.contract.operation import Item
from conformance.contract.values import path_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.entry import Entry
    from conformance.contract.operation import Operation

NONE = "none"
ONE_SEGMENT = re.compile(r"/\{[^{}/]+\}/?")


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

        start = operation.path.rstrip("/")
        for path in self._paths:
            is_below = path.startswith(start) and ONE_SEGMENT.fullmatch(path[len(start) :])
            if is_below:
                return Item(path, path_names(path)[-1])
        return None

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
