"""Filters: what they let through, that they lose nothing, and that they keep the laws of pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.beside import beside_past_end, beside_unfiltered, page_laws
from conformance.checks.confirm import changes_since, confirm
from conformance.checks.contents import judge_contents
from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.planned import asks_under_filters
from conformance.checks.filter_values import (
    matching_nothing,
    may_be_refused,
    representative,
    values,
)
from conformance.checks.investigate import model_of
from conformance.checks.lists import longest, page, pages, paging, walk, window
from conformance.checks.marks import requirements
from conformance.checks.realised import realised
from conformance.checks.wrong_total import beside_wrong_sum
from conformance.contract import pointer
from conformance.events.model import Unexercised
from conformance.laws import filters as laws
from conformance.laws import sequence
from conformance.laws.answer import Answer
from conformance.laws.named_resources import refuses_guess
from conformance.laws.pages import read_page
from conformance.laws.sequence import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk, Window
    from conformance.client import Request
    from conformance.laws.finding import Finding

WINDOWS: tuple[Window, ...] = ((1, 0), (None, None))  # beside those that combinations ask for
SUMMED = 12  # values whose totals are added up
FOLLOWED = 3  # smaller pages of a filtered list that are followed
PAGES = 4  # of a filtered list that are read
DISTINCT = 2  # values without which a filter shows nothing
ORDERED = 2  # rows without which a list has no order
SHOWN = 3  # findings under a filter that are kept
FILTERED = "as the filtered walk has it"


@requirements("FIL-01", "FIL-02", "FIL-03", "FIL-05")
def test_values(sender: Sender, evidence: Evidence) -> None:
    """A filtered list holds the rows with that value, all of them, in the order of the
    whole list.
    """
    longest_list = 0
    for name, place in sender.operation.filters.items():
        known = values(sender, place)
        _note_too_few(sender, evidence, name, known)
        count = 1 if sender.settings.profile == "smoke" else 2
        for asked, value in enumerate(representative(known, DISTINCT)):
            # Lists of one row each show as much as one of two, but for their order.
            if asked < count or longest_list <= 1:
                rows = _judge_value(sender, evidence, _Filter(name, place, value))
                longest_list = max(longest_list, rows)

        summed = sender.few(known[:SUMMED], 3)
        experiment = partial(_sum, sender, name, place, summed, len(known))
        confirm(sender, evidence, "FIL-02", experiment, values=len(summed))

    if longest_list == 1:
        lack = Unexercised("order under a filter", ORDERED, longest_list)
        evidence.unexercised("FIL-05", lack)


def _note_too_few(sender: Sender, evidence: Evidence, name: str, known: Sequence[Any]) -> None:
    """A filter that is ignored shows only where the rows have more than one value."""
    if sender.rows and len(known) < DISTINCT:
        lack = Unexercised(f"filter {name}", DISTINCT, len(known), "values")
        evidence.unexercised("FIL-01", lack)
        evidence.unexercised("FIL-02", lack)


class _Filter:
    """One value of a filter: the parameter's name, where a row has what it filters by, and the
    value.
    """

    def __init__(self, name: str, place: str, value: Any) -> None:
        self.name, self.place, self.value = name, place, value
        self.query = ((name, value),)

    def walk(self, sender: Sender, *, again: bool) -> Walk:
        """The filtered list, read as far as its first pages of the largest size go."""
        top = paging(sender.context).maximum_size
        return walk(sender, top, again=again, extra=self.query, most=PAGES)


def _judge_value(sender: Sender, evidence: Evidence, chosen: _Filter) -> int:
    """Judge the filtered list; how many rows it has."""
    filtered = chosen.walk(sender, again=False)
    if not filtered.pages:
        return 0
    rows = sum(len(read.rows) for read in filtered.pages)
    windows = _windows_of(sender, filtered.total)

    only = partial(_only, sender, chosen, windows)
    confirm(sender, evidence, "FIL-01", only, inherent=True, rows=rows)
    confirm(sender, evidence, "FIL-02", partial(_complete, sender, chosen), values=1)
    confirm(sender, evidence, "FIL-05", partial(_order, sender, chosen), rows=rows)
    paged = partial(_paged, sender, chosen, windows)
    confirm(sender, evidence, "FIL-03", paged, pages=len(windows))
    whole = longest(sender).pages
    judge_contents(sender, evidence, "FIL-02", whole, filtered.pages)
    asked = pages(sender, windows, extra=chosen.query)
    judge_contents(sender, evidence, "FIL-02", whole, [answer for answer in asked if answer])
    return rows


def _windows_of(sender: Sender, total: int) -> list[Window]:
    """Windows of a filtered list: some anywhere, its exact last page, what lies past its end."""
    trait = paging(sender.context)
    if not trait.addressable:
        return [(1, 0), (2, 0), (None, None)]
    size = min(max(total, 1), trait.default_size)
    # Behind the filtered list and within the whole one, where there is such an offset.
    behind = max(total, (total + longest(sender).total) // 2)
    ends: list[Window] = [(size, total), (None, behind + 1), (None, total + 100)]
    if sender.settings.profile == "smoke":
        ends = [(7, 3), (size, max(total - size, 0))]
    wanted = [*WINDOWS, *ends]
    return [(size, None if start is None else trait.aligned(size, start)) for size, start in wanted]


def _only(sender: Sender, chosen: _Filter, windows: Sequence[Window], again: bool) -> list[Finding]:
    asked = pages(sender, windows, extra=chosen.query, again=again)
    filtered = chosen.walk(sender, again=again)
    seen = [*filtered.pages, *(answer for answer in asked if answer)]
    trait = paging(sender.context)
    if trait.sized and not trait.addressable:
        # What leads on must carry the filter, which shows where there is a second page.
        size = max(1, filtered.total // FOLLOWED)
        seen += walk(sender, size, again=again, extra=chosen.query, most=FOLLOWED).pages
    return laws.only(seen, chosen.place, chosen.value)


def _complete(sender: Sender, chosen: _Filter, again: bool) -> list[Finding]:
    whole, filtered = longest(sender, again=again), chosen.walk(sender, again=again)
    if not (filtered.pages and whole.pages):
        return []
    law = partial(_completeness, filtered, whole, chosen)
    return _tolerant(sender, law, whole, again)


def _completeness(filtered: Walk, whole: Walk, chosen: _Filter, changes: int) -> list[Finding]:
    if whole.whole and filtered.whole:
        return laws.complete(filtered.pages, whole.pages, chosen.place, chosen.value, changes)
    head = [read for read in whole.pages if read.offset == 0]
    return laws.begins_as(filtered.pages, head, chosen.place, chosen.value, changes)


def _order(sender: Sender, chosen: _Filter, again: bool) -> list[Finding]:
    whole, filtered = longest(sender, again=again), chosen.walk(sender, again=again)
    if not filtered.pages:
        return []
    return _tolerant(sender, partial(laws.same_order, filtered.pages, whole.pages), whole, again)


def _tolerant(
    sender: Sender, law: Callable[[int], list[Finding]], whole: Walk, again: bool
) -> list[Finding]:
    """A law of two readings; the first time, as many changes are allowed as were seen since one of
    them.
    """
    findings = law(0)
    if not findings or again:
        return findings
    return law(changes_since(sender, whole))


def _paged(
    sender: Sender, chosen: _Filter, windows: Sequence[Window], again: bool
) -> list[Finding]:
    """Every law of pages, on windows of the filtered list and on its walk."""
    # What a window without parameters means is PAG-01's to say, under a filter too.
    written = [each for each in windows if each != (None, None)]
    asked = pages(sender, written, extra=chosen.query, again=again)
    # A page with rows of other values is FIL-01's to say.
    seen = [
        answer for answer in asked if answer and not laws.only([answer], chosen.place, chosen.value)
    ]
    filtered = chosen.walk(sender, again=again)
    if not seen or not filtered.pages:
        return []
    reference = Reference.of(filtered.pages)

    findings: list[Finding] = []
    for index, law in enumerate(page_laws(filtered)):
        for answer in seen:
            found = law(answer)
            if again:
                found = beside_unfiltered(sender, found, answer, filtered.total, index)
            findings += found
    for answer in seen:
        misplaced = sequence.same_rows(answer, reference, FILTERED)
        # Either may be the one that is wrong: the finding rests on the walk too.
        findings += [each.resting_on(*filtered.pages[0].shown) for each in misplaced]
    findings += sequence.walk(filtered.pages, whole=filtered.whole)
    return findings[:SHOWN]


def _sum(
    sender: Sender, name: str, place: str, known: Sequence[Any], count: int, again: bool
) -> list[Finding]:
    """The totals of all values, where all are known; asked for each all the same, for each must be
    served. Asked again, the values are those of the list as it reads now.
    """
    if again:
        fresh = values(sender, place, again=True)
        known, count = fresh[:SUMMED], len(fresh)
    head = page(sender, 1, 0, again=again)
    asks = [_window_of(sender, name, value, again) for value in known]
    answers = sender.send_all((request for _, request in asks), again=again)
    by_value = {
        value: answer
        for value, (ask, _), exchange in zip(known, asks, answers, strict=True)
        if (answer := read_page(exchange, sender.operation, ask.start or 0, ask.size or 1))
    }
    are_all_known = bool(by_value) and len(by_value) >= count and longest(sender).whole
    if head is None or not are_all_known:
        return []
    valueless = sum(
        pointer.get(row, place) in (None, pointer.MISSING)
        for read in longest(sender).pages
        for row in read.rows
    )
    return beside_wrong_sum(sender, laws.adds_up(by_value, head, valueless))


def _window_of(sender: Sender, name: str, value: Any, again: bool) -> tuple[Ask, Request]:
    """A window of a value's list, one that is asked for anyway if there is one; any tells the
    total.
    """
    ask = Ask(1, 0, ((name, str(value)),))
    model = None if again or sender.settings.profile == "smoke" else model_of(sender)
    if model is None:
        return ask, window(sender.context, 1, 0, ask.filters)
    of_value = (each for each in asks_under_filters(sender, model) if each.filters == ask.filters)
    ask = next((each for each in of_value if each.client is None), ask)
    return ask, realised(sender, model).by_ask.get(ask) or ask.request(sender.context)


@requirements("FIL-04")
def test_no_match(sender: Sender, evidence: Evidence) -> None:
    """A value that matches nothing gives an empty list with total 0, or 404."""
    filters = sender.operation.filters
    if refuses_guess(Answer(sender.send(sender.request(plain=True)), sender.schemas)):
        return  # so may every other request be, whatever it filters by
    known = {name: values(sender, place) for name, place in filters.items()}
    unmatched = {name: matching_nothing(sender.context, name, known[name]) for name in filters}
    if not any(unmatched.values()):
        evidence.unjudged("FIL-04", "rows have every value that there is", "not_applicable")
    for name, place in filters.items():
        for value in sender.few(unmatched[name], 1):
            exchange = sender.send(sender.request((name, value)))
            seen = read_page(exchange, sender.operation, 0, 0)
            # On a list too long to be read whole it may match something after all.
            does_match = seen is not None and seen.rows and not laws.only([seen], place, value)
            if not does_match:
                is_refusable = may_be_refused(sender.context, name, value)
                what = f"{name}={value}"
                findings = laws.nothing(
                    seen,
                    exchange,
                    what,
                    is_refusable=is_refusable,
                    is_foreseen=sender.operation.foresees_invalid,
                )
                findings = beside_past_end(sender, findings, exchange)
                evidence.judge("FIL-04", findings, values=1)
