"""What the suite is run against: the healthy mock, every fault, every benign variant."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from conformance.mock.registry import BENIGN, FAULTS

HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Entry:
    """A server and what the suite must say of it."""

    name: str
    kind: str  # healthy, fault or benign
    sentence: str
    requirement: str | None = None  # the one that a fault breaks
    expected: str = "conformant"  # the verdict that a server that breaks nothing deserves

    @property
    def faults(self) -> tuple[str, ...]:
        """What the mock is asked to wear."""
        return () if self.kind == HEALTHY else (self.name,)


class NoSuchEntry(LookupError):
    """A glob that matches no fault and no benign variant."""


def entries(glob: str = "*") -> list[Entry]:
    """The entries that a glob matches, by name or by the requirement that they break; raises
    NoSuchEntry.
    """
    found = [Entry(HEALTHY, HEALTHY, "Both regions of the mock as they are.")]
    found += [
        Entry(one.name, "benign", one.sentence, expected=one.expected) for one in BENIGN.values()
    ]
    found += [Entry(one.name, "fault", one.sentence, one.requirement) for one in FAULTS.values()]
    chosen = [
        one
        for one in found
        if fnmatchcase(one.name, glob)
        or (one.requirement and fnmatchcase(one.requirement, glob.upper()))
    ]
    if not chosen:
        raise NoSuchEntry(
            f"--faults {glob}: matches no fault and no benign variant; --list names them"
        )
    return chosen


def sampled(found: list[Entry], each: int = 2, variants: int = 4) -> list[Entry]:
    """A part that covers every requirement: some faults of each, every so many-th other server."""
    kept: list[Entry] = []
    count: dict[str, int] = {}
    others = 0
    for one in found:
        if one.requirement:
            count[one.requirement] = count.get(one.requirement, 0) + 1
            if count[one.requirement] <= each:
                kept.append(one)
        else:
            if others % variants == 0:
                kept.append(one)
            others += 1
    return kept
