"""The catalogue of requirements as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from conformance.contract.errors import ContractError
from conformance.events.model import AREAS, LEVELS, Requirement, RowsNeeded

if TYPE_CHECKING:
    from conformance.contract.source import Source

TRAITS = (
    "pagination",
    "windows",
    "total",
    "has_more",
    "sizes",
    "integers",
    "page_query",
    "query_order",
    "page_count",
    "links",
    "cursors",
    "item",
    "rows",
    "filters",
    "sorts",
    "header_fields",
    "parents",
    "security",
    "key",
    "errors",
    "error_messages",
    "rate_limits",
    "samples",
    "creates",
    "counts",
    "deletes",
    "replaces",
    "creates_once",
    "json",
    "content",
    "answers",
)
APPLIES = ("operation", "parity", "document", *TRAITS)
TEXTS = ("id", "level", "area", "statement", "source", "applies_to")


def read(source: Source) -> dict[str, Requirement]:
    """The catalogue by id, in its own order; raises ContractError with file and line."""
    entries = source.data.get("requirements") if isinstance(source.data, dict) else None
    if not isinstance(entries, list):
        raise ContractError(f"{source.path}:1: no list `requirements`.")

    catalogue: dict[str, Requirement] = {}
    for index, entry in enumerate(entries):
        place = source.place("requirements", index)
        requirement = read_one(entry, place)
        if requirement.id in catalogue:
            raise ContractError(f"{place}: {requirement.id} is there twice.")
        catalogue[requirement.id] = requirement
    return catalogue


def read_one(entry: Any, place: str) -> Requirement:
    """One entry of the catalogue; raises ContractError, whose text begins with the place."""
    if not isinstance(entry, dict):
        raise ContractError(f"{place}: a requirement is an object, this is {entry!r}.")
    for name in TEXTS:
        if not isinstance(entry.get(name), str):
            raise ContractError(f"{place}: a requirement lacks {name}, or has it as no text.")

    requirement = Requirement(
        **{name: entry[name] for name in TEXTS},
        evidence=_evidence(entry, place),
        needs=_texts(entry, "needs", place),
        explained_by=_texts(entry, "explained_by", place),
        rows_needed=_rows_needed(entry, place),
        fatal=_switch(entry, "fatal", place),
    )
    if requirement.level not in LEVELS:
        raise ContractError(
            f"{place}: the level of {requirement.id} is none of {', '.join(LEVELS)}."
        )
    if requirement.area not in AREAS:
        raise ContractError(f"{place}: the area of {requirement.id} is none of {', '.join(AREAS)}.")
    for trait in requirement.traits:
        if trait not in APPLIES:
            raise ContractError(
                f"{place}: {requirement.id} applies to {trait}, which is none of {', '.join(APPLIES)}."
            )
    return requirement


def _evidence(entry: dict[str, Any], place: str) -> dict[str, int]:
    evidence = entry.get("evidence")
    if not isinstance(evidence, dict) or not all(type(count) is int for count in evidence.values()):
        raise ContractError(
            f"{place}: the evidence of {entry['id']} is no object of whole numbers."
        )
    return dict(evidence)


def _rows_needed(entry: dict[str, Any], place: str) -> RowsNeeded | None:
    if "rows_needed" not in entry:
        return None
    try:
        return msgspec.convert(entry["rows_needed"], RowsNeeded)
    except msgspec.ValidationError as error:
        raise ContractError(f"{place}: rows_needed of {entry['id']}: {error}.") from None


def _texts(entry: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
    values = entry.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ContractError(f"{place}: {name} of {entry['id']} is no list of texts.")
    return tuple(values)


def _switch(entry: dict[str, Any], name: str, place: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise ContractError(f"{place}: {name} of {entry['id']} is neither true nor false.")
    return value
