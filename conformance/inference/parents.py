"""Which property of a row says what it belongs to: the one that is named as a value in the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.described import property_names
from conformance.contract.values import path_names
from conformance.inference import names
from conformance.inference.keys import Key
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.contract.operation import Operation
    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]

OF_ANYTHING = (
    "id",
    "uid",
    "uuid",
    "key",
    "slug",
    "name",
    "code",
)  # names that each row may have too
COMPARED = {"string", "integer"}


def parents(
    operation: Operation, shape: Shape, identity: Key | None, resolve: Resolve
) -> tuple[Key, ...]:
    """For each name in the path, the property of a row that is named so: `order_id` for {order_id},
    and for {id} behind /orders. What tells the rows apart is none, for it is their own.
    """
    if identity is None:
        return ()
    properties = {
        names.plain(name): (name, kinds(described[0], resolve))
        for name, described in property_names(shape.row, resolve).items()
        if f"/{name}" != identity.value
    }
    found = []
    for name, wanted in _wanted(operation.path):
        known = next((properties[word] for word in wanted if word in properties), None)
        if known is None or not known[1] <= COMPARED or _may_be_alias(operation, name, known[1]):
            continue
        found.append(Key(name, f"/{known[0]}", f"named as {{{name}}} in the path"))
    return tuple(found)


def _wanted(path: str) -> Iterator[tuple[str, list[str]]]:
    """Each name in a path, with the words for a property that has its value."""
    parts = path.split("/")
    for name in path_names(path):
        word = names.plain(name)
        at = next((at for at, part in enumerate(parts) if part == f"{{{name}}}"), 0)
        if word not in OF_ANYTHING:
            yield name, [word]
        elif at:
            yield name, [f"{stem}{word}" for stem in _singular(names.plain(parts[at - 1]))]


def _singular(word: str) -> list[str]:
    """What one of several may be called."""
    if word.endswith("ies"):
        return [f"{word[:-3]}y"]
    return [word.removesuffix(end) for end in ("s", "es") if word.endswith(end)]


def _may_be_alias(operation: Operation, name: str, kinds_of_row: set[str]) -> bool:
    """Whether the value in the path may be another word for it, such as `me`: it is a text that no
    list gave.
    """
    return name not in operation.feeds and "string" in kinds_of_row
