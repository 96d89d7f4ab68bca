"""Several documents of one API, joined into one: what they have by name must be theirs alone, or the
same in all of them.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from conformance.contract import shape
from conformance.contract.errors import ContractError
from conformance.contract.files import FILES, Bundle
from conformance.contract.operations import METHODS
from conformance.contract.origins import Origins
from conformance.contract.path_items import put_in_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.source import Key, Source

NAMED = ("components", FILES)  # members at the root whose entries have names


def joined(sources: Sequence[Source]) -> tuple[dict[str, Any], Origins]:
    """The documents as one, and where each part of it was written; raises ContractError.

    The first one says what stands at the root: title, servers, and security of its own operations.
    """
    first, *further = sources
    origins = Origins(first)
    document: dict[str, Any] = copy.deepcopy(first.data)
    document["openapi"] = _full_version(document["openapi"])
    Bundle(document, origins).read()
    for source in further:
        _Joining(document, source, origins).join()
    put_in_place(document, origins)
    return document, origins


class _Joining:
    """One document that is joined to others."""

    def __init__(self, document: dict[str, Any], source: Source, origins: Origins) -> None:
        self._document, self._source, self._origins = document, source, origins
        self._added: dict[str, Any] = copy.deepcopy(source.data)
        Bundle(self._added, Origins(source)).read()
        shape.check(self._added, source.place)

    def join(self) -> None:
        """Add its paths and what they refer to."""
        self._must_be_of_one_version()
        self._state_security()
        paths = self._document["paths"]
        for path, item in self._added["paths"].items():
            if path in paths and not path.startswith("x-"):
                self._join_path(path, paths[path], item)
            else:
                self._add(paths, ("paths", path), item)

        self._add_all(("webhooks",))
        for name in NAMED:
            for section in self._added.get(name) or {}:
                self._add_all((name, section))

    def _must_be_of_one_version(self) -> None:
        versions = [
            _full_version(one["openapi"]).rpartition(".")[0]
            for one in (self._document, self._added)
        ]
        if versions[0] != versions[1]:
            raise ContractError(
                f"{self._source.place('openapi')}: it is of OpenAPI {versions[1]}, and "
                f"{self._origins.document.path} of {versions[0]}; expected documents of one version."
            )

    def _state_security(self) -> None:
        """Write what holds for all operations of the document at each of them."""
        if "security" not in self._added:
            return
        for item in self._added["paths"].values():
            for method in METHODS:
                if isinstance(item, dict) and isinstance(item.get(method), dict):
                    item[method].setdefault("security", self._added["security"])

    def _join_path(self, path: str, known: Any, item: Any) -> None:
        if not isinstance(known, dict) or not isinstance(item, dict):
            self._clash(("paths", path))
        for name, value in item.items():
            self._add(known, ("paths", path, name), value)

    def _add_all(self, keys: tuple[str, ...]) -> None:
        """Add every entry of a section, which is made where there is none."""
        added, known = self._added, self._document
        for key in keys:
            added = added.get(key) or {}
            known = known.setdefault(key, {}) if added else {}
        for name, value in added.items():
            self._add(known, (*keys, name), value)

    def _add(self, known: dict[str, Any], keys: tuple[Key, ...], value: Any) -> None:
        name = str(keys[-1])
        if name not in known:
            known[name] = value
            self._origins.join(keys, self._source)
        elif known[name] != value:
            self._clash(keys)

    def _clash(self, keys: tuple[Key, ...]) -> None:
        what = " ".join(str(key) for key in keys)
        raise ContractError(
            f"{self._source.place(*keys)}: {what} is another one in {self._origins.place(*keys)}; "
            "expected a name of its own."
        )


def _full_version(version: Any) -> str:
    """`3.1`, perhaps unquoted and so a number, as tools want it: `3.1.0`."""
    text = str(version)
    return f"{text}.0" if text.count(".") == 1 else text
