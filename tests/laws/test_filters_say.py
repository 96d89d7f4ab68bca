"""What the laws of filters say where they are broken, word by word, and how much is let pass."""

from __future__ import annotations

import pytest

from conformance.laws import filters as laws
from conformance.laws.finding import Finding
from tests.support.lists import exchange, proven
from tests.support.lists import first_page as page

ROWS = [{"id": at, "agent_id": at % 2} for at in range(6)]
ODD = [ROWS[1], ROWS[3], ROWS[5]]
WHOLE = proven(page(ROWS), "whole")


def part(rows, **lies):
    return proven(page(rows, **lies), "part")


def test_rows_of_another_value_are_said_three_at_most() -> None:
    """Each with the value it has, or with none."""
    seen = part([{"id": 1, "agent_id": 7}, {"id": 2}, *ODD, {"id": 3, "agent_id": "1"}, {"id": 4}])
    wanted = [
        Finding("only rows with /agent_id 1", f"a row with {value}", seen.shown)
        for value in ("7", "none", "'1'")
    ]
    assert laws.only([seen], "/agent_id", 1) == wanted


def test_rows_missing_and_rows_too_many_are_counted_apart() -> None:
    """One lost and two of nowhere are three changes, not one."""
    seen = part([*ODD[1:], {"id": 98, "agent_id": 1}, {"id": 99, "agent_id": 1}])
    text = "4 rows, 1 missing, 2 that should not be there"
    shown = seen.shown + WHOLE.shown
    wanted = Finding("the 3 rows with /agent_id 1 of the whole list", text, shown)
    assert laws.complete([seen], [WHOLE], "/agent_id", 1) == [wanted]
    assert laws.complete([seen], [WHOLE], "/agent_id", 1, changes=2) == [wanted]
    assert laws.complete([seen], [WHOLE], "/agent_id", 1, changes=3) == []


def test_the_head_that_a_filtered_list_should_begin_with_is_counted() -> None:
    """How many rows were due, how many are missing."""
    seen = part(ODD[1:], more=True)
    wanted = Finding(
        "to begin with the 2 first rows of 1 in the whole list",
        "1 of them missing, or another order",
        seen.shown + WHOLE.shown,
    )
    assert laws.begins_as([seen], [WHOLE], "/agent_id", 1) == [wanted]


def test_of_parts_that_do_not_add_up_each_is_shown() -> None:
    """Any of them may be the wrong one; the largest, which is likely to be, comes first."""
    parts = {0: proven(page([], total=2), "small"), 1: part([], total=9)}
    wanted = Finding(
        "total 6, the unfiltered one",
        "totals of 2 values add up to 11",
        WHOLE.shown + parts[1].shown + parts[0].shown,
    )
    assert laws.adds_up(parts, WHOLE) == [wanted]


def test_one_turn_of_the_order_is_a_finding() -> None:
    """A row before its predecessor is a turn; the same row again is none, and strangers are left
    out.
    """
    seen = part([ODD[1], {"id": 99, "agent_id": 1}, ODD[0], ODD[0], ODD[2]])
    wanted = Finding(
        "the order of the whole list",
        "another order: 1 of 4 rows come before one that the whole list has first",
        seen.shown + WHOLE.shown,
    )
    assert laws.same_order([seen], [WHOLE]) == [wanted]
    assert laws.same_order([part([ODD[0], ODD[0], ODD[2]])], [WHOLE]) == []


def test_what_came_for_a_value_that_matches_nothing_is_counted() -> None:
    """The rows and the total of a page; the status alone where there is none."""
    full, wrong = exchange(200), exchange(400)
    expected = "no rows and total 0, or 404, for agent_id=5"
    assert laws.nothing(page(ODD, total=4), full, "agent_id=5") == [
        Finding(expected, "status 200, 3 rows, total 4", (full,))
    ]
    assert laws.nothing(None, wrong, "agent_id=5") == [Finding(expected, "status 400", (wrong,))]


@pytest.mark.parametrize("value", ["1 OR 1=1", "A" * 61])
def test_what_a_hostile_value_brought_is_said(value) -> None:
    """The value, cut at 60 characters, and three at most of those that the rows have."""
    answer, failed = exchange(200), exchange(500)
    what = f"agent_id filtered by {value[:60]!r}"
    seen = page([{"id": at, "agent_id": at} for at in (4, 2, 3, 1)], total=9)
    wanted = Finding(
        f"400, or no rows of others, for {what}", "4 rows of 1, 2, 3, total 9", (answer,)
    )
    assert laws.narrow(seen, answer, "/agent_id", value) == [wanted]
    wanted = Finding(f"no 5xx for {what}", "status 500", (failed,))
    assert laws.narrow(None, failed, "/agent_id", value) == [wanted]
