"""The traits (`x-conformance`): a key that no check reads is a trait that is never judged."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from conformance.contract.operation import Operation, Pagination

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.contract.source import Source

_KEY = "x-conformance"
_OF_DOCUMENT = frozenset({"regions", "errors"})
# What every operation has is no trait; traits may be left out, and so have a default.
_OPTIONAL = {
    field.name
    for field in fields(Operation)
    if field.default is not MISSING or field.default_factory is not MISSING
}
_KNOWN = _OF_DOCUMENT | _OPTIONAL
_PAGING = {field.name for field in fields(Pagination)}


def trait_problems(document: Source, layer: Source | None) -> Iterator[str]:
    """The keys of traits that nothing reads."""
    for source in (document, layer):
        if source is not None:
            for keys, traits in _traits(source.data):
                yield from _unknown(source, keys, traits)


_Keys = tuple[str | int, ...]


def _traits(node: Any, keys: _Keys = ()) -> Iterator[tuple[_Keys, dict[str, Any]]]:
    for key, value in _entries(node):
        if key == _KEY and isinstance(value, dict):
            yield (*keys, key), value
        else:
            yield from _traits(value, (*keys, key))


def _entries(node: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(node, dict):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def _unknown(source: Source, keys: _Keys, traits: dict[str, Any]) -> Iterator[str]:
    paging = traits.get("pagination")
    for name in traits.keys() - _KNOWN:
        yield _sentence(source, (*keys, name), name, _KNOWN)
    for name in paging.keys() - _PAGING if isinstance(paging, dict) else ():
        yield _sentence(source, (*keys, "pagination", name), f"pagination.{name}", _PAGING)


def _sentence(
    source: Source, keys: tuple[str | int, ...], name: str, known: set[str] | frozenset[str]
) -> str:
    import difflib

    close = difflib.get_close_matches(name.rpartition(".")[2], known, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"{source.path}:{source.line(*keys)}: {_KEY}: no check reads {name}.{hint}"
