"""What the laws of the sequence say where they are broken, and how far a change explains what they
see.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.events.model import Walk, WalkPage
from conformance.laws import sequence
from conformance.laws.finding import Finding
from conformance.laws.pages import Page
from conformance.laws.sequence import Reference
from tests.support.lists import page, proven

TEN = list(range(101, 111))


def at(offset, *ids, limit=20, total=10) -> Page:
    rows = tuple({"id": one} for one in ids)
    return Page(offset, limit, rows, ids, False, total)


def test_where_pages_contradict_each_other_the_first_counts() -> None:
    """A reference has one row at an offset."""
    reference = Reference.of([at(0, 1, 2), at(1, 3, 4)], changes=2)
    assert reference == Reference({0: 1, 1: 2, 2: 4}, 2, {1: 0, 2: 1, 4: 2})


def test_a_page_is_covered_by_any_row_it_shares_an_offset_with() -> None:
    """The first or the last; a page without rows is covered by nothing."""
    reference = Reference.of([at(3, 1, 2)])
    assert reference.covers(at(1, 7, 8, 9))
    assert reference.covers(at(4, 7, 8, 9))
    assert not reference.covers(at(0, 7, 8, 9))
    assert not reference.covers(at(5, 7, 8, 9))
    assert not reference.covers(at(3))


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ((1, 2, 3, 4), (1, 2, 3, 4), 0),
        ((1, 2, 3, 4), (9, 1, 2, 3), 1),
        ((1, 2, 3, 4), (8, 9, 1, 2), 2),
        ((1, 2, 3, 4), (7, 8, 9, 1), 3),
        ((1, 2, 3, 4), (2, 3, 4, 5), 1),
        ((1, 2, 3, 4), (3, 4, 5, 6), 2),
        ((1, 2, 3, 4), (1, 2, 8, 9), 2),
        ((1, 2, 3, 4), (5, 6, 7, 8), 4),
        ((1, 2, 3, 4), (2, 1, 3, 4), 1),
        ((1, 2, 3, 4), (1, 2), 2),
        ((1, 2), (1, 2, 3, 4, 5), 3),
        ((1, 2, 3, 4), (9, 1, 2), 1),
        ((9, 1, 2), (1, 2, 3, 4), 1),
        ((), (1, 2), 2),
        ((1, 2), (), 2),
    ],
)
def test_changes_between_two_readings_of_a_page(old, new, changes) -> None:
    """A shift by so many rows, or as many as are not in both; rows in another order are one."""
    assert sequence.changes([at(0, *old)], [at(0, *new)]) == changes


def test_the_most_that_any_page_or_the_total_shows_is_the_number_of_changes() -> None:
    """Pages of other windows and those that one reading lacks say nothing."""
    before = [at(0, 1, 2, 3), at(3, 4, 5, 6), at(6, 7)]
    assert sequence.changes(before, [at(0, 9, 1, 2), at(3, 2, 3, 4)]) == 2
    assert sequence.changes(before, [at(0, 1, 2, 3), at(4, 8, 9)]) == 0
    assert sequence.changes(before, [at(0, 9, 1, 2, total=14)]) == 4
    assert sequence.changes(before, [at(0, 9, 1, 2, total=7)]) == 3


def test_the_first_row_that_differs_is_said() -> None:
    """With its offset, and how many others differ in which window."""
    seen = proven(at(4, 105, 7, 107, 8, limit=4), "seen")
    note = "window: limit 4, offset 4; 2 of 4 rows differ"
    wanted = Finding("row 106 at offset 5, as the walk has it", "row 7", seen.shown, note=note)
    assert sequence.same_rows(seen, Reference.of([page(TEN, 10, 0)]), "as the walk has it") == [
        wanted
    ]


@pytest.mark.parametrize(
    ("ids", "explained"),
    [
        ((201, 202, 103, 104, 105, 106), True),  # two strangers
        ((201, 202, 203, 104, 105, 106), False),
        ((103, 104, 105, 106, 107, 108), True),  # two rows gone
        ((104, 105, 106, 107, 108, 109), False),
        ((102, 101, 104, 103, 105, 106), True),  # four steps from one drift to another
        ((102, 101, 104, 103, 106, 105), False),
        ((101, 101, 102, 103, 104, 105), False),  # a row twice
    ],
)
def test_one_change_explains_twice_what_it_may_do(ids, explained) -> None:
    """One that was seen, and one that fell between; no more strangers, steps or distance than
    theirs.
    """
    reference = Reference.of([page(TEN, 10, 0)], changes=1)
    assert (sequence.same_rows(at(0, *ids), reference, "x") == []) is explained


def test_without_a_change_nothing_is_explained() -> None:
    """One stranger is a finding on data that stand still."""
    assert sequence.same_rows(at(0, 201, 102, 103), Reference.of([page(TEN, 10, 0)]), "x")


def test_a_row_seen_again_is_said_with_both_its_offsets() -> None:
    """The first of them; the picture has them all, and where pages do not meet."""
    pages = [proven(at(0, 1, 2, 3, limit=3), "one"), at(4, 1, 3, 1, limit=3), at(7, 9, limit=3)]
    pages[1] = proven(pages[1], "two")
    drawn = (WalkPage(0, 3, 3, "one"), WalkPage(4, 3, 3, "two"), WalkPage(7, 3, 1))
    picture = Walk(10, drawn, duplicates=(4, 5, 6), gaps=(3,))
    text = "the row at offset 4 is the row at offset 0 again; 3 such rows"
    wanted = Finding("each row once", text, pages[1].shown + pages[0].shown, walk=picture)
    assert sequence.walk(pages) == [wanted]
    assert sequence.walk(pages, changes=2) == [wanted]
    assert sequence.walk(pages, whole=False, changes=3) == []


def test_rows_that_lack_to_the_total_are_counted() -> None:
    """Those that were seen, in how many pages, against the last page's total."""
    pages = [at(0, 1, 2, 3, total=9), proven(at(3, 4, 5, total=8), "last")]
    [finding] = sequence.walk(pages)
    assert (finding.expected, finding.actual) == ("8 rows (total)", "5 rows in 2 pages")
    assert finding.exchanges == pages[1].shown
    assert finding.walk is not None
    assert finding.walk.pages[1].rows == 2
    assert sequence.walk(pages, changes=2) == [finding]
    assert sequence.walk(pages, changes=3) == []
    assert sequence.walk([at(0, 1, 2, 3, total=2)])


def test_a_picture_names_a_hundred_of_each_kind() -> None:
    """A walk of the same row again and again would name thousands."""
    pages = [at(2 * offset, 1, total=500) for offset in range(150)]
    [finding] = sequence.walk(pages)
    assert finding.walk is not None
    assert finding.walk.duplicates == tuple(range(2, 202, 2))
    assert finding.walk.gaps == tuple(range(1, 201, 2))


def test_answers_that_turn_are_said_with_what_turned() -> None:
    """The same rows in another order or other rows; the later answer is shown first."""
    one, turned, other = (
        proven(at(0, *ids), name)
        for ids, name in (((1, 2), "one"), ((2, 1), "turned"), ((1, 3), "other"))
    )
    expected = "the same rows in the same order, asked again"
    text = "the same rows in another order, 2 times in 3 answers"
    assert sequence.repeats([one, turned, one], 0) == [
        Finding(expected, text, turned.shown + one.shown)
    ]
    assert sequence.repeats([one, other, one], 0) == [
        Finding(expected, "other rows, 1 times in 3 answers", other.shown + one.shown)
    ]
    assert sequence.repeats([one, replace(one, total=11)], 0) == []
