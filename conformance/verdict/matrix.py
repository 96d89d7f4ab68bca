"""The matrix of a run: outcomes counted by area and region."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.events.model import AREAS

if TYPE_CHECKING:
    from conformance.verdict.report import Report, Result


@dataclass(slots=True)
class Cell:
    """What one area came to in one region; explained results are counted apart from their
    causes.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    explained: int = 0

    def add(self, result: Result) -> None:
        """Count a result."""
        if result.caused_by and result.outcome != "waived":
            self.explained += 1
        self.outcomes[result.outcome] += 1
        if result.caused_by and result.outcome in ("failed", "warned", "inconclusive"):
            self.outcomes[f"explained {result.outcome}"] += 1

    def roots(self, outcome: str) -> int:
        """How many have this outcome on their own account."""
        return self.outcomes[outcome] - self.outcomes[f"explained {outcome}"]

    @property
    def passed(self) -> int:
        """How many passed."""
        return self.outcomes["passed"]

    @property
    def applicable(self) -> int:
        """How many apply."""
        kinds = ("passed", "failed", "warned", "inconclusive", "unexercised", "broken")
        return sum(self.outcomes[kind] for kind in (*kinds, "waived"))


@dataclass(slots=True)
class Area:
    """A row of the matrix: a cell for each region, and one for what is judged across regions."""

    name: str
    regional: dict[str, Cell] = field(default_factory=dict)
    shared: Cell | None = None

    def add(self, result: Result) -> None:
        """Count a result in its cell."""
        if result.region is not None:
            self.regional.setdefault(result.region, Cell()).add(result)
            return
        self.shared = self.shared or Cell()
        self.shared.add(result)


def areas_of(report: Report) -> list[Area]:
    """The rows of the matrix that have something in them, in the catalogue's order."""
    areas = {name: Area(name) for name in AREAS}
    for result in report.results:
        areas.setdefault(result.area, Area(result.area)).add(result)
    return [area for area in areas.values() if area.regional or area.shared]
