"""The region of a failure: found exactly where the budget allows, never claimed beyond what was
asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.experiments.regions import Interval, interval, interval_or_every_second

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("low", "high", "value", "words"),
    [
        (37, 37, 37, "limit 37 alone (holds at 36 and 38)"),
        (37, 41, 40, "limit 37 to 41 (holds at 36 and 42)"),
        (41, 45, 41, "limit 41 to 45 (holds at 40 and 46)"),
        (1, 100, 50, "any limit"),
        (60, 100, 73, "limit 60 and above (holds at 59)"),
        (1, 9, 2, "limit up to 9 (holds at 10)"),
        (64, 127, 100, "limit 64 and above (holds at 63)"),
        (99, 100, 100, "limit 99 and above (holds at 98)"),
        (2, 99, 50, "limit 2 to 99 (holds at 1 and 100)"),
        (20, 20, 20, "limit 20 alone (holds at 19 and 21)"),
    ],
)
def test_known_regions(low: int, high: int, value: int, words: str) -> None:
    """Ten known regions of an axis from 1 to 100, in the words of the report."""
    found = interval(value, 1, 100, lambda at: low <= at <= high, budget=40)
    assert found.words("limit") == words


@given(st.integers(0, 500), st.integers(0, 500), st.data())
def test_an_interval_is_found_whole(first: int, second: int, data: st.DataObject) -> None:
    """With questions enough both edges are exact, whatever the interval."""
    low, high = sorted((first, second))
    value = data.draw(st.integers(low, high))
    found = interval(value, 0, 500, lambda at: low <= at <= high, budget=100)
    assert (found.low, found.high) == (low, high)
    assert found.below == (None if low == 0 else low - 1)
    assert found.above == (None if high == 500 else high + 1)


@given(st.integers(0, 200), st.sets(st.integers(0, 200), max_size=40), st.integers(0, 12))
def test_nothing_is_claimed_that_was_not_asked(value: int, failing: set[int], budget: int) -> None:
    """The ends of the interval fail, its neighbours hold, and the budget is kept, whatever the
    region.
    """
    asked: list[int] = []

    def fails(at: int) -> bool:
        asked.append(at)
        return at in failing

    failing.add(value)
    found = interval(value, 0, 200, fails, budget)
    assert len(asked) <= budget
    assert {found.low, found.high} <= failing
    assert found.below not in failing
    assert found.above not in failing


def test_words_of_an_open_interval() -> None:
    """What nothing is known to hold beside is said to fail everywhere."""
    assert Interval(5, 9, None, None).words("offset") == "any offset"


@pytest.mark.parametrize(
    ("fails", "value", "words"),
    [
        (lambda at: at % 2 == 1, 37, "every second limit from 1 to 99"),
        (lambda at: at % 2 == 1 and at > 30, 37, "every second limit from 31 to 99"),
        (lambda at: at == 37, 37, "limit 37 alone (holds at 36 and 38)"),
        (lambda at: at in (37, 39), 37, "limit 37 alone (holds at 36 and 38)"),
        (lambda at: at > 36, 37, "limit 37 and above (holds at 36)"),
    ],
)
def test_every_second_value(fails: Callable[[int], bool], value: int, words: str) -> None:
    """A value that fails alone may be one of many; two of them may be chance."""
    assert interval_or_every_second(value, 1, 100, fails).words("limit") == words
