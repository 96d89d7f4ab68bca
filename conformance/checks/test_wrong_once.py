"""Answers that were wrong once, in a way that no movement explains, and are right now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.checks.confirm import possible_changes
from conformance.checks.lists import longest, paging, window
from conformance.checks.marks import requirements
from conformance.checks.windows import out_of_bounds
from conformance.laws.oracle.model import ListModel
from conformance.laws.pages import read_page
from conformance.laws.separating import failing_windows
from conformance.laws.versions import (
    cached,
    changed_in_words,
    differently_treated,
    impossible,
    same_values,
    spread,
    stale,
    treated,
    unexplained,
    wrong_once,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk
    from conformance.client import Exchange
    from conformance.laws.versions import Strange

READINGS = 14  # of the list, until it reads as it did before
MOVING = 5  # readings of which no two agree, after which a list is one that moves
ASKED_AGAIN = 24  # answers that are asked for again
KEPT = 12  # times that an answer which a cache may keep is compared with the list as it is
PARTS = 8  # of the longest page, and of the list, from which windows are asked for
# Answers of a kind of which another status would show that the server is another one now.
ASKED_LATE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A list as it was read: the model of it, and the walk."""

    model: ListModel
    walk: Walk

    @property
    def exchanges(self) -> list[Exchange]:
        """The answers that it is made of."""
        return [page.exchange for page in self.walk.pages if page.exchange is not None]

    def is_as(self, other: Reading) -> bool:
        """Whether both have the same rows in the same order."""
        here, there = self.model, other.model
        return (here.ids, here.total) == (there.ids, there.total)


@requirements("PAG-08")
def test_wrong_once(sender: Sender, evidence: Evidence) -> None:
    """What a list answered between two readings that agree is that list, whoever answers."""
    asked = sender.client.answers(sender.context.operation_id)
    readings, meanwhile = _readings(sender, spread(asked, ASKED_AGAIN))
    agreeing = _agreeing(readings)
    if agreeing is None:
        return

    first, last = agreeing
    asked += [exchange for reading in readings for exchange in reading.exchanges]
    asked += meanwhile
    began, ended = first.exchanges[0].began, last.exchanges[-1].began
    between = [exchange for exchange in asked if began < exchange.began < ended]
    answers = list({exchange.id: exchange for exchange in between}.values())

    filtered = same_values(first.model, last.model, sender.operation)
    strange = impossible(answers, sender.operation, first.model, filtered=filtered)
    strange = unexplained(strange, answers, sender.operation, first.model, possible_changes)
    once = _answered_well_now(sender, strange, first.model)
    evidence.judge("PAG-08", wrong_once(once, len(answers)))


@requirements("PAG-08")
def test_kept_too_long(sender: Sender, evidence: Evidence) -> None:
    """A cache that says that it keeps answers keeps them no longer than the list stays as it was."""
    kept = [one for one in sender.client.answers(sender.context.operation_id) if cached(one)]
    trait = sender.operation.pagination
    if not kept or trait is None or not trait.addressable:
        return
    sizes = iter(range(trait.maximum_size, 0, -1))
    tried = []
    request = window(sender.context, trait.default_size, 0)
    for _ in range(KEPT):
        windows = [window(sender.context, size, 0) for size in islice(sizes, 2)]
        asked = [windows[0], request, windows[-1]]
        answers = [sender.send(one, again=True) for one in asked]
        pages = [read_page(answer, sender.operation, 0, 0) for answer in answers]
        first, middle, last = pages
        is_told = [bool(cached(answer)) for answer in answers] == [False, True, False]
        if is_told and first and middle and last:
            tried.append((first, middle, last))
    evidence.judge("PAG-08", stale(tried))


@requirements("PAG-08")
def test_changed_meanwhile(sender: Sender, evidence: Evidence) -> None:
    """What was refused, or was not, is treated alike at the end of the run."""
    if sender.settings.profile == "smoke":
        return
    asked = sender.client.answers(sender.context.operation_id)
    before = _telling(sender, treated(asked, sender.operation))
    changed = _changed(sender, before)
    if changed:
        evidence.unjudged("PAG-08", changed_in_words(changed, len(before)))


