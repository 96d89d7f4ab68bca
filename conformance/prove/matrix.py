"""The kill matrix: which requirement saw which fault, and whether that is the one it
breaks. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.prove.entries import Entry
    from conformance.prove.record import Record, Said

SEEN = ("failed", "warned")
GATING = {"MUST": ("failed",), "SHOULD": ("failed", "warned")}


@dataclass(frozen=True, slots=True)
class Row:
    """One server, what the suite said of it, and what is wrong with that; an empty `trouble` is
    right.
    """

    entry: Entry
    record: Record
    killed_by: tuple[str, ...] = ()  # requirements that nothing else explains
    also: tuple[str, ...] = ()  # those that only fell with them
    trouble: str = ""

    @property
    def again(self) -> str:
        """How to run it alone."""
        return f"conformance prove --faults {self.entry.name}"


def row(entry: Entry, record: Record, levels: Mapping[str, str]) -> Row:
    """Judge what was said of one server."""
    if record.error:
        return Row(entry, record, trouble=f"the suite itself failed: {record.error}")
    seen = [one for one in record.said if one.outcome in SEEN]
    # Beside a failure, what only warns is no problem of its own.
    gating = [one for one in seen if one.outcome == "failed"] or seen
    roots = tuple(dict.fromkeys(one.requirement for one in gating if not one.caused_by))
    also = tuple(dict.fromkeys(one.requirement for one in seen if one.requirement not in roots))
    trouble = (
        _missed(entry, record, levels) if entry.kind == "fault" else _alarm(entry, record, seen)
    )
    return Row(entry, record, roots, also, trouble)


def _missed(entry: Entry, record: Record, levels: Mapping[str, str]) -> str:
    assert entry.requirement is not None
    level = levels[entry.requirement]
    own = [one for one in record.said if one.requirement == entry.requirement]
    if any(one.outcome in GATING[level] for one in own):
        return ""
    others = list(
        dict.fromkeys(one.requirement for one in record.said if one.outcome in GATING[level])
    )
    if others:
        return f"seen only by {', '.join(others)}, not by {entry.requirement}"
    said = f" ({own[0].outcome}: {own[0].message})" if own else ""
    return f"survived: {entry.requirement} did not see it{said}"


def _alarm(entry: Entry, record: Record, seen: Sequence[Said]) -> str:
    failed = [one for one in seen if one.outcome == "failed" or entry.kind == "healthy"]
    if failed:
        one = failed[0]
        return f"false alarm: {one.requirement} {one.outcome} in {one.region or 'parity'}: {one.message}"
    if record.verdict != entry.expected:
        return f"{record.verdict} instead of {entry.expected}: {record.sentence}"
    return ""


def bare(rows: Iterable[Row], levels: Mapping[str, str], needed: int = 2) -> list[str]:
    """The MUSTs of servers that fewer faults than needed break."""
    count: dict[str, int] = defaultdict(int)
    for one in rows:
        if one.entry.requirement:
            count[one.entry.requirement] += 1
    return [name for name, level in levels.items() if level == "MUST" and count[name] < needed]


def by_requirement(rows: Iterable[Row], levels: Mapping[str, str]) -> dict[str, list[Row]]:
    """The faults of each requirement, in the catalogue's order."""
    found: dict[str, list[Row]] = {name: [] for name in levels}
    for one in rows:
        if one.entry.requirement:
            found.setdefault(one.entry.requirement, []).append(one)
    return {name: some for name, some in found.items() if some}
