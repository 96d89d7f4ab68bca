"""The laws of the one sequence, on data that stand still and on data that move."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from conformance.laws import sequence
from conformance.laws.sequence import Reference
from tests.support.lists import IDS, LIMITS, LISTS, OFFSETS, first_page, page, walk

TEN = list(range(101, 111))


@given(IDS, LIMITS, LIMITS, OFFSETS)
def test_slices_of_one_list_agree(ids, one, other, offset) -> None:
    """A walk by any size is a reference that any window of the same list agrees with."""
    reference = Reference.of(walk(ids, one))
    assert sequence.same_rows(page(ids, other, offset), reference, "x") == []
    assert sequence.walk(walk(ids, one)) == []


@given(LISTS, LIMITS, st.integers(1, 3))
def test_a_window_that_starts_elsewhere_is_seen(ids, limit, shift) -> None:
    """Whatever the shift, on data that stand still it is a finding."""
    assume(len(ids) > shift)
    shifted = page(ids[shift:], limit, 0)
    assert sequence.same_rows(shifted, Reference.of(walk(ids, 7)), "x")


@given(LISTS, LIMITS, OFFSETS, st.integers(1, 4))
def test_rows_added_at_the_head_explain_a_shift(ids, limit, offset, added) -> None:
    """As many rows as were seen to come may lie between a window and the walk before it."""
    later = [-one for one in range(1, added + 1)] + ids
    reference = Reference.of(walk(ids, 10), changes=added)
    assert sequence.same_rows(page(later, limit, offset), reference, "x") == []


@given(LISTS, LIMITS, OFFSETS, st.data())
def test_a_row_deleted_anywhere_explains_a_shift(ids, limit, offset, data) -> None:
    """So may one that went, wherever it stood."""
    gone = data.draw(st.integers(0, len(ids) - 1))
    later = ids[:gone] + ids[gone + 1 :]
    reference = Reference.of(walk(ids, 10), changes=1)
    assert sequence.same_rows(page(later, limit, offset), reference, "x") == []


@given(st.lists(st.integers(1, 10_000), unique=True, min_size=20, max_size=60), st.integers(8, 25))
def test_an_order_of_its_own_is_explained_by_no_few_changes(ids, limit) -> None:
    """A page in the opposite order is a finding even while rows come and go."""
    backwards = page(ids[::-1], limit, 0)
    assert sequence.same_rows(backwards, Reference.of(walk(ids, 10), changes=1), "x")


def test_a_row_twice_on_one_page_is_explained_by_nothing() -> None:
    """Rows that move make no copies of themselves within one answer."""
    double = page([101, 101, 102, 103], 4, 0, total=10)
    assert sequence.same_rows(double, Reference.of(walk(TEN, 5), changes=3), "x")


def test_what_the_reference_does_not_cover_is_not_compared() -> None:
    """A window beyond what was read is neither right nor wrong."""
    reference = Reference.of([page(TEN, 3, 0)])
    assert not reference.covers(page(TEN, 3, 5))
    assert reference.covers(page(TEN, 3, 2))
    assert sequence.same_rows(page([9] * 10, 3, 5), reference, "x") == []


@given(LISTS, LIMITS, st.data())
def test_a_row_lost_between_pages_is_seen(ids, limit, data) -> None:
    """A walk that skips a row has fewer rows than its total."""
    gone = data.draw(st.integers(0, len(ids) - 1))
    pages = walk(ids[:gone] + ids[gone + 1 :], limit)
    lying = [page_of(one, len(ids)) for one in pages]
    assert sequence.walk(lying)
    assert sequence.walk(lying, changes=1) == []
    assert sequence.walk(lying, whole=False) == []


@given(LISTS, LIMITS, st.data())
def test_a_row_repeated_at_a_border_is_seen(ids, limit, data) -> None:
    """A walk that shows a row twice is a finding, whole or not."""
    again = data.draw(st.integers(0, len(ids) - 1))
    doubled = [*ids[: again + 1], *ids[again:]]
    [finding] = sequence.walk(walk(doubled, limit), whole=False)
    assert finding.walk is not None
    assert finding.walk.duplicates == (again + 1,)
    assert sequence.walk(walk(doubled, limit), whole=False, changes=1) == []


def page_of(one, total):
    return replace(one, total=total)


def test_the_picture_of_a_walk_names_gaps() -> None:
    """Where one page ends before the next begins, the gap is where it ended."""
    pages = [page(TEN, 3, 0), page(TEN, 3, 5)]
    [finding] = sequence.walk([pages[0], pages[1]])
    assert finding.walk is not None
    assert finding.walk.gaps == (3,)
    assert [page.offset for page in finding.walk.pages] == [0, 5]


def test_changes_are_counted_by_what_moved() -> None:
    """Rows at the head, the total, an order: at least as many changes as can be seen."""
    before = [page(TEN, 5, 0)]
    assert sequence.changes(before, [page(TEN, 5, 0)]) == 0
    assert sequence.changes(before, [page([1, 2, *TEN], 5, 0)]) == 2
    assert sequence.changes(before, [page(TEN[1:], 5, 0)]) == 1
    assert sequence.changes(before, [page(TEN[:-3], 5, 0)]) == 3
    assert sequence.changes(before, [page([*TEN[1:5], TEN[0], *TEN[5:]], 5, 0)]) == 1
    assert sequence.changes([], before) == sequence.changes(before, []) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_rows_that_are_filed_elsewhere_are_counted(agents) -> None:
    """A row has another value at a place that rows are filtered by; one that went is not counted."""
    before, after = (
        first_page([{"id": at, "agent": pair[turn]} for at, pair in enumerate(agents)])
        for turn in (0, 1)
    )
    moved = sum(1 for here, there in agents if here != there)
    assert sequence.refiled([before], [after], ["/agent"]) == moved
    assert sequence.refiled([before], [after], []) == 0
    assert sequence.refiled([before], [], ["/agent"]) == 0


def test_rows_that_come_and_go_for_good_are_no_other_answer() -> None:
    """However many, and however fast; what returns, or is reordered, is."""
    answers = [page(list(range(first, first + 30)), 10, 0) for first in (5, 4, 1, 0)]
    assert sequence.repeats(answers, 0) == []
    assert sequence.repeats([*answers, answers[0]], 0)
    assert sequence.repeats([page([1, 2, 3], 3, 0), page([3, 1, 4], 3, 0)], 0)
    assert sequence.repeats([page([1, 2, 3], 3, 0), page([7, 8, 9], 3, 0)], 0)


def test_repeats_allow_as_many_turns_as_the_data_may_make() -> None:
    """One change among many answers is the data's; an answer that differs each time is not."""
    one, other = page(TEN, 3, 0), page(TEN[::-1], 3, 0)
    assert sequence.repeats([one, one, one], 0) == []
    assert sequence.repeats([one, other, other], 1) == []
    [finding] = sequence.repeats([one, other, one], 1)
    assert "2 times in 3 answers" in finding.actual
    reordered = page([102, 101, 103, *TEN[3:]], 3, 0)
    assert "another order" in sequence.repeats([one, reordered], 0)[0].actual


