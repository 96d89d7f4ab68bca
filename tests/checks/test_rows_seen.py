"""How long a list is, as its answers say, and how long it must be to show a requirement broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.checks.rows_seen import RowsSeen, needed_of
from conformance.contract import load_contract
from conformance.events.model import RowsNeeded
from tests.support.lists import exchange, own

if TYPE_CHECKING:
    from conformance.client import Exchange

OPERATION = load_contract().operations[0]


def answer(total: int, region: str = "mars", *, plain: bool = True) -> Exchange:
    rows = [{"id": number} for number in range(min(total, 3))]
    body = {"data": rows, "total": total, "has_more": total > len(rows)}
    return replace(exchange(body=body, request=own(plain=plain)), region=region)


def test_the_longest_list_that_was_seen_counts() -> None:
    """A list may shrink while it is read."""
    seen = RowsSeen()
    for total in (3, 5, 4):
        seen.note(answer(total), OPERATION)
    assert seen.least(["mars"]) == 5


def test_a_list_that_has_another_length_moved() -> None:
    """In one region; and what others saw of it may be told."""
    seen = RowsSeen()
    for total, region in ((3, "mars"), (3, "mars"), (3, "moon"), (4, "moon")):
        seen.note(answer(total, region), OPERATION)
    assert [seen.has_moved(region) for region in ("mars", "moon")] == [False, True]
    seen.note_moved("mars")
    assert seen.has_moved("mars")


def test_filtered_lists_do_not_count() -> None:
    """Only an answer to a request of the whole list says how long it is."""
    seen = RowsSeen()
    seen.note(answer(1, plain=False), OPERATION)
    assert seen.least(["mars"]) is None


def test_of_several_regions_the_shortest_list_counts() -> None:
    """What is compared between regions shows only where both have the rows for it."""
    seen = RowsSeen()
    for region, total in (("mars", 50), ("venus", 3)):
        seen.note(answer(total, region), OPERATION)
    assert seen.least(["mars", "venus"]) == 3
    assert seen.least(["mars", "pluto"]) is None


@pytest.mark.parametrize(
    ("need", "rows"),
    [
        (RowsNeeded("order", at_least=8), 8),
        (RowsNeeded("default limit", above="default"), 21),
        (RowsNeeded("maximum", above="maximum"), 101),
    ],
)
def test_needs_follow_the_sizes_of_pages(need: RowsNeeded, rows: int) -> None:
    """One row more than a page of the default or the largest size, or a plain number."""
    assert OPERATION.pagination is not None
    assert needed_of(need, OPERATION.pagination) == rows
