"""Asks of a list judged together: what deviates is asked again while the list moves, and investigated
where it deviates still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.confirm import possible_changes
from conformance.checks.investigate import (
    Suspect,
    answers_to,
    ask_all,
    investigate,
    judged,
    model_of,
)
from conformance.checks.lists import longest
from conformance.checks.realised import realised
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.asks import Ask
    from conformance.client import Exchange
    from conformance.laws.oracle.answers import Deviation
    from conformance.laws.oracle.model import ListModel

READINGS = 5  # of a list that moves
AGREED_OF_MOVING = 3  # readings that agree with the one before, of a list that moved in this run
INVESTIGATED = 4  # suspects of one check: one fault shows in many answers


def judge_asks(
    sender: Sender,
    evidence: Evidence,
    asks: Sequence[Ask],
    model: ListModel,
    *,
    again: bool = False,
) -> list[Ask]:
    """Ask everything at once, and investigate the first suspects of each requirement; the asks
    whose answers held.
    """
    exchanges = _answers(sender, asks, model, again=again)
    first = [
        (ask, judged(sender, answer, model)) for ask, answer in zip(asks, exchanges, strict=True)
    ]
    deviating, now = _asked_while_moving(sender, first, model)
    still = {ask for ask, _ in deviating}
    gone = [
        (exchange, found[0])
        for exchange, (ask, found) in zip(exchanges, first, strict=True)
        if found and ask not in still
    ]
    _judge_vanished(sender, evidence, gone, model, now)
    model = now

    suspects: dict[str, list[Suspect]] = {}
    for ask, deviation in deviating:
        suspects.setdefault(deviation.requirement, []).append(Suspect(ask, deviation))
    for suspect in _first_of_each(suspects):
        investigate(sender, evidence, suspect, model)
    return [ask for ask in asks if ask not in still]


def _answers(
    sender: Sender, asks: Sequence[Ask], model: ListModel, *, again: bool
) -> list[Exchange]:
    """The answer to each ask: of a generated request that asks for the same, unless that deviates,
    for then it may be for its own sake.
    """
    generated = realised(sender, model).by_ask
    exchanges = answers_to(sender, asks, again=again, asked=generated)
    for index, (ask, exchange) in enumerate(zip(asks, exchanges, strict=True)):
        if ask in generated and (not exchange.ok or judged(sender, exchange, model)):
            [exchanges[index]] = answers_to(sender, [ask], again=again)
    return exchanges


def _judge_vanished(
    sender: Sender,
    evidence: Evidence,
    gone: Sequence[tuple[Exchange, Deviation]],
    model: ListModel,
    now: ListModel,
) -> None:
    """PAG-08: what deviated once, while the list read the same before and after.

    Rows may have come and gone between the readings: as many as the time allows are excused.
    """
    if not gone or model.changes_to(now, sender.operation.filters.values()):
        return
    began = min((page.exchange.began for page in longest(sender).pages if page.exchange), default=0)
    for exchange, deviation in gone[:INVESTIGATED]:
        changes = possible_changes(abs(exchange.began - began))
        if judged(sender, exchange, model, changes):
            note = "gone when asked again; the list read the same before and after"
            finding = Finding(deviation.expected, deviation.actual, (exchange,), note=note)
            evidence.judge("PAG-08", [finding])


def _asked_while_moving(
    sender: Sender, first: Sequence[tuple[Ask, list[Deviation]]], model: ListModel
) -> tuple[list[tuple[Ask, Deviation]], ListModel]:
    """What deviates, asked again at least once, and as long as the list is seen to move; of a list
    that moved before as often as rows that go and come back take to be told.
    """
    deviating = [(ask, found[0]) for ask, found in first if found]
    agreed = 0

    for _ in range(READINGS):
        if not deviating:
            break
        now = model_of(sender, again=True)
        if now is None:
            break

        # As fast as it moved between the readings it may move between the last one and the answer;
        # where it was not seen to move nothing is excused.
        moved = model.changes_to(now, sender.operation.filters.values())
        model, again = now, [ask for ask, _ in deviating]
        answers = ask_all(sender, again, model, again=True, changes=moved + 1 if moved else 0)
        deviating = _deviating(again, answers)
        agreed += not moved
        if agreed >= (AGREED_OF_MOVING if sender.has_moved else 1):
            break

    return deviating, model


def _deviating(
    asks: Sequence[Ask], found: Sequence[Sequence[Deviation]]
) -> list[tuple[Ask, Deviation]]:
    return [(ask, deviations[0]) for ask, deviations in zip(asks, found, strict=True) if deviations]


def _first_of_each(suspects: Mapping[str, Sequence[Suspect]]) -> list[Suspect]:
    """Some suspects, one of each requirement before the second of any."""
    most = max(map(len, suspects.values()), default=0)
    ordered = [
        found[index] for index in range(most) for found in suspects.values() if index < len(found)
    ]
    return ordered[:INVESTIGATED]
