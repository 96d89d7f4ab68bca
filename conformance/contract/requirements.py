"""The catalogue of requirements as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from conformance.contract.source import Source

LEVELS = ("MUST", "SHOULD")
APPLIES = ("operation", "pagination", "filters", "bearer", "parity", "document")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered promise: who made it, how binding it is, and what a pass needs."""

    id: str
    level: str
    area: str
    statement: str
    source: str
    applies_to: str
    evidence: dict[str, int]
    explained_by: tuple[str, ...]
    follows_from: tuple[str, ...]

    def to_event(self) -> dict[str, Any]:
        """The requirement as the header of an event stream carries it."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "explained_by": list(self.explained_by),
            "follows_from": list(self.follows_from),
        }


def read(source: Source) -> dict[str, Requirement]:
    """The catalogue by id, in its own order; raises ContractError with file and line."""
    entries = (source.data or {}).get("requirements") if isinstance(source.data, dict) else None
    if not isinstance(entries, list):
        raise ContractError(f"{source.path}:1: no list `requirements`.")
    found: dict[str, Requirement] = {}
    for index, entry in enumerate(entries):
        place = f"{source.path}:{source.line('requirements', index)}"
        requirement = one(entry, place)
        if requirement.id in found:
            raise ContractError(f"{place}: {requirement.id} is there twice.")
        found[requirement.id] = requirement
    return found


def one(entry: Any, place: str) -> Requirement:
    """One entry of the catalogue; raises ContractError."""
    try:
        requirement = Requirement(
            id=entry["id"],
            level=entry["level"],
            area=entry["area"],
            statement=entry["statement"],
            source=entry["source"],
            applies_to=entry["applies_to"],
            evidence=dict(entry["evidence"]),
            explained_by=tuple(entry.get("explained_by", ())),
            follows_from=tuple(entry.get("follows_from", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ContractError(f"{place}: a requirement lacks {error}.") from error
    if requirement.level not in LEVELS or requirement.applies_to not in APPLIES:
        raise ContractError(
            f"{place}: {requirement.id} has a level that is not one of {', '.join(LEVELS)} "
            f"or applies to none of {', '.join(APPLIES)}."
        )
    return requirement
