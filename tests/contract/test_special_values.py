"""Sizes to which a document gives a meaning of their own."""

from __future__ import annotations

import pytest

from conformance.contract.special_values import means


@pytest.mark.parametrize(
    ("parameter", "value", "is_special"),
    [
        ({"description": "How many. -1 returns all."}, -1, True),
        ({"description": "Use 0 to disable paging."}, 0, True),
        ({"schema": {"description": "No limit if 0"}}, 0, True),
        ({"schema": {"minimum": -1}}, -1, True),
        ({"schema": {"enum": [-1, 10, 50]}}, -1, True),
        ({"description": "How many. -1 returns all."}, 0, False),
        ({"description": "How many. -1 returns all."}, -100, False),
        ({"description": "Returns all. At least 0."}, 0, False),
        ({"description": "All pages, zero-based (0-based)."}, 0, False),
        ({"description": "All of 1.0 and 10."}, 0, False),
        ({"schema": {"minimum": 0}}, 0, False),
        ({}, -1, False),
        ({"schema": True}, -1, False),
    ],
)
def test_a_description_or_a_bound_gives_it(parameter, value, is_special) -> None:
    """Where it speaks of all rows in one sentence with the number; a bound of -1 has no other sense."""
    assert means(parameter, value) is is_special