@given(LISTS, LIMITS, st.integers(1, 4), st.data())
def test_answers_are_as_far_apart_as_rows_that_came_and_went_make_them(
    ids, limit, changes, data
) -> None:
    """Rows that came at any places of the list make two answers that no fewer changes tell from a
    fault.
    """
    later = list(ids)
    for number in range(changes):
        later.insert(data.draw(st.integers(0, len(later))), -1 - number)
    one, other = page(later, limit, 0), page(ids, limit, 0)
    assert not sequence.apart(one, other, changes)
    assert not sequence.apart(other, one, changes)


@given(st.lists(st.integers(1, 10_000), unique=True, min_size=8), LIMITS, st.integers(1, 6))
def test_a_list_that_is_suddenly_empty_is_apart(ids, limit, changes) -> None:
    """All rows do not go and come back within moments."""
    assert sequence.apart(page([], limit, 0), page(ids, limit, 0), changes)


def test_the_same_rows_with_another_has_more_are_apart() -> None:
    """No row that moves changes the one without the other."""
    one = page(TEN, 4, 0)
    assert not sequence.apart(one, one, 1)
    assert sequence.apart(one, replace(one, has_more=not one.has_more), 9)


def test_an_order_that_comes_back_is_no_movement() -> None:
    """Two orders in turn break the promise, however few the answers."""
    there, back = page([1, 2, 3, 4, 5], 5, 0), page([5, 4, 3, 2, 1], 5, 0)
    [finding] = sequence.reverts([there, back, there], 2)
    assert finding.actual == "4 rows displaced, and back again in the next answer"
    assert sequence.reverts([there, there, back], 2) == []


def test_a_row_that_came_and_went_explains_itself() -> None:
    """One row that was there for one answer is within what may have moved."""
    usual, more = page([1, 2, 3, 4], 9, 0), page([9, 1, 2, 3, 4], 9, 0)
    assert sequence.reverts([usual, more, usual], 1) == []
    assert sequence.reverts([usual, more, usual], 0)


@given(IDS, st.integers(0, 5))
def test_insertions_displace_no_more_than_themselves(ids: list[int], count: int) -> None:
    """Rows inserted at the head are displaced, the others stand still."""
    inserted = [20_000 + number for number in range(count)]
    assert sequence.displaced(ids, [*inserted, *ids]) == count
    assert sequence.displaced(ids, ids[1:]) == 0


def test_an_empty_page_behind_a_short_one_counts_no_rows() -> None:
    """Pages that have numbers begin at whole pages: of 6 rows, the second page of 50 at row 50."""
    six = TEN[:6]
    fifties = [replace(page(six, 50, at), total=None) for at in (0, 50)]
    fours = [replace(page(six, 4, at), total=None) for at in (0, 4, 8)]
    assert sequence.same_length(fours, fifties) == []
    [finding] = sequence.same_length(fours[:1], fifties)
    assert finding.expected == "6 rows, as in 2 pages of 50"
    assert finding.actual == "4 rows in 1 pages"
