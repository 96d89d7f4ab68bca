"""Which failure explains which: results that only fall because a more basic one did say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.events.model import Requirement
    from conformance.verdict.report import Result

    Suspects = Mapping[str, Sequence[str]]

# What can be explained, and what can explain: only a failure is firm enough to blame.
_EXPLAINED = frozenset({"failed", "warned", "inconclusive"})
_EXPLAINS = "failed"


@dataclass(frozen=True, slots=True)
class _Explanation:
    """A failure and what it explains, as positions in a group of results."""

    cause: int
    effect: int


def with_causes(results: Sequence[Result], catalogue: Mapping[str, Requirement]) -> list[Result]:
    """Give each result the ids of the failures that explain it."""
    ranks = {name: rank for rank, name in enumerate(catalogue)}
    suspects = _suspects(results, catalogue)
    concluded = list(results)

    for positions in _by_operation(results).values():
        group = [results[position] for position in positions]
        for member, causes in _causes(group, catalogue, ranks, suspects).items():
            position = positions[member]
            concluded[position] = replace(results[position], caused_by=causes)
    return concluded


def _by_operation(results: Sequence[Result]) -> dict[str, list[int]]:
    """The positions of the results that a failure may explain: only those of one operation do."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position, result in enumerate(results):
        if result.outcome in _EXPLAINED:
            groups[result.operation].append(position)
    return groups


def _suspects(results: Sequence[Result], catalogue: Mapping[str, Requirement]) -> Suspects:
    """The failed requirements that may explain each, matched once: a broken server fails a thousand
    times.
    """
    failed = sorted({result.requirement for result in results if result.outcome == _EXPLAINS})
    return {
        name: [
            suspect
            for suspect in failed
            if suspect != name
            and _matches(suspect, (*requirement.follows_from, *requirement.explained_by))
        ]
        for name, requirement in catalogue.items()
    }


def _causes(
    group: Sequence[Result],
    catalogue: Mapping[str, Requirement],
    ranks: Mapping[str, int],
    suspects: Suspects,
) -> dict[int, tuple[str, ...]]:
    """The causes of those members of a group that have any, the most basic first."""
    rank = [ranks.get(result.requirement, len(ranks)) for result in group]

    # Earlier in the catalogue is more basic: those explanations are taken first, so that a pair
    # or a ring that explain one another is cut where it runs against that order.
    def basic_first(explanation: _Explanation) -> tuple[bool, int, int, int]:
        cause, effect = explanation.cause, explanation.effect
        return rank[cause] >= rank[effect], rank[cause], cause, effect

    explanations = sorted(_explanations(group, catalogue, suspects), key=basic_first)
    named: dict[int, tuple[str, ...]] = {}
    for effect, causes in _without_rings(explanations).items():
        ordered = sorted(causes, key=rank.__getitem__)
        named[effect] = tuple(dict.fromkeys(group[cause].requirement for cause in ordered))
    return named


def _explanations(
    group: Sequence[Result], catalogue: Mapping[str, Requirement], suspects: Suspects
) -> Iterable[_Explanation]:
    """Every pair of which the first explains the second."""
    failures: dict[str, list[int]] = defaultdict(list)
    for position, result in enumerate(group):
        if result.outcome == _EXPLAINS:
            failures[result.requirement].append(position)

    for effect, result in enumerate(group):
        for suspect in suspects.get(result.requirement, ()):
            for cause in failures.get(suspect, ()):
                if _explains(group[cause], result, catalogue[result.requirement]):
                    yield _Explanation(cause, effect)


def _explains(cause: Result, effect: Result, requirement: Requirement) -> bool:
    """Whether a failure explains a result of `requirement`.

    It is of the same region, or the result compares regions; and either what follows falls with it,
    or both were seen in one exchange.
    """
    if cause.region != effect.region and requirement.area != "parity":
        return False
    if _matches(cause.requirement, requirement.follows_from):
        return True
    if not _matches(cause.requirement, requirement.explained_by):
        return False
    return bool(_exchanges(cause) & _exchanges(effect))


def _without_rings(explanations: Iterable[_Explanation]) -> dict[int, list[int]]:
    """The causes of each effect, less the explanations that would close a ring."""
    causes: dict[int, list[int]] = defaultdict(list)
    for explanation in explanations:
        if not _leads(causes, explanation.effect, explanation.cause):
            causes[explanation.effect].append(explanation.cause)
    return causes


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
