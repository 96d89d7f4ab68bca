"""Path items and operations that are references, put in the place of the reference: an overlay that
names `$.paths['/orders'].get` needs a node there. It is the very node that is referred to, so that an
overlay may name either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.operations import METHODS
from conformance.contract.references import DanglingReference, resolve

if TYPE_CHECKING:
    from conformance.contract.origins import Origins
    from conformance.contract.source import Key


def put_in_place(document: dict[str, Any], origins: Origins) -> None:
    """Do so for every path; a reference that leads nowhere stays, for its place is told later."""
    paths = document["paths"]
    for path in paths:
        _replace(document, ("paths", path), paths, origins)
        item = paths[path]
        if not isinstance(item, dict):
            continue
        for method in METHODS:
            if method in item:
                _replace(document, ("paths", path, method), item, origins)


def _replace(
    document: dict[str, Any], keys: tuple[Key, ...], holder: dict[str, Any], origins: Origins
) -> None:
    node = holder[str(keys[-1])]
    if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
        return
    try:
        target = resolve(document, node)
    except DanglingReference:
        return
    if not isinstance(target, dict):
        return

    source, written = origins.written(*_last_reference(document, node))
    beside = {name: value for name, value in node.items() if name != "$ref"}
    holder[str(keys[-1])] = {**target, **beside} if beside else target
    origins.record(keys, source, written)


def _last_reference(document: dict[str, Any], node: dict[str, Any]) -> tuple[Key, ...]:
    """Where the last of a chain of references leads to."""
    keys: tuple[Key, ...] = ()
    while isinstance(node, dict) and "$ref" in node:
        place = pointer.from_fragment(node["$ref"])
        keys, node = tuple(pointer.split(place)), pointer.get(document, place)
    return keys
