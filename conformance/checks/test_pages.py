"""Pages count right, walks visit every row once, and the same request gets the same page."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from conformance.checks.confirm import changes_since, confirm, possible_changes
from conformance.checks.each_page import judge_counts
from conformance.checks.lists import differs_from, longest, page, paging, rows_asked, walk, window
from conformance.checks.marks import requirements
from conformance.checks.reach import note_beyond_reach, reaches_end
from conformance.events.model import Sampled
from conformance.laws import pages as laws
from conformance.laws import sequence
from conformance.laws.finding import Finding
from conformance.laws.sequence import Reference

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk
    from conformance.contract.pagination import Pagination
    from conformance.laws.pages import Page

ODD, PAGES = 9, 6  # least rows of the smaller pages, and about how many of them there are
BORDERS = 20  # pages of a walk in small ones
ASKED = 4  # times that one request is repeated
NOT_FOUND = 404
SHOWN = 3  # windows of a walk that a finding names
LARGEST = "as the walk with the largest pages has it"


@requirements("PAG-02", "PAG-03", "PAG-05", "PAG-06", "PAG-21")
def test_walks(sender: Sender, evidence: Evidence) -> None:
    """Walks with several page sizes visit the same rows, each once, and their pages count right."""
    trait = paging(sender.context)
    largest = longest(sender)
    if not largest.pages:
        return
    judge_counts(sender, evidence, largest.pages)

    sizes = sizes_of_walks(largest.total, trait) if trait.sized else []
    for size in sender.few(sizes, 1):
        smaller = walk(sender, size, most=BORDERS)
        judge_counts(sender, evidence, smaller.pages)
        _judge_walk(sender, evidence, size, smaller)
        exceeds = partial(differs_from, largest, smaller.pages)
        confirm(sender, evidence, "PAG-06", partial(_agree, sender, size), exceeds=exceeds, walks=1)

    _judge_walk(sender, evidence, trait.maximum_size, largest)
    _note_sampled(sender, evidence, largest)
    evidence.judge("PAG-06", [], walks=1)


def _note_sampled(sender: Sender, evidence: Evidence, largest: Walk) -> None:
    """Say how much of a long list was read, unless another check reads all of it."""
    reads_all = sender.settings.walk == "all" and paging(sender.context).addressable
    reads_all = reads_all and reaches_end(sender, largest.total)
    if not largest.whole and not reads_all and paging(sender.context).gives_all:
        read = sum(len(answer.rows) for answer in largest.pages)
        evidence.sampled("PAG-05", Sampled(read, max(largest.total, read)))


def sizes_of_walks(total: int, trait: Pagination) -> list[int]:
    """Sizes under which the list has several pages, one of them odd.

    Odd, so that rows that belong together (ties often come in even numbers) are parted at some
    border.
    """
    odd = max(ODD, total // PAGES | 1) if total > 2 * ODD else max(1, total // 3)
    allowed = trait.maximum_size - (trait.maximum_size + 1) % 2  # the largest odd one
    odd = min(odd, allowed)
    # A walk by the largest size is there already.
    is_another = trait.default_size not in (trait.maximum_size, odd)
    return [trait.default_size, odd] if is_another and total > trait.default_size else [odd]


def _judge_walk(sender: Sender, evidence: Evidence, size: int, walked: Walk) -> None:
    # On a short list the only page is the walk.
    if walked.pages and walked.total > 0:
        experiment = partial(_walk, sender, size)
        confirm(sender, evidence, "PAG-05", experiment, walks=1, pages=len(walked.pages))


def _walk(sender: Sender, size: int, again: bool) -> list[Finding]:
    is_largest = size == paging(sender.context).maximum_size
    walked = walk(sender, size, again=again, most=None if is_largest else BORDERS)
    if not walked.pages:
        return []
    findings = sequence.walk(walked.pages, whole=walked.whole)
    if not findings or again:
        return findings
    changes = changes_since(sender, longest(sender))
    return sequence.walk(walked.pages, whole=walked.whole, changes=changes)


def _agree(sender: Sender, size: int, again: bool) -> list[Finding]:
    """A walk beside the one with the largest pages."""
    largest = longest(sender, again=again)
    smaller = walk(sender, size, again=again, most=BORDERS)
    findings = _compared(smaller, largest, 0)
    if not findings or again:
        return findings
    return _compared(smaller, largest, changes_since(sender, largest))


def _compared(smaller: Walk, largest: Walk, changes: int) -> list[Finding]:
    reference = Reference.of(largest.pages, changes)
    findings = [
        finding
        for answer in smaller.pages
        for finding in sequence.same_rows(answer, reference, LARGEST)
    ]
    if smaller.whole and largest.whole:
        findings += sequence.same_length(smaller.pages, largest.pages, changes)
    return findings[:SHOWN]


@requirements("PAG-09", "PAG-02", "PAG-03")
def test_past_the_end(sender: Sender, evidence: Evidence) -> None:
    """An offset at or past the total gives an empty page with the same total."""
    if not paging(sender.context).addressable:
        return
    top, total = paging(sender.context).maximum_size, longest(sender).total
    if not reaches_end(sender, total):
        note_beyond_reach(sender, evidence, "PAG-09")
        return
    windows = [(top, 0), (None, 10**6), (1, 0), (top, 1)]
    windows = [
        each for each in windows if reaches_end(sender, total, rows_asked(sender.context, each[0]))
    ]
    for size, beyond in sender.few(windows, 2):
        confirm(sender, evidence, "PAG-09", partial(_past, sender, size, beyond), offsets=1)


def _past(sender: Sender, size: int | None, beyond: int, again: bool) -> list[Finding]:
    head = page(sender, None, None, again=again)
    if head is None or head.total is None:
        return []
    trait = paging(sender.context)
    wanted = rows_asked(sender.context, size)
    start = _at_or_behind(trait, wanted, max(head.total, 0) + beyond)
    # That it is answered at all is PAG-09's as well.
    request = replace(window(sender.context, size, start), plain=False)
    exchange = sender.send(request, again=again)
    fresh = laws.read_page(exchange, sender.operation, start, wanted)
    if fresh:
        return _beside_head(sender, laws.past_the_end(fresh, head.total), head)

    is_others_to_say = exchange.ok or exchange.response is None or exchange.status >= 500
    missed = (NOT_FOUND, *sender.operation.invalid_statuses)
    is_missed = exchange.status in missed and trait.may_miss_past_end
    if is_others_to_say or is_missed:
        return []  # by the laws of the schema and of robustness
    expected = f"200 and no rows at offset {start}, total {head.total}"
    return [Finding(expected, f"status {exchange.status}", (exchange,))]


def _beside_head(sender: Sender, found: list[Finding], head: Page) -> list[Finding]:
    """The findings of a page past the end, resting on the page too that said where the end is, where
    others say another total.
    """
    if head.exchange is None or head.total == longest(sender).total:
        return found
    note = f"the first page alone has total {head.total}"
    return [finding.resting_on(head.exchange, note=note) for finding in found]


def _at_or_behind(trait: Pagination, size: int, start: int) -> int:
    """The first start from this one on that the style has words for."""
    return start if trait.has_words(size, start) else trait.aligned(size, start + size)


@requirements("PAG-08")
def test_repeats(sender: Sender, evidence: Evidence) -> None:
    """The same request, asked again at once, gives the same rows in the same order."""
    top = paging(sender.context).maximum_size
    wanted = [(None, ASKED), (top, ASKED - 2)]
    for size, often in sender.few(wanted, 1):
        times = 3 if sender.settings.profile == "smoke" else often
        began = time.monotonic()
        asked = [page(sender, size, None, again=True) for _ in range(times)]
        changes = possible_changes(time.monotonic() - began)

        answers = [answer for answer in asked if answer is not None]
        found = sequence.repeats(answers, changes) or sequence.reverts(answers, changes)
        evidence.judge("PAG-08", found, repeats=max(0, len(answers) - 1))
