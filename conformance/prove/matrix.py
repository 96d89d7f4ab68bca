"""The kill matrix: which requirements reported which fault, and whether the right one did. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.prove.deployments import Deployment
    from conformance.prove.entries import Entry
    from conformance.prove.record import NotPassed, Record

REPORTED = ("failed", "warned")
# The outcomes of a requirement that kill its faults, by its level.
KILLING = {"MUST": ("failed",), "SHOULD": ("failed", "warned")}


@dataclass(frozen=True, slots=True)
class Row:
    """One server with the suite's result; `problem` says what is wrong with that, if anything is."""

    entry: Entry
    record: Record
    killed_by: tuple[str, ...] = ()  # requirements that no other failure explains
    also_failed: tuple[str, ...] = ()  # requirements that failed as a consequence
    problem: str = ""

    @property
    def command(self) -> str:
        """Proves this server alone."""
        if self.entry.deployment:
            return f"conformance prove --deployments {self.entry.name}"
        return f"conformance prove --faults {self.entry.name}"


def row(entry: Entry, record: Record, levels: Mapping[str, str]) -> Row:
    """Judge the suite's result on one server; `levels` are those of the requirements, by id."""
    if record.error:
        return Row(entry, record, problem=f"the suite itself failed: {record.error}")

    if record.skipped:
        return Row(entry, record)
    reported = [result for result in record.not_passed if result.outcome in REPORTED]
    # Beside a failure, a warning is no problem of its own.
    gating = [result for result in reported if result.outcome == "failed"] or reported
    roots = tuple(dict.fromkeys(result.requirement for result in gating if not result.caused_by))
    others = (result.requirement for result in reported if result.requirement not in roots)

    broken = [result for result in record.not_passed if result.outcome == "broken"]
    if broken:
        problem = f"the suite itself failed on {broken[0].requirement}: {broken[0].message}"
    elif entry.deployment:
        problem = _unlike(entry.deployment, record, reported)
    elif entry.kind == "fault":
        problem = _why_not_killed(entry, record, levels)
    else:
        problem = _false_positive(entry, record, reported)
    return Row(entry, record, roots, tuple(dict.fromkeys(others)), problem)


def _why_not_killed(entry: Entry, record: Record, levels: Mapping[str, str]) -> str:
    assert entry.requirement is not None
    killing = KILLING[levels[entry.requirement]]
    killers = {
        result.requirement: None for result in record.not_passed if result.outcome in killing
    }
    if entry.requirement in killers:
        return ""
    if killers:
        return f"reported only by {', '.join(killers)}, not by {entry.requirement}"

    own = [result for result in record.not_passed if result.requirement == entry.requirement]
    outcome = f" ({own[0].outcome}: {own[0].message})" if own else ""
    return f"survived: {entry.requirement} did not report it{outcome}"


def _unlike(deployment: Deployment, record: Record, reported: Sequence[NotPassed]) -> str:
    """How the result differs from what the deployment deserves."""
    if record.verdict not in deployment.verdict.split(" or "):
        return f"{record.verdict} instead of {deployment.verdict}: {record.line}"

    for result in reported:
        may_fail = any(fnmatchcase(result.requirement, glob) for glob in deployment.fails)
        if result.outcome == "failed" and not result.caused_by and not may_fail:
            return f"{result.requirement} failed in {result.region or 'parity'}: {result.message}"

    for words in deployment.words:
        if not re.search(words, record.line):
            return f"its line lacks {words!r}: {record.line}"
    return ""


def _false_positive(entry: Entry, record: Record, reported: Sequence[NotPassed]) -> str:
    # The healthy mock must not even be warned about.
    is_healthy = entry.kind == "healthy"
    wrong = [result for result in reported if is_healthy or result.outcome == "failed"]
    if wrong:
        first = wrong[0]
        place = first.region or "parity"
        return f"false positive: {first.requirement} {first.outcome} in {place}: {first.message}"

    if record.verdict not in entry.expected.split(" or "):
        return f"{record.verdict} instead of {entry.expected}: {record.sentence}"
    return ""


def too_few_faults(rows: Iterable[Row], levels: Mapping[str, str], needed: int = 2) -> list[str]:
    """The MUSTs that fewer faults than needed break."""
    count = Counter(row.entry.requirement for row in rows)
    return [name for name, level in levels.items() if level == "MUST" and count[name] < needed]


def by_requirement(rows: Iterable[Row], levels: Mapping[str, str]) -> dict[str, list[Row]]:
    """The faults of each requirement that has any, in the catalogue's order."""
    grouped: dict[str, list[Row]] = {name: [] for name in levels}
    for row in rows:
        if row.entry.requirement:
            grouped.setdefault(row.entry.requirement, []).append(row)
    return {name: faults for name, faults in grouped.items() if faults}
