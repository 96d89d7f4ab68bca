"""Which failure explains which: results that only fall because a more basic one did say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.verdict.report import Requirement, Result

# What can be explained, and what can explain: only a failure is firm enough to blame.
_EXPLAINED = frozenset({"failed", "warned", "inconclusive"})
_EXPLAINS = "failed"


def with_causes(results: list[Result], catalogue: Mapping[str, Requirement]) -> list[Result]:
    """Give each result the ids of the failures that explain it."""
    order = {name: place for place, name in enumerate(catalogue)}
    groups: dict[str, list[int]] = defaultdict(list)
    for index, result in enumerate(results):
        if result.outcome in _EXPLAINED:
            groups[result.operation].append(index)
    concluded = list(results)
    failed = {result.requirement for result in results if result.outcome == _EXPLAINS}
    reach = {name: _reach(known, failed) for name, known in catalogue.items()}
    for members in groups.values():
        for index, causes in _causes([results[i] for i in members], catalogue, order, reach).items():
            place = members[index]
            concluded[place] = replace(results[place], caused_by=causes)
    return concluded


def _reach(requirement: Requirement, failed: set[str]) -> tuple[str, ...]:
    """The failed requirements that may explain one, matched once: a broken server fails a thousand times."""
    globs = (*requirement.follows_from, *requirement.explained_by)
    return tuple(name for name in sorted(failed) if name != requirement.id and _matches(name, globs))


def _causes(
    group: list[Result],
    catalogue: Mapping[str, Requirement],
    order: Mapping[str, int],
    reach: Mapping[str, tuple[str, ...]],
) -> dict[int, tuple[str, ...]]:
    places = [order.get(result.requirement, len(order)) for result in group]
    failures: dict[str, list[int]] = defaultdict(list)
    for place, result in enumerate(group):
        if result.outcome == _EXPLAINS:
            failures[result.requirement].append(place)
    edges = [
        (cause, effect)
        for effect, b in enumerate(group)
        for name in reach.get(b.requirement, ())
        for cause in failures.get(name, ())
        if _explains(group[cause], b, catalogue[b.requirement])
    ]
    # Earlier in the catalogue is more basic: those explanations are taken first, so that a pair
    # or a ring that explain one another is cut where it runs against that order.
    edges.sort(key=lambda edge: (places[edge[0]] >= places[edge[1]], places[edge[0]], edge))
    causes: dict[int, list[int]] = defaultdict(list)
    for cause, effect in edges:
        if not _leads(causes, effect, cause):
            causes[effect].append(cause)
    return {
        effect: tuple(
            dict.fromkeys(group[cause].requirement for cause in sorted(found, key=places.__getitem__))
        )
        for effect, found in causes.items()
    }


def _explains(a: Result, b: Result, requirement: Requirement) -> bool:
    if not (a.region == b.region or requirement.area == "parity"):
        return False
    if _matches(a.requirement, requirement.follows_from):
        return True
    return _matches(a.requirement, requirement.explained_by) and bool(_exchanges(a) & _exchanges(b))


def _leads(causes: Mapping[int, list[int]], start: int, goal: int) -> bool:
    """Whether `start` is already among the causes of `goal`, however far back."""
    waiting, seen = [goal], {goal}
    while waiting:
        for cause in causes.get(waiting.pop(), ()):
            if cause == start:
                return True
            if cause not in seen:
                seen.add(cause)
                waiting.append(cause)
    return start == goal


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(name, glob) for glob in globs)


def _exchanges(result: Result) -> set[str]:
    return {exchange for finding in result.findings for exchange in finding.exchanges}