@requirements("ROB-06")
def test_failing_windows(sender: Sender, evidence: Evidence) -> None:
    """What windows that fail have in common: long pages may, or deep ones."""
    trait = sender.operation.pagination
    if sender.settings.profile == "smoke" or trait is None or not trait.addressable:
        return
    sizes = (trait.maximum_size, trait.default_size)
    answers = sender.send_all(window(sender.context, size, 0) for size in sizes)
    pages = [read_page(answer, sender.operation, 0, 0) for answer in answers]
    total = max((page.total or 0 for page in pages if page), default=0)
    if total < 1:
        return
    last = trait.aligned(trait.default_size, total - 1)
    answers += sender.send_all([window(sender.context, trait.default_size, last)])
    if any(answer.lapse for answer in answers):
        asked = [
            (max(1, trait.maximum_size * size // PARTS), total * start // PARTS)
            for size, start in product(range(PARTS + 1), range(PARTS))
        ]
        answers = sender.send_all(
            window(sender.context, size, trait.aligned(size, start)) for size, start in asked
        )
        evidence.judge("ROB-06", failing_windows(answers, sender.operation))


def _telling(sender: Sender, answers: list[Exchange]) -> list[Exchange]:
    """Of many answers those right outside of the bounds, which servers treat in several ways, and
    some others.
    """
    outside = {(one.name, str(value)) for one, value in out_of_bounds(paging(sender.context))}
    first = [one for one in answers if outside.intersection(parse_qsl(one.request.query_string))]
    others = [one for one in answers if one not in first]
    return [*spread(first, ASKED_LATE), *spread(others, ASKED_LATE)]


def _changed(sender: Sender, before: list[Exchange]) -> list[tuple[Exchange, Exchange]]:
    """The answers whose status is another one now, twice the same."""
    now = sender.send_all((exchange.request for exchange in before), again=True)
    pairs = [pair for pair in zip(before, now, strict=True) if differently_treated(*pair)]
    once_more = sender.send_all((after.request for _, after in pairs), again=True)
    return [
        pair for pair, later in zip(pairs, once_more, strict=True) if later.status == pair[1].status
    ]


def _readings(sender: Sender, asked: Sequence[Exchange]) -> tuple[list[Reading], list[Exchange]]:
    """The list as it was first read, then as it reads now, until two of them agree.

    Where the first one is unlike those that follow, what was asked is asked again between these:
    the answers are the second part.
    """
    readings: list[Reading] = []
    meanwhile: list[Exchange] = []
    for number in range(READINGS):
        if number > 1:
            meanwhile += sender.send_all((one.request for one in asked), again=True)
        walk = longest(sender, again=number > 0)
        model = ListModel.of(walk.pages, whole=walk.whole)
        if model is not None:
            readings.append(Reading(model, walk))
        # Of a list with several versions one reading shows any.
        is_moving = len(readings) >= MOVING and not any(
            one.is_as(other) for one, other in combinations(readings, 2)
        )
        if is_moving or _agreeing(readings):
            break
    return readings, meanwhile


def _agreeing(readings: list[Reading]) -> tuple[Reading, Reading] | None:
    """The first and the last of several readings that agree, of which one is the first that can."""
    for at, first in enumerate(readings):
        same = [reading for reading in readings[at + 1 :] if reading.is_as(first)]
        if first.model.whole and same:
            return first, same[-1]
    return None


def _answered_well_now(sender: Sender, strange: list[Strange], model: ListModel) -> list[Strange]:
    """Those whose request gets a right answer when it is sent again: the rest is wrong for good."""
    step = max(1, len(strange) // ASKED_AGAIN)
    asked = strange[::step]
    again = sender.send_all((one.exchange.request for one in asked), again=True)
    wrong_still = impossible(again, sender.operation, model, filtered=True)
    known = {id(one.exchange) for one in wrong_still}
    return [one for one, now in zip(asked, again, strict=True) if now.ok and id(now) not in known]
