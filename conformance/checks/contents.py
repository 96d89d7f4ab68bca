"""A row reads the same in whatever window it is listed: two that disagree are asked in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.laws import contents as laws
from conformance.laws.pages import read_page
from conformance.laws.rows import properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

SUSPECTS = 4  # pairs of windows that are asked in turn, of different properties first
ENOUGH = 2  # of them confirmed, after which the rest would add nothing
# In no plain turn: of two replicas that answer by turns each window would seem to have its own.
TURNS = (0, 1, 1, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row that two windows have with different values of a property."""

    identity: Any
    name: str
    windows: tuple[Exchange, Exchange]


def judge_contents(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    reference: Sequence[Page],
    seen: Sequence[Page],
) -> None:
    """A row of a window has the values that it has in the reference; confirmed where it has not.

    A change of the data cannot follow which of the two windows is asked.
    """
    names = properties(sender.schemas)
    confirmed = 0
    for suspect in _chosen(_disagreements(reference, seen, names)):
        findings = _in_turn(sender, suspect, names)
        evidence.judge(requirement, findings)
        confirmed += bool(findings)
        if confirmed == ENOUGH:
            break


def _disagreements(
    reference: Sequence[Page], seen: Sequence[Page], names: Sequence[str]
) -> Iterator[Disagreement]:
    known: dict[Any, tuple[Any, Exchange]] = {}
    for page in reference:
        for identity, row in zip(page.ids, page.rows, strict=True):
            if page.exchange is not None:
                known.setdefault(identity, (row, page.exchange))

    for page in seen:
        for identity, row in zip(page.ids, page.rows, strict=True):
            if identity not in known or page.exchange is None:
                continue
            other, shown = known[identity]
            for name in laws.differing(other, row, names):
                yield Disagreement(identity, name, (shown, page.exchange))


def _chosen(found: Iterable[Disagreement]) -> list[Disagreement]:
    """Some of them: one of each property and window before the second of any, the newest last."""
    by_kind: dict[tuple[str, str], Disagreement] = {}
    for one in found:
        by_kind.setdefault((one.name, one.windows[1].request.target), one)
    by_name: dict[str, list[Disagreement]] = {}
    for one in by_kind.values():
        by_name.setdefault(one.name, []).append(one)

    longest = max(map(len, by_name.values()), default=0)
    ordered = [
        group[index] for index in range(longest) for group in by_name.values() if index < len(group)
    ]
    return ordered[:SUSPECTS]


def _in_turn(sender: Sender, suspect: Disagreement, names: Sequence[str]) -> list[Finding]:
    """What both windows say of the row when they are asked again, one after the other."""
    rows: tuple[list[Any], list[Any]] = ([], [])
    shown: list[Exchange] = list(suspect.windows)
    for which in TURNS:
        exchange = sender.send(suspect.windows[which].request, again=True)
        page = read_page(exchange, sender.operation, 0, 0)
        found = dict(zip(page.ids, page.rows, strict=True)) if page else {}
        if suspect.identity not in found:
            return []
        rows[which].append(found[suspect.identity])
        shown[which] = exchange
    return laws.same_everywhere(suspect.identity, rows, names, (shown[0], shown[1]))
