"""The values of a concluded run: results with their outcomes, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from conformance.events.model import Requirement, Sampled, Unexercised, Waiver
from conformance.verdict.statistics import detectable_rate, observations_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from conformance.events.messages import Document, MergedRun, Notice
    from conformance.events.model import Area, Deviating, Finding, Key, Level, Operation, Region

Outcome = Literal[
    "passed",
    "failed",
    "warned",
    "unexercised",
    "inconclusive",
    "not_applicable",
    "waived",
    "broken",
]
Verdict = Literal["conformant", "nonconformant", "unverified"]
ExitCode = Literal[0, 1, 3]
Gate = Literal["verdict", "new"]

OUTCOMES: tuple[Outcome, ...] = (
    "failed",
    "broken",
    "warned",
    "inconclusive",
    "unexercised",
    "waived",
    "passed",
    "not_applicable",
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one run of a merged stream concluded, kept beside the outcome that stands."""

    run: str
    outcome: Outcome
    message: str
    evidence: Mapping[str, int]


class AppliedWaiver(Waiver, frozen=True, kw_only=True):
    """A waiver, and what became of it in this run: `used` counts the results that it accepted."""

    expired: bool = False
    used: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a requirement, for an operation and a region (none: all of them together).

    Every finding has a level. `needed` is the evidence that a pass needs, `omitted` counts the
    findings that no judgement lists, `unlisted` has the requests of those and `unlisted_at` their
    places, `cases` further requests that broke it, `deviating` says what is wrong with the answers that
    findings rest on, `caused_by` names the requirements whose failure explains this
    result. `unexercised` says what the data could not
    show, `sampled` how much of a list was read.
    """

    requirement: str
    level: Level
    area: Area
    operation: str
    region: str | None
    outcome: Outcome
    message: str
    evidence: Mapping[str, int]
    needed: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    omitted: int = 0
    unlisted: tuple[tuple[str, ...], ...] = ()
    unlisted_at: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    deviating: tuple[Deviating, ...] = ()
    seconds: float = 0.0
    checks: tuple[str, ...] = ()
    caused_by: tuple[str, ...] = ()
    waiver: AppliedWaiver | None = None
    parts: tuple[Part, ...] = ()
    unexercised: Unexercised | None = None
    sampled: Sampled | None = None

    @property
    def place(self) -> str:
        """Where it was judged, in words."""
        return f"{self.region} · {self.operation}" if self.region else self.operation

    @property
    def observations(self) -> int:
        """How many observations could have failed."""
        return observations_of(self.evidence, self.needed)

    @property
    def detectable_rate(self) -> float | None:
        """The rate of a random fault that they would have shown with 95 %."""
        return detectable_rate(self.observations)

    @property
    def key(self) -> Key:
        """What identifies the result within a run, and from run to run."""
        return self.requirement, self.operation, self.region


@dataclass(frozen=True)
class Report:
    """A concluded run: what was asked, what came of it, and what that means.

    `exit_code` is the one that the process ends with: the verdict's, or under `--gate new` the
    comparison's. `asked` names the operations that were sent a request.
    """

    source: Path
    suite: str
    run: str
    started: str
    finished: str | None
    duration_seconds: float
    seed: int
    profile: str
    strict: bool
    document: Document
    regions: Mapping[str, Region]
    requests: Mapping[str, int]
    config: Mapping[str, Any]
    catalogue: Mapping[str, Requirement]
    operations: tuple[Operation, ...]
    waivers: tuple[AppliedWaiver, ...]
    notices: tuple[Notice, ...]
    results: tuple[Result, ...]
    cut_short: str | None
    verdict: Verdict
    exit_code: ExitCode
    sentence: str
    runs: tuple[MergedRun, ...] = ()
    outages: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    gate: Gate = "verdict"

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many results have each outcome."""
        counts: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
        for result in self.results:
            counts[result.outcome] += 1
        return counts

    @cached_property
    def news(self) -> tuple[Notice, ...]:
        """The notices that the verdict's own sentence does not say already."""
        return tuple(
            notice for notice in self.notices if notice.message.rstrip(".") not in self.sentence
        )

    @cached_property
    def notable(self) -> tuple[Result, ...]:
        """The results that are neither passed nor out of scope: in a large run, few."""
        return tuple(
            result for result in self.results if result.outcome not in ("passed", "not_applicable")
        )

    def having(self, *outcomes: Outcome) -> list[Result]:
        """The results with one of these outcomes, in order."""
        return [result for result in self.results if result.outcome in outcomes]

    def requirement(self, result: Result) -> Requirement:
        """The requirement of a result; one that the catalogue lacks is named as such."""
        known = self.catalogue.get(result.requirement)
        return known or unknown_requirement(result.requirement)

    def document_of(self, operation: str) -> str:
        """The path of the document that an operation stands in, or of the first one."""
        known = self._by_id.get(operation)
        return (known.document if known else "") or self.document.path

    def line(self, operation: str) -> int:
        """The line of the document an operation starts at; 1 where it is not known."""
        known = self._by_id.get(operation)
        return known.line if known else 1

    @cached_property
    def _by_id(self) -> dict[str, Operation]:
        return {known.id: known for known in self.operations}


def unknown_requirement(name: str) -> Requirement:
    """Stand in for a requirement that a check names and the catalogue lacks."""
    return Requirement(name, "MUST", "robustness", f"{name} is not in the catalogue")
