"""The laws of filters: what they let through, that they lose nothing, and what hostile values must
not do.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.filter_texts import are_flags, flag_of, value_of
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.events.model import Level
    from conformance.laws.pages import Page

REFUSALS = (400, 409, 422)  # of a value that is not allowed
SHOWN = 3  # rows, or values, that a finding names


def only(pages: Iterable[Page], place: str, value: Any) -> list[Finding]:
    """FIL-01: every row of a filtered list has the value filtered by."""
    findings = [
        Finding(f"only rows with {place} {value!r}", f"a row with {_shown(row, place)}", page.shown)
        for page in pages
        for row in page.rows
        if value_of(row, place) != value
    ]
    return findings[:SHOWN]


def complete(
    filtered: Sequence[Page], whole: Sequence[Page], place: str, value: Any, changes: int = 0
) -> list[Finding]:
    """FIL-02: a filtered list has just the whole list's rows with that value.

    `changes` is how many rows are known to have come, gone or moved between the two readings.
    """
    expected = set(_having(whole, place, value))
    seen = {row_id for page in filtered for row_id in page.ids}
    missing, extra = expected - seen, seen - expected
    if len(missing) + len(extra) <= changes:
        return []

    shown = filtered[0].shown + whole[0].shown
    actual = f"{len(seen)} rows, {len(missing)} missing, {len(extra)} that should not be there"
    return [
        Finding(f"the {len(expected)} rows with {place} {value!r} of the whole list", actual, shown)
    ]


def begins_as(
    filtered: Sequence[Page], head: Sequence[Page], place: str, value: Any, changes: int = 0
) -> list[Finding]:
    """FIL-02, FIL-05 on a list too long to be read: its head, filtered, is the head of the filtered
    list.
    """
    expected = _having(head, place, value)
    seen = [row_id for page in filtered for row_id in page.ids][: len(expected)]
    if filtered[-1].has_more:
        # It was not read any further; where the filtered list ends, what it lacks is missing.
        expected = expected[: len(seen)]

    strangers = set(expected) ^ set(seen)
    is_explained = changes > 0 and len(strangers) <= 2 * changes
    if expected == seen or is_explained:
        return []
    wanted = f"to begin with the {len(expected)} first rows of {value!r} in the whole list"
    text = f"{len(set(expected) - set(seen))} of them missing, or another order"
    return [Finding(wanted, text, filtered[0].shown + head[0].shown)]


def adds_up(by_value: Mapping[Any, Page], whole: Page, valueless: int = 0) -> list[Finding]:
    """FIL-02: the totals of all values add up to the unfiltered one, where totals are told.

    So many rows are `valueless`: they have no value, and are in the list of none.
    """
    totals = [page.total for page in by_value.values() if page.total is not None]
    if whole.total is None or len(totals) < len(by_value):
        return []
    total = sum(totals)
    if total + valueless == whole.total:
        return []
    # Any of the totals may be the wrong one: the finding rests on each.
    pages = sorted(by_value.values(), key=lambda page: page.total or 0, reverse=True)
    shown = tuple(exchange for page in pages for exchange in page.shown)
    text = f"totals of {len(by_value)} values add up to {total}"
    expected = f"total {whole.total}, the unfiltered one"
    expected += f", less {valueless} rows without a value" if valueless else ""
    return [Finding(expected, text, whole.shown + shown)]


def same_order(filtered: Sequence[Page], whole: Sequence[Page], changes: int = 0) -> list[Finding]:
    """FIL-05: a filtered walk keeps the order of the unfiltered one."""
    position = {
        row_id: at for at, row_id in enumerate(row_id for page in whole for row_id in page.ids)
    }
    positions = [position[row_id] for page in filtered for row_id in page.ids if row_id in position]
    reversals = sum(1 for before, after in itertools.pairwise(positions) if before > after)
    if reversals <= changes:
        return []
    shown = f"{reversals} of {len(positions)} rows"
    text = f"another order: {shown} come before one that the whole list has first"
    return [Finding("the order of the whole list", text, filtered[0].shown + whole[0].shown)]


def nothing(
    page: Page | None,
    exchange: Exchange,
    what: str,
    *,
    is_refusable: bool = False,
    is_foreseen: bool = True,
) -> list[Finding]:
    """FIL-04: a value that matches nothing gives an empty list with total 0, or 404.

    `is_refusable`: the document does not allow the value, so that it may be refused as invalid.
    `is_foreseen`: it has refusals of invalid input at all. Without one, what it calls valid may be
    less than it says, such as a number of what there is (SHOULD).
    """
    is_empty = page is not None and not page.rows and not page.total and not page.has_more
    is_refused = is_refusable and exchange.status in REFUSALS
    if exchange.status == 404 or is_empty or is_refused:
        return []
    rows = f", {len(page.rows)} rows, total {page.total}" if page else ""
    more = ", has_more true" if page and page.has_more else ""
    actual = f"status {exchange.status}{rows}{more}"
    is_unforeseen = exchange.status in REFUSALS and not is_foreseen
    level: Level | None = "SHOULD" if is_unforeseen else None
    expected = f"no rows and total 0, or 404, for {what}"
    return [Finding(expected, actual, (exchange,), level=level)]


def narrow(
    page: Page | None,
    exchange: Exchange,
    place: str,
    value: str,
    *,
    is_foreseen: bool = True,
    is_text: bool = False,
) -> list[Finding]:
    """FIL-06, FIL-07: a hostile, or an empty, value never widens the result, and never
    gives a 5xx.

    `is_foreseen`: the document has refusals of invalid input. Without one, what is no boolean may
    be taken for no filter (SHOULD). `is_text`: it allows any text, which many read as several values
    where it has commas.
    """
    what = f"{place.lstrip('/')} filtered by {value[:60]!r}"
    if exchange.status >= 500:
        return [Finding(f"no 5xx for {what}", f"status {exchange.status}", (exchange,))]
    if page is None or not page.rows:
        return []

    listed = {str(value_of(row, place)) for row in page.rows}
    # Lenient parsers ignore spaces around a value, and take 1 for true; the rows are then those that
    # were asked for.
    if listed == {value.strip()} or (are_flags(listed) and listed == {flag_of(value)}):
        return []
    if is_text and listed == {part.strip() for part in value.split(",")}:
        return []
    text = f"{len(page.rows)} rows of {', '.join(sorted(listed)[:SHOWN])}, total {page.total}"
    is_no_flag = are_flags(listed) and flag_of(value) is None
    level: Level | None = "SHOULD" if is_no_flag and not is_foreseen else None
    return [Finding(f"400, or no rows of others, for {what}", text, (exchange,), level=level)]


def _having(pages: Iterable[Page], place: str, value: Any) -> list[Any]:
    """The identities of the rows that have a value at a place, in order."""
    return [
        row_id
        for page in pages
        for row, row_id in zip(page.rows, page.ids, strict=True)
        if value_of(row, place) == value
    ]


def _shown(row: Any, place: str) -> str:
    value = value_of(row, place)
    return "none" if value is pointer.MISSING else repr(value)
