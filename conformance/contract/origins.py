"""Which file, and which line of it, a part of the overlaid document comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.contract.source import Key, Source


class Origins:
    """The document and what overlays put into it, by the place where they did."""

    def __init__(self, document: Source) -> None:
        self.document = document
        self._updates: dict[tuple[Key, ...], list[tuple[Source, tuple[Key, ...]]]] = {}

    def record(self, location: tuple[Key, ...], overlay: Source, keys: tuple[Key, ...]) -> None:
        """Note that the value at `keys` of an overlay was merged into the node at `location`."""
        self._updates.setdefault(tuple(location), []).append((overlay, keys))

    def place(self, *keys: Key) -> str:
        """`file:line` of a part: of the last overlay that wrote it, else of the document."""
        for depth in range(len(keys), -1, -1):
            for overlay, written in reversed(self._updates.get(keys[:depth], [])):
                if _holds(overlay, (*written, *keys[depth:])):
                    return overlay.place(*written, *keys[depth:])
        return self.document.place(*keys)


def _holds(overlay: Source, keys: tuple[Key, ...]) -> bool:
    node = overlay.data
    for key in keys:
        is_index = isinstance(node, list) and isinstance(key, int) and key < len(node)
        if not is_index and not (isinstance(node, dict) and key in node):
            return False
        node = node[key]
    return True
