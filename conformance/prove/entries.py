"""The servers that the suite is run against: the healthy mock, its faults, its benign variants."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from conformance.mock.registry import BENIGN, FAULTS
from conformance.prove.deployments import DEPLOYMENTS, Deployment

if TYPE_CHECKING:
    from collections.abc import Sequence

HEALTHY, DEPLOYMENT = "healthy", "deployment"


@dataclass(frozen=True, slots=True)
class Entry:
    """A server, and the result that the suite must report for it."""

    name: str
    kind: str  # healthy, fault, benign or deployment
    sentence: str
    requirement: str | None = None  # that a fault breaks
    expected: str = "conformant"  # verdict, for a server that breaks nothing
    whole: bool = True  # the whole API is asked, not its first document alone
    writes: bool = False  # the orders are asked, by the laws of resources

    @property
    def faults(self) -> tuple[str, ...]:
        """The entries that the mock is started with."""
        if self.deployment:
            return self.deployment.faults
        return () if self.kind == HEALTHY else (self.name,)

    @property
    def deployment(self) -> Deployment | None:
        """The deployment that the entry is, if it is one."""
        return DEPLOYMENTS[self.name] if self.kind == DEPLOYMENT else None


class NoSuchEntry(LookupError):
    """A glob that matches no fault and no benign variant."""


def entries(glob: str = "*") -> list[Entry]:
    """The entries that a glob matches, by name or by the requirement that they break; raises
    NoSuchEntry.
    """
    chosen = [entry for entry in _all_entries() if _matches(entry, glob)]
    if not chosen:
        raise NoSuchEntry(
            f"--faults {glob}: matches no fault and no benign variant; --list names them"
        )
    return chosen


def deployments(globs: Sequence[str]) -> list[Entry]:
    """The deployments of these names or globs, all where there is none; raises NoSuchEntry."""
    for glob in globs:
        if not any(fnmatchcase(name, glob) for name in DEPLOYMENTS):
            raise NoSuchEntry(f"--deployments {glob}: matches none; --list names them")
    return [
        Entry(deployment.name, DEPLOYMENT, deployment.sentence, expected=deployment.verdict)
        for deployment in DEPLOYMENTS.values()
        if not globs or any(fnmatchcase(deployment.name, glob) for glob in globs)
    ]


def _all_entries() -> list[Entry]:
    healthy = Entry(HEALTHY, HEALTHY, "Both regions of the mock, unchanged.")
    variants = [
        Entry(
            variant.name,
            "benign",
            variant.sentence,
            expected=variant.expected,
            writes=variant.writes,
        )
        for variant in BENIGN.values()
    ]
    faults = [
        Entry(
            fault.name,
            "fault",
            fault.sentence,
            fault.requirement,
            whole=fault.whole,
            writes=fault.writes,
        )
        for fault in FAULTS.values()
    ]
    return [healthy, *variants, *faults]


def _matches(entry: Entry, glob: str) -> bool:
    if fnmatchcase(entry.name, glob):
        return True

    return entry.requirement is not None and fnmatchcase(entry.requirement, glob.upper())


def sampled(every: list[Entry], each: int = 2, variants: int = 4) -> list[Entry]:
    """A sample that covers every requirement.

    It has the first `each` faults of each requirement, and every `variants`-th server that breaks
    none.
    """
    sample: list[Entry] = []
    faults_of: Counter[str] = Counter()
    unbroken = 0
    for entry in every:
        if entry.requirement:
            faults_of[entry.requirement] += 1
            if faults_of[entry.requirement] <= each:
                sample.append(entry)
            continue

        if unbroken % variants == 0:
            sample.append(entry)
        unbroken += 1
    return sample
