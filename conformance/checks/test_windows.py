"""Any window is a slice of the one sequence, of the same total; every limit in the range is
honoured.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.checks import windows
from conformance.checks.alike import with_extent
from conformance.checks.confirm import changes_since, confirm_samples
from conformance.checks.contents import judge_contents
from conformance.checks.each_page import judge_counts, judge_each
from conformance.checks.experiments.planned import limits_asked, window_asks
from conformance.checks.investigate import answers_to, judged
from conformance.checks.lists import (
    differs_from,
    longest,
    page,
    pages,
    paging,
    rows_asked,
    walk,
    window,
)
from conformance.checks.marks import requirements
from conformance.checks.reach import note_beyond_reach, reaches_end
from conformance.checks.realised import realised
from conformance.events.model import Unexercised
from conformance.laws import pages as laws
from conformance.laws import sequence
from conformance.laws.oracle.model import ListModel
from conformance.laws.pages import read_page
from conformance.laws.sequence import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.asks import Ask
    from conformance.checks.lists import Walk
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

FOLLOWED = 20  # pages that are followed to the exact end of a list
AIMED = 6  # times that the exact last page of a list that moves is aimed at
WALK = "as the walk has it"
LARGEST = "as the largest pages have it"


@requirements("PAG-07", "PAG-04", "PAG-10", "PAG-02", "PAG-03")
def test_windows(sender: Sender, evidence: Evidence) -> None:
    """Every limit once, somewhere in the list, and the places where arithmetic goes wrong."""
    largest = longest(sender)
    if not largest.pages:
        return
    if (part := limits_asked(sender)) is not None:
        evidence.sampled("PAG-10", part)
    asks = window_asks(sender, largest)
    answers = _answers(sender, asks, largest)
    seen = [answer for answer in answers if answer is not None]

    judge_counts(sender, evidence, seen, largest.pages[0].total)
    _judge_ends(sender, evidence, seen)
    _judge_totals(sender, evidence, largest, seen)
    refused = [
        ask
        for ask, answer in zip(asks, answers, strict=True)
        if answer is None and (ask.start or 0) < largest.total
    ]
    suspects = [(partial(_served, sender, ask), None) for ask in refused]
    confirm_samples(sender, evidence, "PAG-10", suspects)
    _judge_limits(sender, evidence, seen)
    _judge_slices(sender, evidence, largest, seen)


def _answers(sender: Sender, asks: Sequence[Ask], largest: Walk) -> list[Page | None]:
    """The page of each window; of the plain request where a client, or a generated request, got
    another answer than that, for those are judged elsewhere.
    """
    model = ListModel.of(largest.pages, whole=largest.whole)
    assert model is not None
    asked = realised(sender, model).by_ask
    exchanges = answers_to(sender, asks, asked=asked)
    deviating = {
        index for index, exchange in enumerate(exchanges) if judged(sender, exchange, model)
    }
    read = [
        read_page(exchange, sender.operation, ask.start or 0, rows_asked(sender.context, ask.size))
        for ask, exchange in zip(asks, exchanges, strict=True)
    ]

    # Where plain requests deviate as well, it is no matter of how a window was asked for.
    odd = {index for index, ask in enumerate(asks) if ask.client or ask in asked}
    doubtful = [
        index
        for index, answer in enumerate(read)
        if answer is None
        or (index in odd and (_miscounts(answer) or (deviating <= odd and index in deviating)))
    ]
    plain = pages(sender, [(asks[index].size, asks[index].start) for index in doubtful])
    for index, answer in zip(doubtful, plain, strict=True):
        read[index] = answer
    return read


def _miscounts(page: Page) -> bool:
    """Whether a page contradicts itself, which no movement of the list excuses."""
    return bool(laws.size(page) or laws.has_more(page))


def _judge_ends(sender: Sender, evidence: Evidence, seen: Sequence[Page]) -> None:
    """The exact last page, aimed at again where the list grew or shrank before it was asked for."""
    trait = paging(sender.context)
    if not trait.addressable:
        _judge_followed_end(sender, evidence, seen)
        return
    for _ in range(AIMED):
        if any(answer.is_full_and_last for answer in seen):
            return
        head = page(sender, 1, 0, again=True)
        if head is None or head.total is None or head.total < 1:
            return
        if not reaches_end(sender, head.total, size=1):
            note_beyond_reach(sender, evidence, "PAG-03")
            return
        if not trait.sized and head.total % trait.default_size:
            _note_full(evidence, head.total, trait.default_size)
            return
        size = min(head.total, trait.default_size)
        if not trait.has_words(size, head.total - size):
            size = 1  # the last page of one row begins anywhere
        last = page(sender, size, head.total - size, again=True)
        seen = [last] if last else []
        judge_counts(sender, evidence, seen)


def _note_full(evidence: Evidence, total: int, size: int) -> None:
    """Say that no last page can be full, and how many rows that takes."""
    needed = -(-total // size) * size
    evidence.unexercised("PAG-03", Unexercised("a last page that is full", needed, total))


def _judge_followed_end(sender: Sender, evidence: Evidence, seen: Sequence[Page]) -> None:
    """The same where pages are reached one after another: with a size that divides the list, if one
    does.
    """
    trait, total = paging(sender.context), longest(sender).total
    known = any(answer.is_full_and_last for answer in seen)
    if known or not (trait.tells_total and trait.sized) or total < 1:
        return
    dividing = [
        size
        for size in range(trait.maximum_size, 0, -1)
        if total % size == 0 and total // size <= FOLLOWED
    ]
    if not dividing:
        _note_full(evidence, total, trait.maximum_size)
        return
    judge_counts(sender, evidence, walk(sender, dividing[0], most=FOLLOWED).pages)


def _judge_totals(sender: Sender, evidence: Evidence, largest: Walk, seen: Sequence[Page]) -> None:
    """PAG-04."""
    if not paging(sender.context).tells_total:
        return
    usual = largest.pages[0].total
    different = [answer for answer in seen if answer.total is None or answer.total != usual]
    evidence.judge("PAG-04", [], answers=len(seen) - len(different))
    suspects = [
        (partial(_total, sender, largest, answer), partial(_is_far_off, largest, answer))
        for answer in different
    ]
    confirm_samples(sender, evidence, "PAG-04", suspects, answers=1)


def _is_far_off(largest: Walk, seen: Page, changes: int) -> bool:
    """Whether a total is none that so many rows which came and went explain."""
    return seen.total is None or abs(seen.total - largest.total) > changes


def _total(sender: Sender, largest: Walk, seen: Page, again: bool) -> list[Finding]:
    first = largest.pages[0]
    if not again:
        return laws.same_total([first, seen]) or laws.told_total(seen)
    # The same two windows: one that is right once and wrong once is another fault (PAG-08).
    asked = [(first.limit, first.offset), (seen.limit, seen.offset)]
    head, fresh = pages(sender, asked, again=True)
    if head is None or fresh is None:
        return []
    found = laws.same_total([head, fresh]) or laws.told_total(fresh)
    return with_extent(sender, found, seen.limit, seen.offset)


def _served(sender: Sender, ask: Ask, again: bool) -> list[Finding]:
    exchange = sender.send(window(sender.context, ask.size, ask.start), again=again)
    found = laws.served(exchange, rows_asked(sender.context, ask.size))
    return with_extent(sender, found, ask.size, ask.start) if again else found


def _judge_limits(sender: Sender, evidence: Evidence, seen: Sequence[Page]) -> None:
    """PAG-10 on windows with rows enough; where most limits fail, PAG-02 says so.

    A limit beyond the end of the list is accepted, and shows no more than that.
    """
    roomy = [answer for answer in seen if windows.has_room(answer)]
    limits = {answer.limit for answer in roomy}
    broken = {answer.limit for answer in roomy if laws.honoured(answer)}
    if len(broken) * 3 > len(limits) * 2:
        evidence.unjudged("PAG-10", "no limit is honoured, so nothing can be said of single values")
        return

    by_limit: dict[int, Page] = {}
    for answer in roomy:
        if answer.limit not in by_limit or laws.honoured(answer):
            by_limit[answer.limit] = answer
    judge_each(
        sender, evidence, "PAG-10", laws.honoured, list(by_limit.values()), filled=1, limits=1
    )
    accepted = {answer.limit for answer in seen} - limits
    evidence.judge("PAG-10", [], limits=len(accepted))


def _judge_slices(sender: Sender, evidence: Evidence, largest: Walk, seen: Sequence[Page]) -> None:
    """PAG-07, tolerant of as many changes as were seen since the walk."""
    reference = Reference.of(largest.pages)
    compared = [answer for answer in seen if reference.covers(answer)]
    wrong = [answer for answer in compared if sequence.same_rows(answer, reference, WALK)]
    if wrong:
        reference = Reference.of(largest.pages, changes_since(sender, largest))
        wrong = [answer for answer in wrong if sequence.same_rows(answer, reference, WALK)]

    evidence.judge("PAG-07", [], windows=len(compared) - len(wrong))
    suspects = [
        (partial(_slice, sender, largest, answer), partial(differs_from, largest, [answer]))
        for answer in wrong
    ]
    if not confirm_samples(sender, evidence, "PAG-07", suspects, windows=1):
        judge_contents(sender, evidence, "PAG-07", largest.pages, compared)


def _slice(sender: Sender, largest: Walk, seen: Page, again: bool) -> list[Finding]:
    if not again:
        return sequence.same_rows(seen, Reference.of(largest.pages), WALK)
    fresh, around = _beside(sender, seen)
    found = sequence.same_rows(fresh, Reference.of(around), LARGEST) if fresh else []
    return with_extent(sender, found, seen.limit, seen.offset)


def _beside(sender: Sender, seen: Page) -> tuple[Page | None, list[Page]]:
    """A window again, beside the largest pages that cover it, asked for at once."""
    top = paging(sender.context).maximum_size
    first = seen.offset // top * top
    last = (seen.offset + max(seen.limit, 1) - 1) // top * top
    asked = [(top, start) for start in range(first, last + 1, top)]
    fresh, *around = pages(sender, [(seen.limit, seen.offset), *asked], again=True)
    return fresh, [answer for answer in around if answer]
