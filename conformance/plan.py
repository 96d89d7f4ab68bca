"""The plan of a run: which requirement is judged on which operation in which region, or why not.

Pure, and the one place that decides it: what pytest collects, what the stream expects, and what the
reports call covered are all read from here.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from conformance.contract.operation import ALWAYS, OF_CREATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.contract import Contract, Requirement
    from conformance.contract.operation import Operation

DOCUMENT = "document"  # stands for the operation where the document itself is judged
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")  # RFC 9110 9.2.1
ONE_REGION = "one region alone"
SHOWN = 12  # names of a document that a message lists

Place = tuple[str, str | None]  # operation and region; no region: all of them together


class NoSuchRequirement(ValueError):
    """A pattern of --only or --skip matches no requirement; the text names it."""

    def __init__(self, option: str, pattern: str) -> None:
        super().__init__(
            f"{option} {pattern}: no requirement of that id; `conformance requirements` lists them."
        )


class NoSuchOperation(ValueError):
    """A filter of operations matches none, or all of them together leave none."""


@dataclass(frozen=True, slots=True)
class OperationFilters:
    """Which operations are asked, as globs: by id, by tag and by path.

    One glob of each kind must match; a kind without globs matches everything.
    """

    ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def left_out(self, operations: Sequence[Operation]) -> dict[str, str]:
        """Why each operation that does not match is left out; raises NoSuchOperation."""
        if not operations:
            raise NoSuchOperation(
                "the document has no operation under its paths, so nothing to check."
            )
        by_option = (
            ("--only-operation", self.ids, lambda operation: (operation.id,)),
            ("--tag", self.tags, lambda operation: operation.tags),
            ("--path", self.paths, lambda operation: (operation.path,)),
        )
        reasons: dict[str, str] = {}
        for option, patterns, names_of in by_option:
            names = {operation.id: names_of(operation) for operation in operations}
            _must_match(option, patterns, [name for each in names.values() for name in each])
            for identifier, own in names.items():
                if patterns and not _any_matches(own, patterns):
                    reasons.setdefault(identifier, f"{option} leaves it out")

        if len(reasons) == len(operations):
            raise NoSuchOperation(
                "--only-operation, --tag and --path leave no operation. Nothing would be checked."
            )
        return reasons


def _must_match(option: str, patterns: Sequence[str], names: Sequence[str]) -> None:
    for pattern in patterns:
        if not _any_matches(names, (pattern,)):
            known = ", ".join(list(dict.fromkeys(names))[:SHOWN]) or "none"
            raise NoSuchOperation(
                f"{option} {pattern}: no operation matches; the document has {known}."
            )


def _any_matches(names: Iterable[str], patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement on one operation in one region: judged, or the reason why it is not."""

    requirement: str
    operation: str
    region: str | None
    reason: str | None = None

    @property
    def judged(self) -> bool:
        """Whether the run is to judge it."""
        return self.reason is None

    @property
    def place(self) -> Place:
        """The operation and the region."""
        return self.operation, self.region


@dataclass(frozen=True)
class Plan:
    """All entries of a run, by requirement in the catalogue's order, then operation, then region.

    `unasked` says of each operation that gets no requests why it gets none.
    """

    entries: tuple[Entry, ...]
    unasked: dict[str, str]

    @cached_property
    def selected(self) -> frozenset[str]:
        """The requirements of the run, judged or not."""
        return frozenset(entry.requirement for entry in self.entries)

    @cached_property
    def judged(self) -> tuple[Entry, ...]:
        """The entries that the run must judge."""
        return tuple(entry for entry in self.entries if entry.judged)

    @cached_property
    def not_applicable(self) -> tuple[Entry, ...]:
        """The entries that are not judged, each with its reason."""
        return tuple(entry for entry in self.entries if not entry.judged)

    @cached_property
    def _judged_on(self) -> dict[str, frozenset[str]]:
        by_operation: dict[str, set[str]] = {}
        for entry in self.judged:
            by_operation.setdefault(entry.operation, set()).add(entry.requirement)
        return {operation: frozenset(names) for operation, names in by_operation.items()}

    def judged_on(self, operation: str) -> frozenset[str]:
        """The requirements that are judged on an operation, or on the document, anywhere."""
        return self._judged_on.get(operation, frozenset())

    def places(self, requirements: Iterable[str]) -> list[Place]:
        """Where a check that judges these requirements has something to judge, each place once."""
        wanted = frozenset(requirements)
        return list(dict.fromkeys(e.place for e in self.judged if e.requirement in wanted))


def select(names: Sequence[str], only: Sequence[str], skip: Sequence[str]) -> frozenset[str]:
    """The ids that the globs of --only and --skip leave; raises NoSuchRequirement."""
    for option, patterns in (("--only", only), ("--skip", skip)):
        for pattern in patterns:
            if not _matches_any(names, pattern):
                raise NoSuchRequirement(option, pattern)

    chosen = [name for name in names if not only or _matched(name, only)]
    return frozenset(name for name in chosen if not _matched(name, skip))


def make_plan(
    contract: Contract,
    selected: frozenset[str],
    regions: Sequence[str],
    *,
    unsafe: bool,
    filters: OperationFilters | None = None,
) -> Plan:
    """The plan for these requirements in these regions, on the operations that filters leave.

    `unsafe` says whether methods that could change state may be sent (design: safety). Raises
    NoSuchOperation.
    """
    left_out = (filters or OperationFilters()).left_out(contract.operations)
    unasked = {
        operation.id: reason
        for operation in contract.operations
        if (reason := left_out.get(operation.id) or _why_unasked(operation, unsafe=unsafe))
    }
    # Each is looked up for each requirement, and is made of the whole description of an operation.
    traits = {
        operation.id: frozenset((*ALWAYS, *operation.traits)) for operation in contract.operations
    }
    entries: list[Entry] = []
    for requirement in contract.requirements.values():
        if requirement.id in selected:
            entries += _entries(requirement, traits, regions, unasked)
    return Plan(tuple(entries), unasked)


def _entries(
    requirement: Requirement,
    traits: Mapping[str, frozenset[str]],
    regions: Sequence[str],
    unasked: dict[str, str],
) -> list[Entry]:
    if requirement.applies_to == "document":
        return [Entry(requirement.id, DOCUMENT, None)]

    compares_regions = requirement.applies_to == "parity"
    places: Sequence[str | None] = [None] if compares_regions else regions
    entries = []
    for operation, known in traits.items():
        reason = _why_not(requirement, known) or unasked.get(operation)
        if compares_regions and len(regions) < 2:
            reason = ONE_REGION
        entries += [Entry(requirement.id, operation, region, reason) for region in places]
    return entries


def _why_not(requirement: Requirement, known: frozenset[str]) -> str | None:
    for trait in requirement.traits:
        if trait not in known:
            return sys.intern(f"the operation has no trait {trait}")  # of each operation
    return None


def _why_unasked(operation: Operation, *, unsafe: bool) -> str | None:
    if operation.made_by is not None and unsafe and operation.obstacle is not None:
        return f"{OF_CREATED}{operation.made_by} creates is replaced and deleted"
    if operation.is_lasting:
        return "no request undoes the effect (`writes: allowed` in an overlay allows it)"
    if operation.obstacle is not None:
        return operation.obstacle
    if operation.method not in SAFE_METHODS and not unsafe:
        return "a request could change state (--allow-unsafe-methods allows it)"
    return None


def _matches_any(names: Iterable[str], pattern: str) -> bool:
    return any(fnmatchcase(name, pattern.upper()) for name in names)


def _matched(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern.upper()) for pattern in patterns)
