"""Two reports compared: what newly fails, what was fixed, what still fails, what is no longer
judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.events.model import Key, Level
    from conformance.verdict.report import ExitCode, Outcome, Verdict

_BAD = frozenset({"failed", "warned"})
_JUDGED = frozenset({"passed", "failed", "warned", "waived"})


class ComparedResult(Protocol):
    """What a comparison needs of a result, of this run or read from a `report.json`."""

    @property
    def key(self) -> Key: ...  # noqa: D102
    @property
    def level(self) -> Level: ...  # noqa: D102
    @property
    def outcome(self) -> Outcome: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def evidence(self) -> Mapping[str, int]: ...  # noqa: D102


class ComparedReport(Protocol):
    """What a comparison needs of a report: a `Report`, or a `ReportDocument` that was read."""

    @property
    def verdict(self) -> Verdict: ...  # noqa: D102
    @property
    def started(self) -> str: ...  # noqa: D102
    @property
    def strict(self) -> bool: ...  # noqa: D102
    @property
    def cut_short(self) -> str | None: ...  # noqa: D102
    @property
    def results(self) -> Sequence[ComparedResult]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Change:
    """A result that is not what it was; an outcome of none: it was not in that report."""

    requirement: str
    operation: str
    region: str | None
    level: Level
    before: Outcome | None
    after: Outcome | None
    message: str

    @property
    def place(self) -> str:
        """Where it changed, in words."""
        return f"{self.region} · {self.operation}" if self.region else self.operation


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Evidence behind an outcome that is less than it was."""

    requirement: str
    operation: str
    region: str | None
    name: str
    before: int
    after: int

    @property
    def place(self) -> str:
        """Where it shrank, in words."""
        return f"{self.region} · {self.operation}" if self.region else self.operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one report to the next."""

    old: ComparedReport
    new: ComparedReport
    newly_failing: tuple[Change, ...]
    fixed: tuple[Change, ...]
    still_failing: tuple[Change, ...]
    newly_unjudged: tuple[Change, ...]
    shrunk: tuple[Shrunk, ...]

    @property
    def exit_code(self) -> ExitCode:
        """For `--gate new`: 1 for what newly fails, 3 for a MUST that can no longer be
        vouched for.
        """
        if any(change.after == "failed" or self.new.strict for change in self.newly_failing):
            return 1
        unsure = any(change.level == "MUST" for change in self.newly_unjudged)
        return 3 if unsure or self.new.cut_short else 0

    @property
    def sentence(self) -> str:
        """What changed, in one sentence."""
        counts = (
            (len(self.newly_failing), "newly failing"),
            (len(self.fixed), "fixed"),
            (len(self.still_failing), "still failing"),
            (len(self.newly_unjudged), "newly unjudged"),
        )
        parts = [f"{count} {words}" for count, words in counts]

        shrunk = len({(entry.requirement, entry.operation, entry.region) for entry in self.shrunk})
        if shrunk:
            parts.append(f"{shrunk} with less evidence")
        return ", ".join(parts)


def compare(old: ComparedReport, new: ComparedReport) -> Comparison:
    """Compare two reports of one API, result by result."""
    before, after = _by_key(old), _by_key(new)
    changes = [_change(key, before.get(key), after.get(key)) for key in {**after, **before}]
    return Comparison(
        old=old,
        new=new,
        newly_failing=tuple(c for c in changes if c.after in _BAD and not _failed_alike(c)),
        fixed=tuple(c for c in changes if c.before in _BAD and c.after == "passed"),
        still_failing=tuple(c for c in changes if c.after in _BAD and _failed_alike(c)),
        newly_unjudged=tuple(c for c in changes if c.before in _JUDGED and c.after not in _JUDGED),
        shrunk=tuple(_shrunk(before, after)),
    )


def _failed_alike(change: Change) -> bool:
    # What was only a warning and is a failure now has got worse: that is new.
    return change.before in _BAD and not (change.before == "warned" and change.after == "failed")


def _by_key(report: ComparedReport) -> dict[Key, ComparedResult]:
    return {result.key: result for result in report.results}


def _change(key: Key, before: ComparedResult | None, after: ComparedResult | None) -> Change:
    known = after or before
    assert known is not None  # a key is of one report or of both
    message = after.message if after else "the new report does not have it"
    was, now = before.outcome if before else None, after.outcome if after else None
    return Change(*key, known.level, was, now, message)


def _shrunk(before: dict[Key, ComparedResult], after: dict[Key, ComparedResult]) -> list[Shrunk]:
    """The evidence that shrank, most first."""
    shrunk = []
    for key, old in before.items():
        new = after.get(key)
        if new is None or old.outcome not in _JUDGED or new.outcome not in _JUDGED:
            continue
        for name, count in old.evidence.items():
            now = new.evidence.get(name, 0)
            if now < count:
                shrunk.append(Shrunk(*key, name, count, now))
    return sorted(shrunk, key=lambda entry: entry.after / entry.before)
