"""The way of a candidate through a gate: smoke, then standard, each asked again while it is
unsure.

What runs the suite, tells the time and waits is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from conformance.gate.decision import combined, decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.gate.decision import Decision
    from conformance.gate.policy import Policy
    from conformance.verdict.reference import Reference
    from conformance.verdict.report import Report

Profile = Literal["smoke", "standard"]
PROFILES: tuple[Profile, ...] = ("smoke", "standard")
_QUOTA = "asks to wait "  # as the client says it of a 429
PAUSE = 5.0  # seconds before the first repetition, twice as many before the second


class Ask(Protocol):
    """Runs the suite once: into a folder of a name, of all requirements or some, in so much
    time.
    """

    def __call__(
        self, name: str, profile: Profile, only: tuple[str, ...], max_time: float
    ) -> Report:
        """Run it."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a gate may take: seconds in all, and repetitions of a run that cannot tell."""

    budget: float
    retries: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of the suite, and what it came to."""

    name: str
    report: Report
    decision: Decision


class Passage:
    """Leads a candidate through the gate; `stages` are the runs in their order."""

    def __init__(
        self,
        ask: Ask,
        policy: Policy,
        reference: Reference,
        limits: Limits,
        *,
        clock: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:
        self._ask, self._policy, self._reference = ask, policy, reference
        self._limits, self._clock, self._pause = limits, clock, pause
        self._until = clock() + limits.budget
        self.stages: list[Stage] = []

    def decide(self) -> Decision:
        """The answer: that of the first profile that does not let the candidate through, or of
        the last.
        """
        for profile in PROFILES:
            decision = self._decided(profile)
            if decision.verdict != "conformant":
                break
        return decision

    @property
    def left(self) -> float:
        """How many seconds of the budget are left."""
        return self._until - self._clock()

    def _decided(self, profile: Profile) -> Decision:
        """What a profile comes to, asked again while it cannot tell and there is time."""
        stage = self._run(profile, profile, ())
        for number in range(2, self._limits.retries + 2):
            wait = PAUSE * (number - 1)
            if stage.decision.verdict != "unverified" or self.left <= wait or _is_final(stage):
                break
            self._pause(wait)
            stage = self._run(f"{profile}-{number}", profile, stage.decision.unsure, stage.report)
        return stage.decision

    def _run(
        self, name: str, profile: Profile, only: tuple[str, ...], before: Report | None = None
    ) -> Stage:
        """One run; of a few requirements it completes the report before it."""
        report = self._ask(name, profile, only, max(self.left, 1.0))
        if only and before:
            report = combined(before, {result.key: result for result in report.results})
        stage = Stage(name, report, decide(report, self._policy, self._reference))
        self.stages.append(stage)
        return stage


def _is_final(stage: Stage) -> bool:
    """Whether another run is of no use: a person or the system ended this one, or a region named a
    time to wait that is longer than what the run had.
    """
    if "interrupted" in (stage.report.cut_short or ""):
        return True
    messages = [notice.message for notice in stage.report.notices]
    return any(_QUOTA in message for message in messages)
