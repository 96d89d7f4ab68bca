"""What a run may ask of a region, and hold of its answers."""

from __future__ import annotations

import pytest

from conformance.client.budget import LARGE, Budget, Spent


def test_small_answers_are_not_counted() -> None:
    """A run keeps as many ordinary answers as it asks for."""
    budget = Budget(held=10 * LARGE)
    for _ in range(1_000):
        budget.hold(LARGE - 1)


def test_large_answers_have_a_room() -> None:
    """Past it the run asks no further, and says what came."""
    budget = Budget(held=3 * LARGE)
    for _ in range(3):
        budget.hold(LARGE)
    with pytest.raises(Spent, match="sent 4 answers of over 1 MB, 4 MB in all once parsed"):
        budget.hold(LARGE)
