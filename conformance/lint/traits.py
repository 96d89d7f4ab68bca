"""The traits (`x-conformance`): a key that no check reads is a trait that is never judged."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from conformance.contract.entry import NAME
from conformance.contract.load import FACTS
from conformance.contract.operations import TRAITS
from conformance.contract.pagination import known_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.contract.source import Key, Source

KNOWN = (*FACTS, *TRAITS)


def trait_problems(sources: Iterable[Source]) -> Iterator[str]:
    """The keys of traits that nothing reads, in a document and its overlays."""
    for source in sources:
        for keys, traits in _traits(source.data):
            yield from _unknown(source, keys, traits)


def _traits(
    node: Any, keys: tuple[Key, ...] = ()
) -> Iterator[tuple[tuple[Key, ...], dict[str, Any]]]:
    for key, value in _entries(node):
        if key == NAME and isinstance(value, dict):
            yield (*keys, key), value
        else:
            yield from _traits(value, (*keys, key))


def _entries(node: Any) -> Iterable[tuple[Key, Any]]:
    if isinstance(node, dict):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def _unknown(source: Source, keys: tuple[Key, ...], traits: dict[str, Any]) -> Iterator[str]:
    for name in traits:
        if name not in KNOWN and not name.startswith("x-"):
            yield _sentence(source, (*keys, name), name, KNOWN)

    paging = traits.get("pagination")
    if isinstance(paging, dict):
        fields = known_fields(paging)
        for name in paging:
            if name not in fields and not name.startswith("x-"):
                yield _sentence(source, (*keys, "pagination", name), f"pagination.{name}", fields)


def _sentence(source: Source, keys: tuple[Key, ...], name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name.rpartition(".")[2], list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"{source.place(*keys)}: {NAME}: no check reads {name}.{hint}"
