"""The matrix of the page: requirements grouped by area, by region, with letters, colours and
evidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.verdict.report import OUTCOMES

if TYPE_CHECKING:
    from conformance.events.model import Requirement
    from conformance.verdict.report import Report, Result

LETTERS = {
    "passed": "P",
    "failed": "F",
    "warned": "W",
    "inconclusive": "I",
    "unexercised": "◌",
    "not_applicable": "–",
    "waived": "V",
    "broken": "B",
}


@dataclass(slots=True)
class MatrixCell:
    """The results of a requirement in a region, over all operations."""

    outcomes: Counter[str] = field(default_factory=Counter)
    evidence: int = 0
    explained: int = 0

    def add(self, result: Result) -> None:
        """Count a result."""
        self.outcomes[result.outcome] += 1
        self.evidence += sum(result.evidence.values())
        self.explained += bool(result.caused_by)

    @property
    def worst(self) -> str:
        """The outcome that decides the cell's colour."""
        return next(outcome for outcome in OUTCOMES if self.outcomes[outcome])

    @property
    def letter(self) -> str:
        """The outcome as a letter, for readers who cannot distinguish the colours."""
        return LETTERS[self.worst]

    @property
    def total(self) -> int:
        """How many results the cell has."""
        return sum(self.outcomes.values())

    @property
    def share(self) -> str:
        """How many of several operations share the worst outcome."""
        return f"{self.outcomes[self.worst]}/{self.total}" if self.total > 1 else ""


@dataclass(slots=True)
class MatrixRow:
    """A requirement's row."""

    requirement: Requirement
    regional: dict[str, MatrixCell] = field(default_factory=dict)
    shared: MatrixCell | None = None

    def add(self, result: Result) -> None:
        """Count a result in its cell."""
        if result.region is None:
            self.shared = self.shared or MatrixCell()
            self.shared.add(result)
        else:
            self.regional.setdefault(result.region, MatrixCell()).add(result)


def matrix_rows(report: Report) -> dict[str, list[MatrixRow]]:
    """The rows of each area, in the catalogue's order."""
    rows: dict[str, MatrixRow] = {}
    for result in report.results:
        row = rows.get(result.requirement)
        if row is None:
            row = rows[result.requirement] = MatrixRow(report.requirement(result))
        row.add(result)
    areas: dict[str, list[MatrixRow]] = {}
    for row in rows.values():
        areas.setdefault(row.requirement.area, []).append(row)
    return areas
