"""Several files made one document: references into other files (OpenAPI, Reference Object) become
local ones.

Each file that is referred to is put under an extension at the root, once, so that files may refer to
each other in circles.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from conformance.contract.errors import ContractError
from conformance.contract.references import DanglingReference, references_in
from conformance.contract.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.contract.origins import Origins
    from conformance.contract.source import Key

FILES = "x-conformance-files"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")


class Bundle:
    """Reads the files that a document refers to into the document itself."""

    def __init__(self, document: dict[str, Any], origins: Origins) -> None:
        self._document, self._origins = document, origins
        self._root = origins.document.path.resolve()
        self._names: dict[Path, str] = {self._root: ""}
        self._waiting: list[tuple[Path, Any]] = [(self._root, document)]

    def read(self) -> None:
        """Rewrite every reference that leads into a file; raises ContractError, with file and line."""
        while self._waiting:
            file, data = self._waiting.pop()
            prefix: tuple[Key, ...] = () if file == self._root else (FILES, self._names[file])
            for keys, node in references_in(data):
                node["$ref"] = self._local(node["$ref"], file, (*prefix, *keys))

    def _local(self, reference: str, file: Path, keys: tuple[Key, ...]) -> str:
        """The reference as one within the whole; the files behind it are read later."""
        target, _, fragment = reference.partition("#")
        if not target:
            return f"#{self._prefix(file)}{fragment}"

        place = self._origins.place(*keys)
        if _SCHEME.match(target):
            raise DanglingReference(
                f"{place}: the reference {reference} leads to another host, which is not asked. "
                "Keep the file beside the document."
            )
        try:
            other = (file.parent / unquote(target)).resolve()
        except (OSError, ValueError, RuntimeError):  # NUL, links in a circle
            raise DanglingReference(
                f"{place}: the reference {reference!a} names no file."
            ) from None
        if other not in self._names:
            self._add(other, reference, place)
        return f"#{self._prefix(other)}{fragment}"

    def _prefix(self, file: Path) -> str:
        name = self._names[file]
        escaped = name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
        return f"/{FILES}/{escaped}" if name else ""

    def _add(self, file: Path, reference: str, place: str) -> None:
        try:
            source = Source(file)
        except ContractError as error:
            raise DanglingReference(f"{place}: the reference {reference}: {error}") from None

        name = _relative(file, self._root.parent)
        self._names[file] = name
        self._document.setdefault(FILES, {})[name] = source.data
        self._origins.record((FILES, name), source, ())
        self._waiting.append((file, source.data))


def _relative(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.as_posix()
