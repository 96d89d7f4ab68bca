"""The values of a concluded run: requirements, findings, results, waivers, the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Outcome = Literal["passed", "failed", "warned", "inconclusive", "not_applicable", "waived", "broken"]
Level = Literal["MUST", "SHOULD"]
Verdict = Literal["conformant", "nonconformant", "unverified"]

OUTCOMES: tuple[Outcome, ...] = (
    "failed",
    "broken",
    "warned",
    "inconclusive",
    "waived",
    "passed",
    "not_applicable",
)
AREAS = ("schema", "pagination", "filters", "authentication", "robustness", "parity", "document")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A promise of the API, as the catalogue states it."""

    id: str
    level: Level
    area: str
    statement: str
    source: str
    applies_to: str = ""
    evidence: Mapping[str, int] = field(default_factory=dict)
    explained_by: tuple[str, ...] = ()
    follows_from: tuple[str, ...] = ()

    @property
    def promise(self) -> str:
        """The statement without the level, where that stands beside it."""
        return self.statement.removeprefix(f"{self.level}: ")


@dataclass(frozen=True, slots=True)
class Region:
    """A deployment that was judged; `key` is the name of a variable, never its value."""

    name: str
    url: str
    key: str = ""
    latency_ms: float | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document, and the line it starts at."""

    id: str
    method: str
    path: str
    line: int
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen and should not have been."""

    expected: str
    actual: str
    level: Level
    note: str | None = None
    keeps: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    exchanges: tuple[str, ...] = ()
    curl: str | None = None
    walk: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one run of a merged stream concluded, kept beside the outcome that stands."""

    run: str
    outcome: Outcome
    message: str
    evidence: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A known deviation that is accepted until a day."""

    requirement: str
    region: str | None
    operation: str | None
    reason: str
    owner: str
    expires: str
    expired: bool = False
    used: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know that is no result."""

    level: str
    region: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a requirement, for an operation and a region (none: all of them together)."""

    requirement: str
    level: Level
    area: str
    operation: str
    region: str | None
    outcome: Outcome
    message: str
    evidence: Mapping[str, int]
    needed: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    omitted: int = 0
    seconds: float = 0.0
    checks: tuple[str, ...] = ()
    caused_by: tuple[str, ...] = ()
    waiver: Waiver | None = None
    parts: tuple[Part, ...] = ()

    @property
    def place(self) -> str:
        """Where it was judged, in words."""
        return f"{self.region} · {self.operation}" if self.region else self.operation

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What identifies the result within a run, and from run to run."""
        return self.requirement, self.operation, self.region


@dataclass(frozen=True)
class Report:
    """A concluded run: what was asked, what came of it, and what that means."""

    source: Path
    suite: str
    run: str
    started: str
    finished: str | None
    duration_seconds: float
    seed: int
    profile: str
    strict: bool
    document: Mapping[str, str]
    regions: tuple[Region, ...]
    requests: Mapping[str, int]
    config: Mapping[str, Any]
    catalogue: Mapping[str, Requirement]
    operations: tuple[Operation, ...]
    waivers: tuple[Waiver, ...]
    notices: tuple[Notice, ...]
    results: tuple[Result, ...]
    cut_short: str | None
    verdict: Verdict
    exit_code: int
    sentence: str
    runs: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many results have each outcome."""
        tally: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
        for result in self.results:
            tally[result.outcome] += 1
        return tally

    @cached_property
    def news(self) -> tuple[Notice, ...]:
        """The notices that the verdict's own sentence does not say already."""
        return tuple(one for one in self.notices if one.message.rstrip(".") not in self.sentence)

    @cached_property
    def notable(self) -> tuple[Result, ...]:
        """The results that are neither passed nor out of scope: in a large run, few."""
        return tuple(result for result in self.results if result.outcome not in ("passed", "not_applicable"))

    def having(self, *outcomes: Outcome) -> list[Result]:
        """The results with one of these outcomes, in order."""
        return [result for result in self.results if result.outcome in outcomes]

    def requirement(self, result: Result) -> Requirement:
        """The requirement of a result; one that the catalogue lacks is named as such."""
        known = self.catalogue.get(result.requirement)
        return known or unknown_requirement(result.requirement)

    def line(self, operation: str) -> int:
        """The line of the document an operation starts at; 1 where it is not known."""
        return next((known.line for known in self.operations if known.id == operation), 1)

    def to_json(self) -> dict[str, Any]:
        """The report as `report.json` has it."""
        from conformance.reports.json import report_document

        return report_document(self)


def unknown_requirement(name: str) -> Requirement:
    """Stand in for a requirement that a check names and the catalogue lacks."""
    return Requirement(name, "MUST", "robustness", f"{name} is not in the catalogue", "")
