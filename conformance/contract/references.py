"""References within a document (`$ref`), followed; those that lead nowhere name their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.origins import Origins
    from conformance.contract.source import Key

LONGEST = 32  # references that lead to references; a longer chain is refused
# Members whose values are data of the API, in which `$ref` is a word like any other,
DATA = ("example", "examples", "default", "enum", "const")
# except where the author of the document chose the names: the response `default`, a property
# `enum`.
NAMED = (
    "properties",
    "patternProperties",
    "responses",
    "schemas",
    "$defs",
    "parameters",
    "headers",
)


class DanglingReference(ContractError):
    """A reference that leads nowhere, to another document, or in a circle."""


def resolve(document: dict[str, Any], node: Any) -> Any:
    """What a chain of local references leads to, or the node itself; raises DanglingReference."""
    followed = 0
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        node = _target(document, reference)
        followed += 1
        if followed > LONGEST:
            raise DanglingReference(
                f"the reference {reference} leads in a circle, or through more than {LONGEST} others."
            )
    return node


def _target(document: dict[str, Any], reference: str) -> Any:
    if not reference.startswith("#"):
        raise DanglingReference(f"the reference {reference} leads into another document.")
    target = pointer.get(document, pointer.from_fragment(reference))
    if target is pointer.MISSING:
        raise DanglingReference(f"the reference {reference} leads nowhere.")
    return target


def check(document: dict[str, Any], keys: tuple[Key, ...], origins: Origins) -> None:
    """Raise DanglingReference, with file and line, where a part of the document refers to nothing.

    What is referred to is looked at as well, each part once: schemas may contain themselves.
    """
    seen: set[str] = set()
    waiting = [keys]
    while waiting:
        for place, reference in _references(document, waiting.pop()):
            if reference in seen:
                continue
            seen.add(reference)
            try:
                _target(document, reference)
            except DanglingReference as error:
                raise DanglingReference(f"{origins.place(*place)}: {error}") from None
            waiting.append(tuple(_keys_of(document, reference)))


def _references(document: Any, keys: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The references within the part at a path of keys, each with its own path."""
    node = document
    for key in keys:
        node = node[key]
    for place, referring in references_in(node, keys):
        yield place, referring["$ref"]


def references_in(
    node: Any, keys: tuple[Key, ...] = ()
) -> Iterator[tuple[tuple[Key, ...], dict[str, Any]]]:
    """The objects with a `$ref` within a part of a document, each with its path; data of the API
    are passed over.
    """
    for place, described in objects_in(node, keys):
        if isinstance(described.get("$ref"), str):
            yield place, described


def objects_in(
    node: Any, keys: tuple[Key, ...] = ()
) -> Iterator[tuple[tuple[Key, ...], dict[str, Any]]]:
    """The objects within a part of a document, each with its path; data of the API are passed over."""
    waiting = [(keys, node)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, dict):
            yield place, node
            named = bool(place) and place[-1] in NAMED
            for key, value in node.items():
                if named or not (key in DATA or key.startswith("x-")):
                    waiting.append(((*place, key), value))
                elif key == "examples" and isinstance(value, dict):
                    yield from _named_examples(value, (*place, key))
        elif isinstance(node, list):
            waiting += [((*place, index), value) for index, value in enumerate(node)]


def _named_examples(
    examples: dict[str, Any], place: tuple[Key, ...]
) -> Iterator[tuple[tuple[Key, ...], dict[str, Any]]]:
    """The references among Example Objects, or in the place of all of them: what an example has
    inside is data.
    """
    if isinstance(examples.get("$ref"), str):
        yield place, examples
        return
    for name, example in examples.items():
        if isinstance(example, dict) and isinstance(example.get("$ref"), str):
            yield (*place, name), example


def _keys_of(document: Any, reference: str) -> Iterator[Key]:
    node = document
    for key in pointer.split(pointer.from_fragment(reference)):
        step: Key = int(key) if isinstance(node, list) else key
        node = node[step]
        yield step
