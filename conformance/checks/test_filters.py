"""Filters: what they let through, that they partition the list, and hostile values."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import changes_since, confirm, possible_changes
from conformance.checks.filter_values import NO_SUCH, telling, values
from conformance.checks.lists import longest, page, pages, paging, walk
from conformance.checks.marks import requirements
from conformance.laws import filters as laws
from conformance.laws import pages as page_laws
from conformance.laws import sequence
from conformance.laws.pages import read_page
from conformance.laws.rows import properties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk, Window
    from conformance.laws.finding import Finding

# The first ones tell the most: see `Subject.few`.
HOSTILE = (
    "1 OR 1=1",
    "abc",
    "0",
    "'",
    "%",
    "",
    "A" * 1500,
    "\0",
    str(2**63),
    "*",
    "' OR '1'='1",
    "null",
    "1.5",
    "1\0",
    str(2**64),
    str(-(2**63) - 1),
    "\u00b2",
    "7" * 5000,
)
LONGEST = 2_000  # characters that any HTTP layer lets through
TAILS = (" OR 1=1", "' OR '1'='1", "%")
WINDOWS = ((1, 0), (7, 3), (None, None))
SUMMED = 12  # values whose totals are added up


@requirements("FIL-01", "FIL-02", "FIL-03", "FIL-05")
def test_values(sender: Sender, evidence: Evidence) -> None:
    """A filtered list holds the rows with that value, all of them, in the order of the whole list."""
    for name, place in sender.operation.filters.items():
        found = values(sender, place)
        for value in telling(found, 1 if sender.settings.profile == "smoke" else 2):
            _one_value(sender, evidence, name, place, value)
        parts = sender.few(found[:SUMMED], 3)
        confirm(sender, evidence, "FIL-02", partial(_sum, sender, name, parts, len(found)), values=len(parts))


def _one_value(sender: Sender, evidence: Evidence, name: str, place: str, value: Any) -> None:
    part = _filtered(sender, name, value, False)
    if not part.pages:
        return
    rows = sum(len(one.rows) for one in part.pages)
    windows = _windows_of(sender.context, part.pages[0].total)
    only = partial(_only, sender, name, place, value, windows)
    confirm(sender, evidence, "FIL-01", only, inherent=True, rows=rows)
    experiment = partial(_complete, sender, name, place, value)
    confirm(sender, evidence, "FIL-02", experiment, values=1)
    confirm(sender, evidence, "FIL-05", partial(_order, sender, name, value), rows=rows)
    confirm(sender, evidence, "FIL-03", partial(_paged, sender, name, value, windows), pages=len(windows))
    confirm(sender, evidence, "FIL-02", partial(_contents, sender, name, value), values=1)


def _windows_of(context: Context, total: int) -> list[Window]:
    """Windows of a filtered list: some anywhere, its exact last page, what lies past its end."""
    limit = min(max(total, 1), paging(context).default_limit)
    ends = ((limit, max(total - limit, 0)), (limit, total), (None, total + 100))
    return [*WINDOWS, *context.few(ends, 1)]


def _contents(sender: Sender, name: str, value: Any, again: bool) -> list[Finding]:
    """More rows with other values in them than in the whole list than may have been changed meanwhile."""
    whole, part = longest(sender, again=again), _filtered(sender, name, value, again)
    moments = [page.exchange.began for page in (*whole.pages, *part.pages) if page.exchange]
    if not moments:
        return []
    names, reference = properties(sender.schemas), sequence.Reference.of(whole.pages)
    most, what = possible_changes(max(moments) - min(moments)), "as the whole list has it"
    return [one for page in part.pages for one in sequence.same_content(page, reference, names, most, what)]


def _filtered(sender: Sender, name: str, value: Any, again: bool) -> Walk:
    return walk(sender, paging(sender.context).maximum_limit, again=again, extra=((name, value),), most=4)


def _only(
    sender: Sender, name: str, place: str, value: Any, windows: Sequence[Window], again: bool
) -> list[Finding]:
    asked = pages(sender, windows, extra=((name, value),), again=again)
    seen = [*_filtered(sender, name, value, again).pages, *(one for one in asked if one)]
    return laws.only(seen, place, value)


def _complete(sender: Sender, name: str, place: str, value: Any, again: bool) -> list[Finding]:
    whole, part = longest(sender, again=again), _filtered(sender, name, value, again)
    if not (part.pages and whole.pages):
        return []

    def judged(changes: int) -> list[Finding]:
        if whole.whole and part.whole:
            return laws.complete(part.pages, whole.pages, place, value, changes)
        head = [one for one in whole.pages if one.offset == 0]
        return laws.begins_as(part.pages, head, place, value, changes)

    found = judged(0)
    return judged(changes_since(sender, whole)) if found and not again else found


def _sum(sender: Sender, name: str, found: Sequence[Any], count: int, again: bool) -> list[Finding]:
    """The totals of all values, where all are known; asked for each all the same, for each must be served."""
    head = page(sender, 1, 0, again=again)
    trait = paging(sender.context)
    asked = [sender.request((name, value), (trait.limit, 1), (trait.offset, 0)) for value in found]
    parts = {
        value: read_page(exchange, sender.operation, 0, 1)
        for value, exchange in zip(found, sender.send_all(asked, again=again), strict=True)
    }
    known = {value: one for value, one in parts.items() if one}
    if head is None or not known or len(known) < count or not longest(sender).whole:
        return []
    return laws.adds_up(known, head)


def _order(sender: Sender, name: str, value: Any, again: bool) -> list[Finding]:
    whole, part = longest(sender, again=again), _filtered(sender, name, value, again)
    if not part.pages:
        return []
    found = laws.same_order(part.pages, whole.pages)
    return (
        laws.same_order(part.pages, whole.pages, changes_since(sender, whole))
        if found and not again
        else found
    )


def _paged(sender: Sender, name: str, value: Any, windows: Sequence[Window], again: bool) -> list[Finding]:
    seen = [one for one in pages(sender, windows, extra=((name, value),), again=again) if one]
    part = _filtered(sender, name, value, again)
    if not seen or not part.pages:
        return []
    found = [finding for one in seen for law in (page_laws.size, page_laws.has_more) for finding in law(one)]
    found += page_laws.same_total([part.pages[0], *seen])
    reference = sequence.Reference.of(part.pages)
    found += [
        one for each in seen for one in sequence.same_rows(each, reference, "as the filtered walk has it")
    ]
    found += sequence.walk(part.pages, whole=part.whole)
    return found[:3]


@requirements("FIL-04")
def test_no_match(sender: Sender, evidence: Evidence) -> None:
    """A value that matches nothing gives an empty list with total 0, or 404."""
    for name, place in sender.operation.filters.items():
        known = values(sender, place)
        for value in sender.few(_strangers(known), 1):
            exchange = sender.send(sender.request((name, value)))
            seen = read_page(exchange, sender.operation, 0, 0)
            if seen and seen.rows and not laws.only([seen], place, value):
                continue  # on a list too long to be read whole it does match something
            evidence.judge("FIL-04", laws.nothing(seen, exchange, f"{name}={value}"), values=1)


def _strangers(known: list[Any]) -> list[Any]:
    """Values beside those that were seen: of their kind and size, so that nothing else speaks against."""
    if any(isinstance(value, str) for value in known):
        return ["no-such-value", "zz"]
    numbers = sorted(value for value in known if value > 0)
    near = next((value + 1 for value in numbers if value + 1 not in known), 1)
    return [near, NO_SUCH]


@requirements("FIL-06")
def test_hostile_values(sender: Sender, evidence: Evidence) -> None:
    """A hostile value never widens the result and never gives a 5xx."""
    for name, place in sender.operation.filters.items():
        seen = values(sender, place)
        known = [f"{value}{tail}" for value in seen[:1] for tail in TAILS]
        known += [",".join(map(str, seen[:2]))] if len(seen) > 1 else []
        known += [str(-value) for value in seen[:1] if type(value) is int]
        known += [str(value + 2**bits) for value in seen[:1] if type(value) is int for bits in (32, 64)]
        chosen = (*sender.few(HOSTILE, 5), *sender.few(known, 1))
        answers = sender.send_all(
            [sender.request((name, value), edge=len(value) > LONGEST) for value in chosen]
        )
        for exchange, value in zip(answers, chosen, strict=True):
            page = read_page(exchange, sender.operation, 0, 0)
            evidence.judge("FIL-06", laws.narrow(page, exchange, place, value), values=1)
