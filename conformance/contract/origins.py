"""Which file, and which line of it, a part of the joined and overlaid documents comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.contract.source import Key, Source


class Origins:
    """The document, further ones that were joined to it, and what overlays put into them, by the
    place where they did.
    """

    def __init__(self, document: Source) -> None:
        self.document = document
        self._joined: dict[tuple[Key, ...], Source] = {}
        self._updates: dict[tuple[Key, ...], list[tuple[Source, tuple[Key, ...]]]] = {}

    def join(self, location: tuple[Key, ...], source: Source) -> None:
        """Note that the node at `location` is another document's, in which it has the same place."""
        self._joined[location] = source

    def published(self, *keys: Key) -> Source:
        """The document that a part comes from."""
        prefixes = (keys[:depth] for depth in range(len(keys), 0, -1))
        owners = (self._joined[prefix] for prefix in prefixes if prefix in self._joined)
        return next(owners, self.document)

    def record(self, location: tuple[Key, ...], overlay: Source, keys: tuple[Key, ...]) -> None:
        """Note that the value at `keys` of an overlay was merged into the node at `location`."""
        self._updates.setdefault(tuple(location), []).append((overlay, keys))

    def place(self, *keys: Key) -> str:
        """`file:line` of a part: of the last overlay that wrote it, else of its document."""
        source, written = self.written(*keys)
        return source.place(*written)

    def written(self, *keys: Key) -> tuple[Source, tuple[Key, ...]]:
        """The file that wrote a part last, an overlay or its document, and where in it the part
        stands.
        """
        for depth in range(len(keys), -1, -1):
            for overlay, written in reversed(self._updates.get(keys[:depth], [])):
                if _holds(overlay, (*written, *keys[depth:])):
                    return overlay, (*written, *keys[depth:])
        return self.published(*keys), keys


def _holds(overlay: Source, keys: tuple[Key, ...]) -> bool:
    node = overlay.data
    for key in keys:
        is_index = isinstance(node, list) and isinstance(key, int) and key < len(node)
        if not is_index and not (isinstance(node, dict) and key in node):
            return False
        node = node[key]
    return True
