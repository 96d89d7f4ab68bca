"""Two reports compared: what newly fails, what was fixed, what still fails, what is no longer judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_BAD = frozenset({"failed", "warned"})
_JUDGED = frozenset({"passed", "failed", "warned", "waived"})


@dataclass(frozen=True, slots=True)
class Change:
    """A result that is not what it was; an outcome of none: it was not in that report."""

    requirement: str
    operation: str
    region: str | None
    level: str
    before: str | None
    after: str | None
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

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    newly_failing: tuple[Change, ...]
    fixed: tuple[Change, ...]
    still_failing: tuple[Change, ...]
    newly_unjudged: tuple[Change, ...]
    shrunk: tuple[Shrunk, ...]

    @property
    def exit_code(self) -> int:
        """For `--gate new`: 1 for what newly fails, 3 for a MUST that can no longer be vouched for."""
        strict = bool(self.new.get("strict"))
        if any(change.after == "failed" or strict for change in self.newly_failing):
            return 1
        unsure = any(change.level == "MUST" for change in self.newly_unjudged)
        return 3 if unsure or self.new.get("cut_short") else 0

    @property
    def sentence(self) -> str:
        """What changed, in one sentence."""
        counts = (
            (len(self.newly_failing), "newly failing"),
            (len(self.fixed), "fixed"),
            (len(self.still_failing), "still failing"),
            (len(self.newly_unjudged), "newly unjudged"),
        )
        shrunk = len({(entry.requirement, entry.operation, entry.region) for entry in self.shrunk})
        parts = [f"{count} {words}" for count, words in counts]
        return ", ".join([*parts, f"{shrunk} with less evidence"] if shrunk else parts)


def compare(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """Compare two documents as `report.json` has them."""
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


_Key = tuple[str, str, str | None]


def _by_key(report: dict[str, Any]) -> dict[_Key, dict[str, Any]]:
    return {(entry["requirement"], entry["operation"], entry["region"]): entry for entry in report["results"]}


def _change(key: _Key, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    known = after or before or {}
    message = after["message"] if after else "the new report does not have it"
    was, now = before["outcome"] if before else None, after["outcome"] if after else None
    return Change(*key, known["level"], was, now, message)


def _shrunk(before: dict[_Key, dict[str, Any]], after: dict[_Key, dict[str, Any]]) -> list[Shrunk]:
    found = [
        Shrunk(*key, name, count, after[key]["evidence"].get(name, 0))
        for key, entry in before.items()
        if key in after and entry["outcome"] in _JUDGED and after[key]["outcome"] in _JUDGED
        for name, count in entry["evidence"].items()
        if after[key]["evidence"].get(name, 0) < count
    ]
    return sorted(found, key=lambda entry: entry.after / entry.before)
