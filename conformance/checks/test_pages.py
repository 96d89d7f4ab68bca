"""Limit/offset paging: pages count right, and all of them are slices of one sequence."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks import windows
from conformance.checks.confirm import changes_since, confirm, confirm_samples, possible_changes
from conformance.checks.lists import longest, page, pages, paging, walk, window
from conformance.checks.marks import requirements
from conformance.laws import pages as laws
from conformance.laws import sequence
from conformance.laws.finding import Finding
from conformance.laws.rows import properties
from conformance.laws.sequence import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk
    from conformance.laws.pages import Page

ODD = 9  # rows of the smaller pages
BORDERS = 20  # pages of a walk in small ones
ASKED = 6  # times that one request is repeated
AIMED = 6  # times that the exact last page of a list that moves is aimed at


@requirements("PAG-02", "PAG-03", "PAG-05", "PAG-06")
def test_walks(sender: Sender, evidence: Evidence) -> None:
    """Walks with several page sizes visit the same rows, each once, and their pages count right."""
    trait = paging(sender.context)
    largest = longest(sender)
    if not largest.pages:
        return
    _count(sender, evidence, largest.pages)
    for limit in sender.few(_limits_of_walks(largest.total, trait.default_limit)[::-1], 1):
        other = walk(sender, limit, most=BORDERS)
        _count(sender, evidence, other.pages)
        _walked(sender, evidence, limit, other)
        beyond = partial(_disagree, largest, other.pages)
        confirm(sender, evidence, "PAG-06", partial(_agree, sender, limit), exceeds=beyond, walks=1)
    _walked(sender, evidence, trait.maximum_limit, largest)
    evidence.judge("PAG-06", [], walks=1)


def _limits_of_walks(total: int, default: int) -> list[int]:
    """Sizes under which the list has several pages, one of them odd."""
    # Odd, so that rows that belong together (ties often come in even numbers) are parted at some border.
    odd = ODD if total > 2 * ODD else max(1, total // 3)
    return [odd, default] if total > default else [odd]


def _walked(sender: Sender, evidence: Evidence, limit: int, walked: Walk) -> None:
    if len(walked.pages) > 1:
        experiment = partial(_walk, sender, limit)
        confirm(sender, evidence, "PAG-05", experiment, walks=1, pages=len(walked.pages))


def _walk(sender: Sender, limit: int, again: bool) -> list[Finding]:
    walked = walk(
        sender, limit, again=again, most=None if limit == paging(sender.context).maximum_limit else BORDERS
    )
    if not walked.pages:
        return []
    found = sequence.walk(walked.pages, whole=walked.whole)
    if not found or again:
        return found
    return sequence.walk(walked.pages, whole=walked.whole, moved=changes_since(sender, longest(sender)))


def _agree(sender: Sender, limit: int, again: bool) -> list[Finding]:
    largest, other = longest(sender, again=again), walk(sender, limit, again=again, most=BORDERS)
    return _compared(sender, largest, other.pages, "as the walk with the largest pages has it", again)


def _disagree(largest: Walk, seen: Sequence[Page], changes: int) -> bool:
    """Whether pages hold other rows than the longest ones, and not because so many came, went or moved."""
    reference = Reference.of(largest.pages, changes)
    return any(sequence.same_rows(each, reference, "") for each in seen)


def _compared(sender: Sender, largest: Walk, seen: Sequence[Page], what: str, again: bool) -> list[Finding]:
    reference = Reference.of(largest.pages)
    found = [one for each in seen for one in sequence.same_rows(each, reference, what)]
    if not found or again:
        return found[:3]
    reference = Reference.of(largest.pages, changes_since(sender, largest))
    return [one for each in seen for one in sequence.same_rows(each, reference, what)][:3]


def _count(sender: Sender, evidence: Evidence, found: Sequence[Page]) -> None:
    """PAG-02 and PAG-03 on each page."""
    for requirement, law in (("PAG-02", laws.size), ("PAG-03", laws.has_more)):
        _lawful(sender, evidence, requirement, law, found, pages=1)
    # Full and the last: what is told by the number of rows is wrong there and nowhere else.
    exact = [one for one in found if one.end == one.total and len(one.rows) == one.limit]
    evidence.judge("PAG-03", [], last_pages=len(exact))


def _lawful(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    law: Callable[[Page], list[Finding]],
    found: Sequence[Page],
    **counts: Any,
) -> bool:
    wrong = [one for one in found if law(one)]
    good = len(found) - len(wrong)
    evidence.judge(requirement, [], **{kind: count * good for kind, count in counts.items()})
    suspects = [(partial(_ask_again, sender, law, one), None) for one in wrong]
    return confirm_samples(sender, evidence, requirement, suspects, inherent=True, **counts)


def _ask_again(
    sender: Sender, law: Callable[[Page], list[Finding]], seen: Page, again: bool
) -> list[Finding]:
    fresh = page(sender, seen.limit, seen.offset, again=True) if again else seen
    return law(fresh) if fresh else []


@requirements("PAG-04", "PAG-07", "PAG-10", "PAG-02", "PAG-03")
def test_windows(sender: Sender, evidence: Evidence) -> None:
    """Any window is a slice of the one sequence, of the same total; every limit in the range is honoured."""
    trait, largest = paging(sender.context), longest(sender)
    if not largest.pages:
        return
    total, top = max(largest.total, 0), trait.maximum_limit
    if sender.settings.profile == "smoke":
        wanted = windows.smoke_limits(trait, total)
    else:
        spans = windows.spans(total, top, [one.offset for one in largest.pages])
        wanted = windows.edges(trait, total) + windows.every_limit(trait, spans, sender.context.seed)
    wanted = list(dict.fromkeys(wanted))
    answers = pages(sender, wanted)
    refused = [one for one, seen in zip(wanted, answers, strict=True) if seen is None and one[1] < total]
    found = [one for one in answers if one is not None]
    _count(sender, evidence, found)
    _ends(sender, evidence, found)
    _totals(sender, evidence, largest, found)
    confirm_samples(sender, evidence, "PAG-10", [(partial(_served, sender, *one), None) for one in refused])
    _limits(sender, evidence, found)
    _slices(sender, evidence, largest, found)


def _ends(sender: Sender, evidence: Evidence, found: Sequence[Page]) -> None:
    """The exact last page, aimed at again where the list grew or shrank before it was asked for."""
    for _ in range(AIMED):
        if any(one.end == one.total and len(one.rows) == one.limit for one in found):
            return
        head = page(sender, 1, 0, again=True)
        if head is None or head.total < 1:
            return
        limit = min(head.total, paging(sender.context).default_limit)
        last = page(sender, limit, head.total - limit, again=True)
        found = [last] if last else []
        _count(sender, evidence, found)


def _totals(sender: Sender, evidence: Evidence, largest: Walk, found: Sequence[Page]) -> None:
    others = [one for one in found if one.total != largest.total]
    evidence.judge("PAG-04", [], answers=len(found) - len(others))
    suspects = [(partial(_total, sender, largest, one), partial(_far_off, largest, one)) for one in others]
    confirm_samples(sender, evidence, "PAG-04", suspects, answers=1)


def _far_off(largest: Walk, seen: Page, changes: int) -> bool:
    """Whether a total is none that so many rows which came and went explain."""
    return abs(seen.total - largest.total) > changes


def _total(sender: Sender, largest: Walk, seen: Page, again: bool) -> list[Finding]:
    first = largest.pages[0]
    if not again:
        return laws.same_total([first, seen])
    # The same two windows: one that is right once and wrong once is another fault (PAG-08).
    windows = [(first.limit, first.offset), (seen.limit, seen.offset)]
    head, fresh = pages(sender, windows, again=True)
    return laws.same_total([head, fresh]) if head and fresh else []


def _limits(sender: Sender, evidence: Evidence, found: Sequence[Page]) -> None:
    """PAG-10: where most limits fail it is no matter of one value, and PAG-02 says so."""
    full = [one for one in found if one.total - one.offset >= one.limit + windows.tail(one.total)]
    limits = {one.limit for one in full}
    broken = {one.limit for one in full if laws.honoured(one)}
    if len(broken) * 3 > len(limits) * 2:
        evidence.unjudged("PAG-10", "no limit is honoured, so nothing can be said of single values")
        return
    by_limit = {one.limit: one for one in sorted(full, key=lambda one: not laws.honoured(one))[::-1]}
    _lawful(sender, evidence, "PAG-10", laws.honoured, list(by_limit.values()), limits=1)


def _served(sender: Sender, limit: int, offset: int, again: bool) -> list[Finding]:
    return laws.served(sender.send(window(sender.context, limit, offset), again=again), limit)


def _slices(sender: Sender, evidence: Evidence, largest: Walk, found: Sequence[Page]) -> None:
    """PAG-07, tolerant of as many changes as were seen since the walk."""
    what = "as the walk has it"
    reference = Reference.of(largest.pages)
    compared = [one for one in found if reference.covers(one)]
    wrong = [one for one in compared if sequence.same_rows(one, reference, what)]
    if wrong:
        reference = Reference.of(largest.pages, changes_since(sender, largest))
        wrong = [one for one in wrong if sequence.same_rows(one, reference, what)]
    evidence.judge("PAG-07", [], windows=len(compared) - len(wrong))
    suspects = [(partial(_slice, sender, largest, one), partial(_disagree, largest, [one])) for one in wrong]
    if not confirm_samples(sender, evidence, "PAG-07", suspects, windows=1):
        _contents(sender, evidence, largest, compared)


def _contents(sender: Sender, evidence: Evidence, largest: Walk, found: Sequence[Page]) -> None:
    """PAG-07 again: the same rows with other values in more of them than may have been changed meanwhile."""
    names, reference = properties(sender.schemas), Reference.of(largest.pages)
    read = min((page.exchange.began for page in largest.pages if page.exchange), default=0.0)
    other = [
        one
        for one in found
        if one.exchange
        and sequence.same_content(one, reference, names, possible_changes(abs(one.exchange.began - read)), "")
    ]
    confirm_samples(
        sender, evidence, "PAG-07", [(partial(_content, sender, largest, names, one), None) for one in other]
    )


def _content(sender: Sender, largest: Walk, names: Sequence[str], seen: Page, again: bool) -> list[Finding]:
    fresh, around = _beside(sender, seen) if again else (seen, list(largest.pages))
    if fresh is None:
        return []
    return sequence.same_content(fresh, Reference.of(around), names, 1, "as the largest pages have it")


def _slice(sender: Sender, largest: Walk, seen: Page, again: bool) -> list[Finding]:
    """A window beside the largest pages that cover it, asked for at once."""
    if not again:
        return sequence.same_rows(seen, Reference.of(largest.pages), "as the walk has it")
    fresh, around = _beside(sender, seen)
    return sequence.same_rows(fresh, Reference.of(around), "as the largest pages have it") if fresh else []


def _beside(sender: Sender, seen: Page) -> tuple[Page | None, list[Page]]:
    top = paging(sender.context).maximum_limit
    first, last = seen.offset // top * top, (seen.offset + max(seen.limit, 1) - 1) // top * top
    asked = [(top, start) for start in range(first, last + 1, top)]
    fresh, *around = pages(sender, [(seen.limit, seen.offset), *asked], again=True)
    return fresh, [one for one in around if one]


@requirements("PAG-09", "PAG-02", "PAG-03")
def test_past_the_end(sender: Sender, evidence: Evidence) -> None:
    """An offset at or past the total gives an empty page with the same total."""
    top = paging(sender.context).maximum_limit
    for limit, beyond in sender.few([(top, 0), (None, 10**6), (1, 0), (top, 1), (None, 0)], 2):
        confirm(sender, evidence, "PAG-09", partial(_past, sender, limit, beyond), offsets=1)


def _past(sender: Sender, limit: int | None, beyond: int, again: bool) -> list[Finding]:
    head = page(sender, None, None, again=again)
    if head is None:
        return []
    offset = max(head.total, 0) + beyond
    exchange = sender.send(window(sender.context, limit, offset), again=again)
    fresh = laws.read_page(exchange, sender.operation, offset, limit or paging(sender.context).default_limit)
    if fresh:
        return laws.past_the_end(fresh, head.total)
    if exchange.ok or exchange.response is None or exchange.status >= 500:
        return []  # said by the laws of the schema and of robustness
    expected = f"200 and no rows at offset {offset}, total {head.total}"
    return [Finding(expected, f"status {exchange.status}", (exchange,))]


@requirements("PAG-08")
def test_repeats(sender: Sender, evidence: Evidence) -> None:
    """The same request, asked again at once, gives the same rows in the same order."""
    trait = paging(sender.context)
    wanted = [((None, None), ASKED), ((trait.maximum_limit, 0), ASKED - 2)]
    for (limit, offset), often in sender.few(wanted, 1):
        began = time.monotonic()
        times = 3 if sender.settings.profile == "smoke" else often
        answers = [one for _ in range(times) if (one := page(sender, limit, offset, again=True))]
        most = possible_changes(time.monotonic() - began)
        evidence.judge("PAG-08", sequence.repeats(answers, most), repeats=max(0, len(answers) - 1))
