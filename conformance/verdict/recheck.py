"""What became of a report's findings when they were asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.events.model import Key, Level
    from conformance.verdict.document import ReportDocument, ResultDocument
    from conformance.verdict.report import Outcome, Report

Status = Literal["still failing", "flaky", "fixed", "not judged"]
STATUSES: tuple[Status, ...] = ("still failing", "flaky", "not judged", "fixed")

_BAD = frozenset({"failed", "warned"})
_GOOD = frozenset({"passed"})


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A result that was bad in a report, and what the runs since then say of it."""

    key: Key
    level: Level
    status: Status
    message: str

    @property
    def place(self) -> str:
        """Where it was judged, in words."""
        _, operation, region = self.key
        return f"{region} · {operation}" if region else operation


def bad_results(report: ReportDocument, patterns: Sequence[str]) -> list[ResultDocument]:
    """The failed and warned results of a report, of the requirements that the globs name; all
    without any.
    """
    return [
        result
        for result in report.results
        if result.outcome in _BAD and is_named(result.requirement, patterns)
    ]


def is_named(requirement: str, patterns: Sequence[str]) -> bool:
    """Whether one of the globs names a requirement; no glob names all."""
    return not patterns or any(fnmatchcase(requirement, glob.upper()) for glob in patterns)


def rechecked(before: ResultDocument, rounds: Sequence[Report]) -> Rechecked:
    """What several runs made of one result; the last message that says something bad, else the
    last.
    """
    seen = [result for report in rounds for result in report.results if result.key == before.key]
    status = status_of([result.outcome for result in seen], len(rounds))
    telling = [result for result in seen if result.outcome in _BAD] or seen
    message = telling[-1].message if telling else "no run judged it"
    return Rechecked(before.key, before.level, status, message)


def status_of(outcomes: Sequence[Outcome], rounds: int) -> Status:
    """One status for the outcomes of so many rounds; a round without an outcome judged nothing."""
    bad = sum(outcome in _BAD for outcome in outcomes)
    good = sum(outcome in _GOOD for outcome in outcomes)
    if bad and good:
        return "flaky"
    if bad:
        return "still failing"
    return "fixed" if good == rounds else "not judged"


def exit_code_of(results: Sequence[Rechecked]) -> Literal[0, 1, 3]:
    """1 where a MUST fails still or now and then, 3 where one was not judged, else 0."""
    musts = {result.status for result in results if result.level == "MUST"}
    if musts & {"still failing", "flaky"}:
        return 1
    return 3 if "not judged" in musts else 0
