"""The parts of a document, each with the place at which it is written, references followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.operations import METHODS
from conformance.contract.references import DanglingReference, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.source import Key

    Location = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """A Path Item Object, where it is written, and the path that leads to it."""

    path: str
    place: Location
    node: dict[str, Any]

    @property
    def name(self) -> str:
        """What findings call it."""
        return self.path


@dataclass(frozen=True, slots=True)
class WrittenOperation:
    """An Operation Object, where it is written, and how it is asked for."""

    method: str
    path: str
    place: Location
    node: dict[str, Any]

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method.upper()} {self.path}"


def items_of(document: dict[str, Any]) -> Iterator[WrittenItem]:
    """Each Path Item Object below `paths`."""
    for path, item in (document.get("paths") or {}).items():
        if path.startswith("x-"):
            continue
        place, node = followed(document, ("paths", path), item)
        if isinstance(node, dict):
            yield WrittenItem(path, place, node)


def operations_of(document: dict[str, Any]) -> Iterator[WrittenOperation]:
    """Each Operation Object below `paths`."""
    for item in items_of(document):
        yield from operations_in(document, item)


def operations_in(document: dict[str, Any], item: WrittenItem) -> Iterator[WrittenOperation]:
    """Each Operation Object of a Path Item Object."""
    for method in METHODS:
        if isinstance(item.node.get(method), dict):
            place, node = followed(document, (*item.place, method), item.node[method])
            if isinstance(node, dict):
                yield WrittenOperation(method, item.path, place, node)


def parameters_of(
    document: dict[str, Any], part: WrittenItem | WrittenOperation
) -> Iterator[tuple[Location, dict[str, Any], dict[str, Any]]]:
    """The parameters of an item or operation: the place of the entry, itself, what it leads to."""
    entries = part.node.get("parameters")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        place = (*part.place, "parameters", index)
        _, parameter = followed(document, place, entry)
        if isinstance(parameter, dict):
            yield place, entry, parameter


def followed(document: dict[str, Any], place: Location, node: Any) -> tuple[Location, Any]:
    """Where a chain of references ends; nothing where it leads nowhere."""
    try:
        target = resolve(document, node)
    except DanglingReference:
        return place, None
    if target is node:
        return place, node
    keys: list[Key] = []
    at: Any = document
    for key in pointer.split(pointer.from_fragment(node["$ref"])):
        keys.append(int(key) if isinstance(at, list) else key)
        at = at[keys[-1]]
    return followed(document, tuple(keys), at)
