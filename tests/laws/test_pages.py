"""The laws of one page, on literal pages and against a model list."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conformance.laws import pages as laws
from tests.support.lists import IDS, LIMITS, LISTS, OFFSETS, exchange, page

TEN = list(range(101, 111))


@given(IDS, LIMITS, OFFSETS)
def test_honest_pages_break_no_law(ids, limit, offset) -> None:
    """Whatever window is asked of whatever list, an honest page is not blamed."""
    seen = page(ids, limit, offset)
    assert laws.size(seen) == []
    assert laws.has_more(seen) == []
    assert laws.honoured(seen) == []
    assert laws.same_total([page(ids, 1, 0), seen]) == []
    if offset >= len(ids):
        assert laws.past_the_end(seen, len(ids)) == []


@given(LISTS, LIMITS, OFFSETS)
def test_a_wrong_has_more_is_always_seen(ids, limit, offset) -> None:
    """The opposite of the truth is a finding on every page."""
    honest = page(ids, limit, offset)
    assert laws.has_more(page(ids, limit, offset, more=not honest.has_more))


@given(LISTS, LIMITS, OFFSETS, st.integers(-50, 50).filter(bool))
def test_a_wrong_total_is_always_seen(ids, limit, offset, wrong) -> None:
    """A total that depends on the window is a finding, in whatever direction."""
    assert laws.same_total([page(ids, 1, 0), page(ids, limit, offset, total=len(ids) + wrong)])


@given(LISTS, LIMITS, OFFSETS, st.integers(1, 5))
def test_rows_lost_from_a_page_are_always_seen(ids, limit, offset, lost) -> None:
    """A page with fewer rows than its window has is a finding."""
    assume(len(ids[offset : offset + limit]) >= lost)
    short = page(
        ids[: max(0, offset + min(limit, len(ids) - offset) - lost)], limit, offset, total=len(ids)
    )
    assert laws.size(short)


@pytest.mark.parametrize(
    ("limit", "offset", "total", "rows"),
    [(5, 0, 10, 4), (5, 0, 10, 6), (5, 8, 10, 5), (5, 10, 10, 1), (1, 0, 0, 1)],
)
def test_size_counts_against_the_total(limit, offset, total, rows) -> None:
    """Too few, too many, past the end: each is one finding that says how many were due."""
    wrong = laws.Page(offset, limit, (None,) * rows, tuple(range(rows)), False, total)
    [finding] = laws.size(wrong)
    assert finding.actual == f"{rows} rows"
    assert f"limit {limit}, total {total} - offset {offset}" in finding.expected


def test_a_page_past_the_end_has_no_rows_to_lack() -> None:
    """A total below the offset asks for no rows, not for a negative number of them."""
    assert laws.size(laws.Page(30, 5, (), (), False, 10)) == []


@pytest.mark.parametrize(
    ("limit", "offset", "more"),
    [(5, 5, True), (10, 0, True), (3, 0, False), (9, 0, False), (1, 9, True)],
)
def test_has_more_at_the_borders(limit, offset, more) -> None:
    """The exact last page, and a single row that follows."""
    [finding] = laws.has_more(page(TEN, limit, offset, more=more))
    assert finding.actual == f"has_more {str(more).lower()}"
    assert finding.expected.startswith(f"has_more {str(not more).lower()} ")


def test_honoured_speaks_only_of_full_windows() -> None:
    """Where fewer rows follow than the limit allows, nothing can be said of the limit."""
    assert laws.honoured(laws.Page(8, 5, (1,), (1,), False, 10)) == []
    assert laws.honoured(laws.Page(5, 5, (1,) * 4, (1,) * 4, False, 10))
    assert laws.honoured(laws.Page(5, 5, (1,) * 6, (1,) * 6, False, 10))


@pytest.mark.parametrize(
    "seen",
    [
        laws.Page(10, 5, (), (), True, 10),
        laws.Page(10, 5, (), (), False, 0),
        laws.Page(10, 5, (1,), (1,), False, 10),
    ],
)
def test_past_the_end_everything_counts(seen) -> None:
    """Rows, has_more and total are each wrong by themselves."""
    assert laws.past_the_end(seen, 10)
    assert laws.past_the_end(laws.Page(10, 5, (), (), False, 10), 10) == []


def test_two_ways_to_one_window() -> None:
    """Other rows, another number of them, another total or has_more: each is said as what it is."""
    one = page(TEN, 3, 0)
    assert laws.same_page(one, page(TEN, 3, 0), "limit=3 gives") == []
    assert laws.same_page(page(TEN, 3, 1), one, "x")[0].actual == "row 0 is 102"
    assert laws.same_page(page(TEN, 2, 0), one, "x")[0].actual == "2 rows"
    assert "total 11" in laws.same_page(page(TEN, 3, 0, total=11), one, "x")[0].actual
    assert "has_more false" in laws.same_page(page(TEN, 3, 0, more=False), one, "x")[0].actual


@pytest.mark.parametrize(
    "body",
    [
        {"data": None, "has_more": False, "total": 0},
        {"data": [], "has_more": "false", "total": 0},
        {"data": [], "has_more": False, "total": "0"},
        {"data": [], "has_more": False, "total": True},
        {"data": [], "has_more": False},
        [],
        b"no JSON",
    ],
)
def test_what_is_no_page_is_not_read_as_one(operation, body) -> None:
    """Laws of pages are silent on what the schema laws will name."""
    assert laws.read_page(exchange(200, body), operation, 0, 20) is None


def test_a_page_is_read(operation) -> None:
    """Rows, identities, has_more and total, with the window that was asked for."""
    body = {"data": [{"id": 7}, {"name": "no id"}], "has_more": True, "total": 9}
    seen = laws.read_page(exchange(200, body), operation, 4, 2)
    assert seen is not None
    assert (seen.offset, seen.limit, seen.has_more, seen.total, seen.end) == (4, 2, True, 9, 6)
    assert seen.ids[0] == 7
    assert "no id" in seen.ids[1]
    assert laws.read_page(exchange(400, body), operation, 4, 2) is None


def test_without_a_total_a_page_has_at_most_its_limit() -> None:
    """How many rows are left is not known, how many were asked for is."""
    assert laws.size(laws.Page(0, 3, (1, 2), (1, 2))) == []
    assert laws.size(laws.Page(0, 3, (1, 2, 3), (1, 2, 3))) == []
    [finding] = laws.size(laws.Page(0, 3, (1, 2, 3, 4), (1, 2, 3, 4)))
    assert (finding.expected, finding.actual) == ("at most 3 rows (limit 3)", "4 rows")


@given(LISTS, LIMITS, OFFSETS, st.integers(-50, 50))
def test_a_page_that_is_right_but_for_its_total(ids, limit, offset, wrong) -> None:
    """Is named by it where the page shows that it is wrong, and the list's own is known."""
    honest = page(ids, limit, offset)
    off = page(ids, limit, offset, total=len(ids) + wrong, more=honest.has_more)
    contradicts = bool(laws.size(off) or laws.has_more(off))
    assert bool(laws.only_total(off, len(ids))) == (bool(wrong) and contradicts)
    assert laws.only_total(off, None) == laws.only_total(honest, len(ids)) == []
    lying = page(ids, limit, offset, total=len(ids) + wrong, more=not honest.has_more)
    assert laws.only_total(lying, len(ids)) == []


@given(st.text(min_size=1, max_size=5), st.integers(0, 30_000), st.integers(0, 30_000))
def test_rows_without_an_identity_are_told_by_all_they_have(letter, first, second) -> None:
    """Texts of megabytes too, of which no copy is made."""
    rows = [{"name": letter * 10_001, "x": [1]}, {"name": letter * 10_001 + "a", "x": [1]}]
    ids = [laws.identity(row, None) for row in rows]
    assert ids[0] != ids[1]
    assert all(len(each) < 500 for each in ids)
    assert laws.identity(dict(rows[0]), "/id") == ids[0]
    short = [{"name": letter * 3, "x": size} for size in (first, second)]
    assert (laws.identity(short[0], None) == laws.identity(short[1], None)) is (first == second)
