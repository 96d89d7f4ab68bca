"""Which failure explains which: a failure is explained by others of the same requests alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from conformance.events.model import Deviating, Fails, Requirement
    from conformance.verdict.report import Result

    Suspects = Mapping[str, Sequence[str]]

# What can be explained, and what can explain: only a failure is firm enough to blame, beside a warning
# that says more than another.
_EXPLAINED = frozenset({"failed", "warned", "inconclusive"})
_EXPLAINS = {
    "failed": frozenset({"failed"}),
    "warned": frozenset({"failed", "warned"}),
    "inconclusive": frozenset({"failed"}),
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one finding rests on: requests, the place in the answer that it speaks of, and those of
    the requests of which it is known what is wrong with their answers.
    """

    requests: frozenset[str]
    at: str | None = None
    deviating: tuple[Deviating, ...] = ()


@dataclass(frozen=True, slots=True)
class _Extent:
    """The windows in which a finding is known to fail, and what is wrong with their answers.

    A failure of the whole list is one of its filtered lists too, and not the other way round; so is
    that of a plain client one of any other.
    """

    fails: tuple[Fails, ...]
    seen: Deviating

    def has(self, other: Deviating) -> bool:
        """Whether an answer is wrong in the same part, and its window one of these."""
        return (
            not set(self.seen.wrong).isdisjoint(other.wrong)
            and set(self.seen.besides) <= set(other.besides)
            and self.seen.window.keys() <= {axis.axis for axis in self.fails}
            and all(_is_within(axis, other.window.get(axis.axis)) for axis in self.fails)
        )

    def is_compared(self, wrong: Deviating, others: Iterable[Deviating]) -> bool:
        """Whether the same window was compared in another form that this speaks of too: then it is the
        form that matters, for this fails in both.
        """
        return any(
            (one.window, one.filters) == (wrong.window, wrong.filters)
            and one.asked != wrong.asked
            and set(self.seen.besides) <= set(one.besides)
            for one in others
        )


def _is_within(axis: Fails, value: int | None) -> bool:
    """Whether a value is one that fails; nothing holds beyond an end of the axis that fails."""
    if value is None or (value - axis.low) % axis.step:
        return False
    is_above = value >= axis.low or axis.low == axis.lowest
    is_below = value <= axis.high or axis.high == axis.highest or axis.open
    return is_above and is_below


class _Evidence:
    """What all findings of a result rest on; `places` are those that each request fails in, those
    included that only explain.
    """

    def __init__(self, result: Result) -> None:
        self.shown = _shown(result)
        self.places: dict[str, set[str | None]] = defaultdict(set)
        for finding in self.shown:
            for request in finding.requests:
                self.places[request].add(finding.at)
        for request in result.cases:
            self.places[request].add(None)
        self.extents = _extents(result)

    def explains(self, finding: _Shown) -> bool:
        """Whether a request fails both, and not in two places of its answer; or what fails of it lies
        where this is known to fail in the same way.
        """
        is_shared = any(
            _is_one_place(finding.at, at)
            for request in finding.requests
            for at in self.places.get(request, ())
        )
        return is_shared or self._reaches(finding)

    def _reaches(self, finding: _Shown) -> bool:
        deviating = [each for each in finding.deviating if each.wrong]
        return bool(deviating) and all(
            any(
                extent.has(each) and not extent.is_compared(each, finding.deviating)
                for extent in self.extents
            )
            for each in deviating
        )


