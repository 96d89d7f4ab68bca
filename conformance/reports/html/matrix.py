"""The matrix of the page: requirements by area and region, what did not pass before what did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.verdict.report import OUTCOMES
from conformance.verdict.statistics import detectable_rate

if TYPE_CHECKING:
    from conformance.events.model import Requirement
    from conformance.verdict.report import Report, Result

MARKS = {
    "passed": "✓",
    "failed": "✗",
    "warned": "!",
    "unexercised": "◌",
    "inconclusive": "?",
    "not_applicable": "–",
    "waived": "≈",
    "broken": "✗✗",
}
_QUIET = frozenset({"passed", "not_applicable"})
_UNSURE = frozenset({"inconclusive", "unexercised"})
MOST_UNSURE = 4  # rows of an area for want of evidence that are shown unfolded


@dataclass(slots=True)
class MatrixCell:
    """The results of a requirement in a region, over all operations."""

    outcomes: Counter[str] = field(default_factory=Counter)
    evidence: int = 0
    observations: int = 0
    lacks: str = ""
    causes: dict[str, None] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count a result."""
        self.outcomes[result.outcome] += 1
        self.evidence += sum(result.evidence.values())
        self.observations += result.observations
        if result.caused_by and result.outcome != "waived":
            self.causes.update(dict.fromkeys(result.caused_by))
        if result.unexercised and result.outcome == "unexercised":
            self.lacks = f"{result.unexercised.needed} {result.unexercised.unit}"

    @property
    def worst(self) -> str:
        """The outcome that decides the cell's mark."""
        return next(outcome for outcome in OUTCOMES if self.outcomes[outcome])

    @property
    def mark(self) -> str:
        """The outcome as a sign, for readers who cannot distinguish the colours."""
        return "↳" if self.causes else MARKS[self.worst]

    @property
    def total(self) -> int:
        """How many results the cell has."""
        return sum(self.outcomes.values())

    @property
    def words(self) -> str:
        """What stands beside the mark: causes, what the data lacks, or the evidence."""
        if self.total > 1:
            return f"{self.outcomes[self.worst]}/{self.total}"
        if self.causes:
            return next(iter(self.causes))
        if self.lacks:
            return self.lacks
        return f"{self.evidence:,}" if self.worst == "passed" and self.evidence else ""

    @property
    def rate(self) -> float | None:
        """The rate of a fault that its observations would have shown with 95 %."""
        return detectable_rate(self.observations)


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

    @property
    def cells(self) -> list[MatrixCell]:
        """All of its cells."""
        return [*self.regional.values(), *([self.shared] if self.shared else [])]

    @property
    def is_unsure(self) -> bool:
        """Whether it did not pass for want of evidence alone."""
        return not self.is_quiet and all(cell.worst in _QUIET | _UNSURE for cell in self.cells)

    @property
    def is_quiet(self) -> bool:
        """Whether everything in it passed or does not apply."""
        return all(cell.worst in _QUIET for cell in self.cells)


@dataclass(slots=True)
class MatrixArea:
    """An area: its rows, and how many of them passed in each region."""

    name: str
    rows: list[MatrixRow] = field(default_factory=list)

    @property
    def notable(self) -> list[MatrixRow]:
        """The rows that are shown at once: what failed, and a few that could not be judged."""
        folded = self.unjudged
        return [row for row in self.rows if not row.is_quiet and row not in folded]

    @property
    def unjudged(self) -> list[MatrixRow]:
        """The rows that could not be judged, where they are many: a region that is dead has one
        reason, and not seventy rows.
        """
        unsure = [row for row in self.rows if row.is_unsure]
        return unsure if len(unsure) > MOST_UNSURE else []

    @property
    def quiet(self) -> list[MatrixRow]:
        """The other rows."""
        return [row for row in self.rows if row.is_quiet]

    @property
    def has_inapplicable(self) -> bool:
        """Whether one of the quiet rows does not apply."""
        return any(cell.worst == "not_applicable" for row in self.quiet for cell in row.cells)

    def passed(self, region: str) -> str:
        """How many rows passed in a region, of how many that apply."""
        cells = [cell for row in self.rows if (cell := row.regional.get(region) or row.shared)]
        applicable = [cell for cell in cells if cell.worst != "not_applicable"]
        if not applicable:
            return ""
        passed = sum(cell.worst == "passed" for cell in applicable)
        return f"{passed}" if passed == len(applicable) else f"{passed} / {len(applicable)}"

    def worst(self, region: str) -> str:
        """The outcome that decides the colour of the area in a region."""
        seen = {cell.worst for row in self.rows if (cell := row.regional.get(region) or row.shared)}
        return next((outcome for outcome in OUTCOMES if outcome in seen), "not_applicable")


def matrix_areas(report: Report) -> list[MatrixArea]:
    """The areas, in the catalogue's order."""
    rows: dict[str, MatrixRow] = {}
    for result in report.results:
        row = rows.get(result.requirement)
        if row is None:
            row = rows[result.requirement] = MatrixRow(report.requirement(result))
        row.add(result)
    areas: dict[str, MatrixArea] = {}
    for row in rows.values():
        area = row.requirement.area
        areas.setdefault(area, MatrixArea(area)).rows.append(row)
    return list(areas.values())
