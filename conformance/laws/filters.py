"""The laws of filters: what they let through, that they lose nothing, and what hostile values must not do."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.events.model import Level
    from conformance.laws.pages import Page


def only(pages: Iterable[Page], place: str, value: Any) -> list[Finding]:
    """FIL-01: every row of a filtered list has the value filtered by."""
    return [
        Finding(f"only rows with {place} {value!r}", f"a row with {_shown(row, place)}", page.shown)
        for page in pages
        for row in page.rows
        if pointer.get(row, place) != value
    ][:3]


def _shown(row: Any, place: str) -> str:
    found = pointer.get(row, place)
    return "none" if found is pointer.MISSING else repr(found)


def complete(
    part: Sequence[Page], whole: Sequence[Page], place: str, value: Any, moved: int = 0
) -> list[Finding]:
    """FIL-02: a filtered list has just the whole list's rows with that value; `moved` of them may differ."""
    expected = set(_having(whole, place, value))
    found = {one for page in part for one in page.ids}
    missing, extra = expected - found, found - expected
    if len(missing) + len(extra) <= moved:
        return []
    shown = part[0].shown + whole[0].shown
    actual = f"{len(found)} rows, {len(missing)} missing, {len(extra)} that the whole list has not"
    return [Finding(f"the {len(expected)} rows with {place} {value!r} of the whole list", actual, shown)]


def begins_as(
    part: Sequence[Page], head: Sequence[Page], place: str, value: Any, moved: int = 0
) -> list[Finding]:
    """FIL-02, FIL-05 on a list too long to be read: its head, filtered, is the head of the filtered list."""
    expected = _having(head, place, value)
    found = [one for page in part for one in page.ids][: len(expected)]
    if part[-1].has_more:  # not read any further; where the filtered list ends, what it lacks is missing
        expected = expected[: len(found)]
    if len(set(expected) ^ set(found)) <= 2 * moved and (moved or expected == found):
        return []
    wanted = f"to begin with the {len(expected)} first rows of {value!r} in the whole list"
    text = f"{len(set(expected) - set(found))} of them missing, or another order"
    return [Finding(wanted, text, part[0].shown + head[0].shown)]


def _having(pages: Iterable[Page], place: str, value: Any) -> list[Any]:
    return [
        one
        for page in pages
        for row, one in zip(page.rows, page.ids, strict=True)
        if pointer.get(row, place) == value
    ]


def adds_up(parts: Mapping[Any, Page], whole: Page, moved: int = 0) -> list[Finding]:
    """FIL-02: the totals of all values add up to the unfiltered one."""
    total = sum(page.total for page in parts.values())
    if abs(total - whole.total) <= moved:
        return []
    largest = max(parts.values(), key=lambda page: page.total)
    text = f"totals of {len(parts)} values add up to {total}"
    return [Finding(f"total {whole.total}, the unfiltered one", text, largest.shown + whole.shown)]


def same_order(part: Sequence[Page], whole: Sequence[Page], moved: int = 0) -> list[Finding]:
    """FIL-05: a filtered walk keeps the order of the unfiltered one."""
    position = {one: at for at, one in enumerate(one for page in whole for one in page.ids)}
    seen = [position[one] for page in part for one in page.ids if one in position]
    turns = sum(1 for a, b in itertools.pairwise(seen) if a > b)
    if turns <= moved:
        return []
    text = f"another order: {turns} of {len(seen)} rows come before one that the whole list has first"
    return [Finding("the order of the whole list", text, part[0].shown + whole[0].shown)]


def nothing(page: Page | None, exchange: Exchange, what: str) -> list[Finding]:
    """FIL-04: a value that matches nothing gives an empty list with total 0, or 404."""
    if exchange.status == 404 or (page and not page.rows and page.total == 0 and not page.has_more):
        return []
    said = f", {len(page.rows)} rows, total {page.total}" if page else ""
    return [
        Finding(f"no rows and total 0, or 404, for {what}", f"status {exchange.status}{said}", (exchange,))
    ]


def narrow(page: Page | None, exchange: Exchange, place: str, value: str) -> list[Finding]:
    """FIL-06: a hostile value never widens the result, and never gives a 5xx."""
    what = f"{place.lstrip('/')} filtered by {value[:60]!r}"
    if exchange.status >= 500:
        return [Finding(f"no 5xx for {what}", f"status {exchange.status}", (exchange,))]
    if page is None or not page.rows:
        return []
    found = {str(pointer.get(row, place)) for row in page.rows}
    if found == {value.strip()}:
        return []
    text = f"{len(page.rows)} rows of {', '.join(sorted(found)[:3])}, total {page.total}"
    # An empty value may be taken for none: lenient, and no more than that (PAG-14 has it so for the window).
    level: Level | None = None if value else "SHOULD"
    return [Finding(f"400, or no rows of others, for {what}", text, (exchange,), level)]