@dataclass(frozen=True, slots=True)
class _Explanation:
    """A failure and what it may explain, as positions in a group of results."""

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
    """The broken requirements that may explain each, matched once: a broken server fails a thousand
    times.
    """
    outcomes = _EXPLAINS["warned"]
    failed = sorted({result.requirement for result in results if result.outcome in outcomes})
    return {
        name: [
            suspect
            for suspect in failed
            if suspect != name and _matches(suspect, requirement.explained_by)
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

    shown = [_Evidence(result) for result in group]

    def needed_of(effect: int, causes: Sequence[int]) -> list[int]:
        is_fatal = [cause for cause in causes if _is_fatal(group[cause], group[effect], catalogue)]
        return is_fatal or _covering(shown[effect], causes, shown)

    possible = _explaining(_possible(group, catalogue, suspects, shown), needed_of)
    named: dict[int, tuple[str, ...]] = {}
    for effect, causes in _without_rings(sorted(possible, key=basic_first)).items():
        needed = needed_of(effect, causes)
        if needed:
            ordered = sorted(needed, key=rank.__getitem__)
            named[effect] = tuple(dict.fromkeys(group[cause].requirement for cause in ordered))
    return named


def _possible(
    group: Sequence[Result],
    catalogue: Mapping[str, Requirement],
    suspects: Suspects,
    shown: Sequence[_Evidence],
) -> Iterator[_Explanation]:
    """Every pair of which the first may explain some of the second, or all of it."""
    failures: dict[str, list[int]] = defaultdict(list)
    for position, result in enumerate(group):
        if result.outcome in _EXPLAINS["warned"]:
            failures[result.requirement].append(position)

    for effect, result in enumerate(group):
        for suspect in suspects.get(result.requirement, ()):
            for cause in failures.get(suspect, ()):
                is_firm = group[cause].outcome in _EXPLAINS[result.outcome]
                if (
                    is_firm
                    and _is_near(group[cause], result)
                    and (
                        _is_fatal(group[cause], result, catalogue)
                        or _share(shown[cause], shown[effect])
                    )
                ):
                    yield _Explanation(cause, effect)


def _explaining(
    possible: Iterable[_Explanation], needed_of: Callable[[int, Sequence[int]], list[int]]
) -> list[_Explanation]:
    """Those of failures that all that may explain them explains: of another nothing is an effect, and
    it is free to be the cause of what would explain a part of it.
    """
    causes: dict[int, list[int]] = defaultdict(list)
    for explanation in possible:
        causes[explanation.effect].append(explanation.cause)
    return [
        _Explanation(cause, effect)
        for effect, known in causes.items()
        if needed_of(effect, known)
        for cause in known
    ]


def _is_near(cause: Result, effect: Result) -> bool:
    """Whether both are of one region, or the effect compares regions."""
    return cause.region == effect.region or effect.region is None


def _is_fatal(cause: Result, effect: Result, catalogue: Mapping[str, Requirement]) -> bool:
    """Whether nothing could be judged beside a failure: no key was accepted, no body was JSON.

    A doubt is explained by such a requirement's failure; another failure only where not one
    observation met the requirement.
    """
    requirement = catalogue.get(cause.requirement)
    if requirement is None or not requirement.fatal or cause.outcome != "failed":
        return False
    if effect.region != cause.region:
        return False
    if effect.outcome == "inconclusive" and not effect.findings:
        return True
    return sum(cause.evidence.values()) <= len(cause.findings) + cause.omitted


def _covering(effect: _Evidence, causes: Sequence[int], shown: Sequence[_Evidence]) -> list[int]:
    """The causes that between them explain every finding; none where one finding is left over."""
    needed: list[int] = []
    for finding in effect.shown:
        cause = next((cause for cause in causes if shown[cause].explains(finding)), None)
        if cause is None:
            return []
        needed.append(cause)
    return list(dict.fromkeys(needed))


def _share(cause: _Evidence, effect: _Evidence) -> bool:
    return any(cause.explains(finding) for finding in effect.shown)


def _shown(result: Result) -> list[_Shown]:
    """What each finding of a result rests on, those included that no judgement lists."""
    known = {each.asked: each for each in result.deviating}

    def rests_on(asked: Iterable[str], at: str | None = None) -> _Shown:
        requests = frozenset(asked)
        return _Shown(requests, at, tuple(known[name] for name in requests if name in known))

    listed = [
        rests_on(finding.asked or finding.exchanges, finding.at) for finding in result.findings
    ]
    places = result.unlisted_at or ("",) * len(result.unlisted)
    unlisted = zip(result.unlisted, places, strict=True)
    return [*listed, *(rests_on(asked, at or None) for asked, at in unlisted)]


def _extents(result: Result) -> list[_Extent]:
    """Where the findings of a result are known to fail."""
    known = {each.asked: each for each in result.deviating}
    return [
        _Extent(finding.fails, known[finding.asked[0]])
        for finding in result.findings
        if finding.fails and finding.asked and finding.asked[0] in known
    ]


def _is_one_place(place: str | None, other: str | None) -> bool:
    """Whether two findings may speak of one place: one lies in the other, or is the end of it."""
    if place is None or other is None or place == other:
        return True
    ends, other_ends = (f"/{each.lstrip('/')}" for each in (place, other))
    return (
        place.startswith(f"{other}/")
        or other.startswith(f"{place}/")
        or place.endswith(other_ends)
        or other.endswith(ends)
    )


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
