"""Values of a Hypothesis strategy, drawn before anything is sent, the same for the same seed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
# Hypothesis parses source code, and CPython may not in two threads at once.
GENERATION = threading.RLock()


def draw(strategy: SearchStrategy[T], count: int, start: int) -> list[T]:
    """Up to `count` values. Drawing is pure, so that both regions can be asked the same, all at once."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    found: list[T] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    with GENERATION:
        collect()
    return found
