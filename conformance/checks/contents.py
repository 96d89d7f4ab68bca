"""A row reads the same in whatever window it is listed: two that disagree are asked in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conformance.checks.experiments.asks import as_ask
from conformance.checks.investigate import DEFAULT_RULE, WINDOW_RULE, answers_to
from conformance.laws import contents as laws
from conformance.laws.pages import read_page
from conformance.laws.rows import properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.asks import Ask
    from conformance.client import Exchange
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

SUSPECTS = 4  # pairs of windows that are asked in turn, of different properties first
ENOUGH = 2  # of them confirmed, after which the rest would add nothing
# In no plain turn: of two replicas that answer by turns each window would seem to have its own.
TURNS = (0, 1, 1, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row that two windows have with different values of a property, and where the list has it."""

    identity: Any
    name: str
    rows: tuple[Any, Any]
    windows: tuple[Exchange, Exchange]
    place: int


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
        rows, windows = _in_turn(sender, suspect)
        findings = laws.same_everywhere(suspect.identity, rows, names, windows)
        evidence.judge(requirement, findings)
        if findings:
            _note_simpler(sender, evidence, suspect)
        if not findings and rows[0]:
            readings = (suspect.rows[0], suspect.rows[1], rows[0][-1])
            evidence.judge("PAG-08", _reverted(sender, suspect, readings, names, windows[0]))
        confirmed += bool(findings)
        if confirmed == ENOUGH:
            break


def _note_simpler(sender: Sender, evidence: Evidence, suspect: Disagreement) -> None:
    """Say that a window breaks a requirement of the whole list, or of what is left out, where that is
    why it disagrees.
    """
    seen, trait = suspect.windows[1], sender.operation.pagination
    ask = as_ask(seen.request, sender.operation)
    if ask is None or trait is None or not trait.addressable:
        return

    if ask.filters:
        start = None if ask.start is None and not suspect.place else suspect.place
        if _agrees(sender, suspect, replace(ask, filters=(), start=start)) is False:
            evidence.note_case(WINDOW_RULE, seen.region, seen.asked)
    elif None in (ask.size, ask.start):
        explicit = replace(ask, size=ask.size or trait.default_size, start=ask.start or 0)
        if _agrees(sender, suspect, explicit):
            evidence.note_case(DEFAULT_RULE, seen.region, seen.asked)


def _agrees(sender: Sender, suspect: Disagreement, ask: Ask) -> bool | None:
    """Whether a window has the value that the first of two others has; None where it lacks the row."""
    [exchange] = answers_to(sender, [ask])
    page = read_page(exchange, sender.operation, 0, 0)
    found = dict(zip(page.ids, page.rows, strict=True)) if page else {}
    if suspect.identity not in found:
        return None
    return not laws.differing(suspect.rows[0], found[suspect.identity], [suspect.name])


def _disagreements(
    reference: Sequence[Page], seen: Sequence[Page], names: Sequence[str]
) -> Iterator[Disagreement]:
    known: dict[Any, tuple[Any, Exchange, int]] = {}
    for page in reference:
        for place, (identity, row) in enumerate(zip(page.ids, page.rows, strict=True), page.offset):
            if page.exchange is not None:
                known.setdefault(identity, (row, page.exchange, place))

    for page in seen:
        for identity, row in zip(page.ids, page.rows, strict=True):
            if identity not in known or page.exchange is None:
                continue
            other, shown, place = known[identity]
            for name in laws.differing(other, row, names):
                yield Disagreement(identity, name, (other, row), (shown, page.exchange), place)


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


def _in_turn(
    sender: Sender, suspect: Disagreement
) -> tuple[tuple[list[Any], list[Any]], tuple[Exchange, Exchange]]:
    """The row as both windows have it when they are asked again, one after the other, with the last
    answer of each; no rows where one of them has it no more.
    """
    rows: tuple[list[Any], list[Any]] = ([], [])
    last = list(suspect.windows)
    for which in TURNS:
        exchange = sender.send(suspect.windows[which].request, again=True)
        page = read_page(exchange, sender.operation, 0, 0)
        found = dict(zip(page.ids, page.rows, strict=True)) if page else {}
        if suspect.identity not in found:
            return ([], []), suspect.windows
        rows[which].append(found[suspect.identity])
        last[which] = exchange
    return rows, (last[0], last[1])


def _reverted(
    sender: Sender,
    suspect: Disagreement,
    readings: tuple[Any, Any, Any],
    names: Sequence[str],
    now: Exchange,
) -> list[Finding]:
    """What a row was between two readings that agree, where they were made before and after."""
    before, between = suspect.windows
    if not before.began < between.began < now.began:
        return []
    updated = sender.operation.row.updated
    return laws.reverted(suspect.identity, readings, names, updated, (between, before, now))
