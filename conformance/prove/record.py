"""The result of the suite on one server, small enough to be passed between processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.reports.terminal.summary import verdict_line

if TYPE_CHECKING:
    from conformance.verdict.report import Report

# No server can change the document, so its results are the same for all.
IGNORED_AREAS = ("document",)
NOT_PASSED = ("failed", "warned", "broken", "inconclusive")


@dataclass(frozen=True, slots=True)
class NotPassed:
    """A result that is not a pass."""

    requirement: str
    level: str
    region: str | None
    outcome: str
    message: str
    caused_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One run of the suite: its verdict, and every result that is not a pass."""

    verdict: str
    not_passed: tuple[NotPassed, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    error: str | None = None
    sentence: str = ""
    skipped: str = ""  # why there was no run
    line: str = ""  # the verdict's line, as the terminal prints it


def record_of(report: Report) -> Record:
    """The record of a concluded run."""
    not_passed = [
        NotPassed(
            result.requirement,
            result.level,
            result.region,
            result.outcome,
            result.message[:300],
            result.caused_by,
        )
        for result in report.results
        if result.area not in IGNORED_AREAS and result.outcome in NOT_PASSED
    ]
    return Record(
        verdict=report.verdict,
        not_passed=tuple(not_passed),
        requests=sum(report.requests.values()),
        seconds=report.duration_seconds,
        sentence=report.sentence,
        line="".join(text for text, _ in verdict_line(report).pieces),
    )
