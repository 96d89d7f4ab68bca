"""What is tried in one request, and draws from a seed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.draws import drawing
from conformance.checks.grouping import grouped

NUMBERS = st.lists(st.integers(0, 9))


@given(NUMBERS)
def test_each_entry_is_in_one_group_that_it_could_join(numbers) -> None:
    """Of equal numbers none joins another; without such a rule there is one group."""
    groups = grouped(numbers, lambda group, number: number not in group)
    assert sorted(number for group in groups for number in group) == sorted(numbers)
    assert all(len(set(group)) == len(group) for group in groups)
    assert len(groups) == max(map(numbers.count, numbers), default=0)


def test_draws_are_those_of_the_seed_and_the_check() -> None:
    """Both regions, and a run that is repeated, draw the same."""
    assert drawing(1, "keys").random() == drawing(1, "keys").random()
    assert len({drawing(1).random(), drawing(2).random(), drawing(1, "keys").random()}) == 3
