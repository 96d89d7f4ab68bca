"""What a run did not judge, grouped by the reason, for every report to say in one way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.verdict.text import joined

if TYPE_CHECKING:
    from conformance.events.model import Level
    from conformance.verdict.report import Outcome, Report, Result

MOST_REQUIREMENTS = 8
MOST_OPERATIONS = 3


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Results of one outcome that have one reason."""

    outcome: Outcome
    reason: str
    results: list[Result]

    @property
    def level(self) -> Level:
        """The highest level among the requirements: a MUST decides, whatever stands beside it."""
        levels = {result.level for result in self.results}
        return "MUST" if "MUST" in levels else "SHOULD"

    @property
    def groups(self) -> list[tuple[list[str], list[str]]]:
        """The requirements, together with those that have the same regions."""
        regions: dict[str, dict[str, None]] = defaultdict(dict)
        for result in self.results:
            regions[result.requirement].update(dict.fromkeys([result.region or ""]))

        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for requirement, names in regions.items():
            groups[tuple(filter(None, names))].append(requirement)
        return [(requirements, list(names)) for names, requirements in groups.items()]

    @property
    def operations(self) -> list[str]:
        """The operations, in the order of the document."""
        return list(dict.fromkeys(result.operation for result in self.results))

    def where(self, report: Report) -> str:
        """The operations in words, where the run judged more than one."""
        judged = {r.operation for r in report.results if r.area != "document"}
        return joined(self.operations, MOST_OPERATIONS) if len(judged) > 1 else ""

    def words(self, report: Report) -> str:
        """Requirements, regions and operations: `PAG-11, PAG-13 india · list-batch-calls`."""
        places = [
            f"{joined(requirements, MOST_REQUIREMENTS)} {', '.join(regions)}".rstrip()
            for requirements, regions in self.groups
        ]
        return " · ".join(filter(None, ["; ".join(places), self.where(report)]))


def unjudged_of(report: Report, *outcomes: Outcome) -> list[Unjudged]:
    """What has these outcomes, grouped by outcome and reason."""
    reasons: dict[tuple[Outcome, str], list[Result]] = defaultdict(list)
    for outcome in outcomes:
        for result in report.having(outcome):
            reasons[outcome, result.message].append(result)
    return [Unjudged(outcome, why, results) for (outcome, why), results in reasons.items()]
