"""The sizes of pages with which a list is walked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.checks.test_pages import sizes_of_walks
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
