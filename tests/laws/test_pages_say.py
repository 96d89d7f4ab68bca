"""What the laws of one page say where they are broken, word by word, and what they show for it."""

from __future__ import annotations

import pytest

from conformance.laws import pages as laws
from conformance.laws.finding import Finding
from tests.support.lists import exchange, page, proven

TEN = list(range(101, 111))
ONE = proven(page(TEN, 3, 0), "one")


def test_a_page_of_another_size_is_counted() -> None:
    """How many rows were due and why, and how many came."""
    seen = proven(laws.Page(8, 5, (1,), (1,), False, 10), "seen")
    assert laws.size(seen) == [
        Finding("2 rows (limit 5, total 10 - offset 8)", "1 rows", seen.shown)
    ]
    seen = proven(laws.Page(0, 5, (1,), (1,), True, 10), "seen")
    assert laws.honoured(seen) == [Finding("5 rows for limit 5", "1 rows", seen.shown)]


def test_a_wrong_has_more_is_computed() -> None:
    """From the offset, the rows and the total."""
    seen = proven(page(TEN, 3, 4, more=False), "seen")
    wanted = Finding("has_more true (offset 4 + 3 rows, total 10)", "has_more false", seen.shown)
    assert laws.has_more(seen) == [wanted]


@pytest.mark.parametrize(
    ("status", "fine"),
    [(200, True), (399, True), (400, False), (404, False), (499, False), (500, True)],
)
def test_a_limit_in_range_is_served(status, fine) -> None:
    """A 4xx refuses it; a failure is another law's."""
    answer = exchange(status)
    broken = [Finding("200 for limit 7", f"status {status}", (answer,))]
    assert laws.served(answer, 7) == ([] if fine else broken)


def test_totals_are_held_against_the_first() -> None:
    """Each page that differs from it is a finding that shows both."""
    good, bad = proven(page(TEN, 2, 2), "good"), proven(page(TEN, 5, 5, total=11), "bad")
    wanted = Finding(
        "total 10, as with limit 3 and offset 0",
        "total 11 with limit 5 and offset 5",
        bad.shown + ONE.shown,
    )
    assert laws.same_total([ONE, good, bad]) == [wanted]
    assert len(laws.same_total([bad, ONE, good])) == 2


def test_what_came_past_the_end_is_said() -> None:
    """Rows, has_more and total."""
    seen = proven(laws.Page(10, 5, (1,), (1,), True, 11), "seen")
    wanted = Finding(
        "no rows, has_more false, total 10 at offset 10",
        "1 rows, has_more true, total 11",
        seen.shown,
    )
    assert laws.past_the_end(seen, 10) == [wanted]


@pytest.mark.parametrize(
    ("other", "expected", "actual"),
    [
        (
            page(TEN, 3, 0, total=11, more=False),
            "total 11, has_more false, as x",
            "total 10, has_more true",
        ),
        (page([101, 7, 8], 3, 0), "7, as x", "row 1 is 102"),
        (page(TEN, 4, 0), "4 rows, as x", "3 rows"),
    ],
)
def test_two_ways_to_one_window_are_told_apart(other, expected, actual) -> None:
    """By total and has_more, by the first row that differs, or by their number."""
    other = proven(other, "other")
    assert laws.same_page(ONE, other, "x") == [Finding(expected, actual, ONE.shown + other.shown)]


def test_the_exchange_of_a_page_shows_it(operation) -> None:
    """A page that was read from an answer has the answer to show."""
    answer = exchange(200, {"data": [], "has_more": False, "total": 0})
    seen = laws.read_page(answer, operation, 0, 20)
    assert seen is not None
    assert seen.shown == (answer,)


@pytest.mark.parametrize(
    ("row", "place", "identity"),
    [
        ({"id": 7}, "/id", 7),
        ({"id": None}, "/id", "{'id': None}"),
        ({"id": "a"}, "/id", "a"),
        ({"id": 1.5}, "/id", 1.5),
        ({"id": [1]}, "/id", "[1]"),
        ({"n": 1}, "/id", "{'n': 1}"),
        ({"id": 7}, None, "{'id': 7}"),
        (3, None, 3),
    ],
)
def test_a_row_is_told_from_others_by_its_id_or_by_all_it_is(row, place, identity) -> None:
    """Where no id is declared, or none is there, the row itself is compared."""
    assert laws.identity(row, place) == identity
