"""What the suite said of one server, small enough to be passed between processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.verdict.report import Report

# Against the document nothing can be done by a server, so what it draws is the same for all.
IGNORED_AREAS = ("document",)
BAD = ("failed", "warned", "broken", "inconclusive")


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome that is no pass."""

    requirement: str
    level: str
    region: str | None
    outcome: str
    message: str
    caused_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One run of the suite: its verdict and every outcome that is no pass."""

    verdict: str
    said: tuple[Said, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    error: str | None = None
    sentence: str = ""


def record_of(report: Report) -> Record:
    """The record of a concluded run."""
    results = [one for one in report.results if one.area not in IGNORED_AREAS]
    return Record(
        verdict=report.verdict,
        said=tuple(
            Said(
                one.requirement,
                one.level,
                one.region,
                one.outcome,
                one.message[:300],
                one.caused_by,
            )
            for one in results
            if one.outcome in BAD
        ),
        requests=sum(report.requests.values()),
        seconds=report.duration_seconds,
        sentence=report.sentence,
    )
