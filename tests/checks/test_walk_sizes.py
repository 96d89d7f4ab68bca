"""The sizes of pages with which a list is walked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.lists import chosen_starts
from conformance.checks.test_pages import sizes_of_walks
from conformance.checks.windows import every_limit
from conformance.contract import load_contract
from conformance.contract.pagination.limit_offset import LimitOffset


@pytest.mark.parametrize("total", [1, 2, 20, 21, 61, 137, 599, 600, 5_000, 10**6])
def test_walks_ask_for_pages_that_are_allowed(total: int) -> None:
    """One is odd, and none larger than the largest page, however long the list is."""
    trait = load_contract().operations[0].pagination
    assert trait is not None
    sizes = sizes_of_walks(total, trait)
    assert all(1 <= size <= trait.maximum_size for size in sizes)
    assert any(size % 2 for size in sizes)


@pytest.mark.parametrize("total", [101, 230, 10**4])
def test_the_largest_size_is_not_walked_twice(total: int) -> None:
    """Where it is the default too, the first walk has another size: a smoke run makes one alone."""
    trait = load_contract().operations[0].pagination
    assert isinstance(trait, LimitOffset)
    sizes = sizes_of_walks(total, replace(trait, default_limit=trait.maximum_limit))
    assert trait.maximum_size not in sizes


@given(st.integers(1, 30), st.integers(0, 400), st.integers(1, 12), st.integers(0, 300) | st.none())
def test_of_many_pages_the_first_and_the_last_are_read(size, total, most, furthest) -> None:
    """All of a few; those alone that can be asked for."""
    trait = load_contract().operations[0].pagination
    assert isinstance(trait, LimitOffset)
    bounded = replace(trait, maximum_offset=furthest)
    every = range(size, total, size)
    can_be_asked = [start for start in every if furthest is None or start <= furthest]
    chosen = chosen_starts(bounded, size, every, most)
    if len(can_be_asked) < most:
        assert chosen == can_be_asked
    else:
        places = [can_be_asked.index(start) for start in chosen]
        gaps = sum(behind != before + 1 for before, behind in pairwise([-1, *places]))
        assert len(places) == most - 1
        assert gaps <= 1
        assert chosen[-1:] == can_be_asked[-1:][: most - 1]


def test_a_total_of_a_million_million_is_not_counted_out() -> None:
    """Eight pages of it are read, and no more are looked at."""
    trait = load_contract().operations[0].pagination
    assert isinstance(trait, LimitOffset)
    every = range(1, 10**12)
    assert chosen_starts(trait, 1, every, 8) == [1, 2, 3, 4, 10**12 - 3, 10**12 - 2, 10**12 - 1]
    assert chosen_starts(replace(trait, maximum_offset=2), 1, every, 8) == [1, 2]
    [(limit, start)] = every_limit(replace(trait, maximum_limit=1), [range(10**12)], 1)
    assert limit == 1
    assert 0 <= start < 10**12
