"""The catalogue by itself: ids that are there twice, and explanations that name no requirement."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from conformance.contract import ContractError
from conformance.contract.requirements import read_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.source import Source


def catalogue_problems(source: Source) -> Iterator[str]:
    """The entries that are not requirements, and the names in them that lead nowhere."""
    entries = source.data.get("requirements") if isinstance(source.data, dict) else None
    entries = entries if isinstance(entries, list) else []
    names = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    for index, entry in enumerate(entries):
        place = f"{source.path}:{source.line('requirements', index)}"
        try:
            read_one(entry, place)
        except ContractError as error:
            yield str(error)
            continue
        if names.index(entry["id"]) != index:
            yield f"{place}: {entry['id']} is there twice."
        yield from _leads_nowhere(source, index, entry, names)


def _leads_nowhere(
    source: Source, index: int, entry: dict[str, Any], names: list[Any]
) -> Iterator[str]:
    for glob in entry.get("explained_by") or ():
        if not any(fnmatchcase(str(name), str(glob)) for name in names):
            line = source.line("requirements", index, "explained_by")
            place = f"{source.path}:{line}"
            yield f"{place}: {entry['id']}: explained_by names {glob}, which no requirement is called."
