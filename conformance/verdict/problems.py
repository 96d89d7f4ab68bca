"""Problems a person acts on: results grouped by requirement and operation, with what they
explain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.verdict.text import counted, cut, joined, visible

if TYPE_CHECKING:
    from conformance.events.model import Finding, Requirement
    from conformance.verdict.report import Outcome, Report, Result


_LONGEST = 300
MOMENT = re.compile(r"\b\d\d:\d\d:\d\d\b")
NUMBER = re.compile(r"\d+")
IDENTITY = re.compile(r"\brow '[^']*'")  # of a row that is no number
MOST_NAMED = 3  # operations of a problem


@dataclass(slots=True)
class Consequence:
    """Results that another failure explains, of one requirement and failing in one way."""

    results: list[Result]

    @property
    def requirement(self) -> str:
        """The requirement that fell."""
        return self.results[0].requirement

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return self.results[0].outcome

    @property
    def regions(self) -> list[str]:
        """The regions it was seen in."""
        return [result.region for result in self.results if result.region]

    @property
    def finding(self) -> Finding | None:
        """The finding that shows it; none of a requirement that could not be judged."""
        return next(iter(self.results[0].findings), None)

    @property
    def curl(self) -> str | None:
        """The command that shows it again."""
        return self.finding.curl if self.finding else None

    @property
    def sentence(self) -> str:
        """What was expected and what was seen, in one line."""
        if self.finding is None:
            return visible(cut(self.results[0].message, 2 * _LONGEST))
        expected, actual = (
            visible(cut(text, _LONGEST)) for text in (self.finding.expected, self.finding.actual)
        )
        more = len(self.results[0].findings) - 1 + self.results[0].omitted
        sentence = f"expected {expected}; actual {actual}"
        return f"{sentence} ({counted(more, 'more finding')})" if more else sentence


@dataclass(slots=True)
class Problem:
    """One broken promise, in one region or several, and the results that fall with it.

    Operations that break it in the same way are one problem: a person mends them in one place.
    """

    requirement: Requirement
    operations: list[str]
    results: list[Result] = field(default_factory=list)
    explains: list[Result] = field(default_factory=list)

    @property
    def regions(self) -> list[str]:
        """The regions it was seen in."""
        return list(dict.fromkeys(result.region for result in self.results if result.region))

    @property
    def culprits(self) -> list[str]:
        """The regions to mend: those it was seen in, or of a comparison those that it blames."""
        blamed = (name for r in self.results for f in r.findings for name in f.breaks or ())
        return self.regions or list(dict.fromkeys(blamed))

    @property
    def is_between(self) -> bool:
        """Whether regions differ and none of them can be blamed."""
        return self.requirement.area == "parity" and not self.culprits

    @property
    def distinct(self) -> list[Result]:
        """One result for each way in which it is broken: where several are, one shows it."""
        distinct: dict[tuple[str, str], Result] = {}
        for result in self.results:
            distinct.setdefault(_way(result), result)
        return list(distinct.values())

    def label(self, result: Result) -> str:
        """Which region a result is of, and which operation, where the problem has several."""
        region = result.region if len(self.regions) > 1 else None
        operation = result.operation if len(self.operations) > 1 < len(self.distinct) else None
        return " · ".join(part for part in (region, operation) if part)

    @property
    def place(self) -> str:
        """Where it was seen: regions and operations, or for parity who keeps the contract."""
        sides = next(
            (f for result in self.results for f in result.findings if f.keeps or f.breaks), None
        )
        asked = joined(self.operations, MOST_NAMED)
        if sides is None:
            return " · ".join(part for part in (", ".join(self.regions), asked) if part)
        return f"{_sides(sides.keeps or (), sides.breaks or ())} · {asked}"

    @property
    def outcome(self) -> Outcome:
        """The outcome its results share."""
        return self.results[0].outcome

    @property
    def consequences(self) -> list[Consequence]:
        """What falls with it: a line for each requirement and way of failing."""
        lines: dict[tuple[str, str, str], Consequence] = {}
        for result in self.explains:
            line = lines.setdefault((result.requirement, *_way(result)), Consequence([]))
            line.results.append(result)
        return list(lines.values())


def problems_in_words(report: Report) -> str:
    """How many problems there are, counted as a person does, and where: `2 problems in india`."""
    problems = problems_of(report, "failed", "broken")
    where = list(dict.fromkeys(name for problem in problems for name in problem.culprits))
    words = counted(len(problems), "problem")
    between = sum(problem.is_between for problem in problems)
    if where and between:
        return (
            f"{words}: {len(problems) - between} in {joined(where)}, {between} between the regions"
        )
    if where:
        return f"{words} in {joined(where)}"
    return f"{words} between the regions" if between else words


def problems_of(report: Report, *outcomes: Outcome) -> list[Problem]:
    """The problems with these outcomes, most basic first; explained results are folded into their
    cause.
    """
    failures = {
        (result.requirement, result.operation)
        for result in report.notable
        if result.outcome in ("failed", "warned")
    }
    problems: dict[tuple[str, str], Problem] = {}
    for result in report.notable:
        if result.outcome in outcomes and not _cause(result, failures):
            key = result.requirement, result.operation
            blank = Problem(report.requirement(result), [result.operation])
            problems.setdefault(key, blank).results.append(result)
    _merge(problems)
    _fold(report, problems, failures)
    return list({id(problem): problem for problem in problems.values()}.values())


def _way(result: Result) -> tuple[str, str]:
    """How a result fails, whenever it did: what was expected and seen first, or why nothing could
    be.
    """
    first = next(iter(result.findings), None)
    return (first.expected, MOMENT.sub("", first.actual)) if first else (result.message, "")


def _kind(result: Result) -> tuple[str, str]:
    """How a result fails, whichever rows and numbers it shows: the lists of two operations have their
    own.
    """
    expected, actual = (NUMBER.sub("0", IDENTITY.sub("row 0", text)) for text in _way(result))
    return expected, actual


def _merge(problems: dict[tuple[str, str], Problem]) -> None:
    """Make one problem of those that different operations have in the same way."""
    first: dict[tuple[str, str, frozenset[tuple[str, str]]], Problem] = {}
    for key, problem in problems.items():
        ways = frozenset(map(_kind, problem.results))
        way = problem.requirement.id, problem.outcome, ways
        known = first.setdefault(way, problem)
        if known is not problem:
            known.operations += problem.operations
            known.results += problem.results
            problems[key] = known


def _fold(
    report: Report, problems: dict[tuple[str, str], Problem], failures: set[tuple[str, str]]
) -> None:
    causes: dict[tuple[str, str], tuple[str, str]] = {}
    for result in report.notable:
        if cause := _cause(result, failures):
            causes.setdefault(result.key[:2], cause)
    for result in report.notable:
        root = _cause(result, failures) if result.outcome != "waived" else None
        seen = set()
        while root and root not in problems and root not in seen:
            seen.add(root)
            root = causes.get(root)
        if root and root in problems:
            problems[root].explains.append(result)


def _cause(result: Result, failures: set[tuple[str, str]]) -> tuple[str, str] | None:
    """The most basic failure of the same operation that explains a result."""
    return next(
        (
            (name, result.operation)
            for name in result.caused_by
            if (name, result.operation) in failures
        ),
        None,
    )


def _sides(keeps: tuple[str, ...], breaks: tuple[str, ...]) -> str:
    """Which regions keep the contract and which do not, in words."""
    if not breaks:
        return "regions differ, none breaks the contract"
    named = " and ".join(breaks)
    if not keeps:
        return f"{named} break the contract"
    kept = f"{' and '.join(keeps)} {_plural(keeps, 'keeps', 'keep')} the contract"
    return f"{kept}, {named} {_plural(breaks, 'does not', 'do not')}"


def _plural(names: tuple[str, ...], singular: str, plural: str) -> str:
    return singular if len(names) == 1 else plural
