"""Where a failure is: the interval of a value in which it fails, found with few questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET = 18  # questions for each axis

SEVERAL = 2  # steps that are no chance


class Exhausted(Exception):
    """The budget of questions is used up."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Values in which something fails: from `low` to `high`, both known to fail.

    `below` and `above` are the nearest values that are known to hold; None where the axis ends
    there, or where nothing held up to its end. Of a `step` of 2 every second value fails.
    """

    low: int
    high: int
    below: int | None
    above: int | None
    step: int = 1

    @property
    def everywhere(self) -> bool:
        """Whether nothing is known to hold on either side."""
        return self.below is None and self.above is None

    def words(self, name: str) -> str:
        """The interval in words, with the values beside it that hold."""
        if self.step > 1:
            return f"every second {name} from {self.low} to {self.high}"
        if self.everywhere:
            return f"any {name}"
        if self.above is None:
            return f"{name} {self.low} and above (holds at {self.below})"
        if self.below is None:
            return f"{name} up to {self.high} (holds at {self.above})"
        if self.low == self.high:
            return f"{name} {self.low} alone (holds at {self.below} and {self.above})"
        return f"{name} {self.low} to {self.high} (holds at {self.below} and {self.above})"


def interval(
    value: int, lowest: int, highest: int, fails: Callable[[int], bool], budget: int = BUDGET
) -> Interval:
    """The interval around a value that fails, between the ends of its axis.

    Steps away from the value are doubled until one holds, then halved; where the budget ends, what
    is known so far is returned. Each answer of `fails` counts as one question.
    """
    left = [budget]

    def ask(at: int) -> bool:
        if left[0] == 0:
            raise Exhausted
        left[0] -= 1
        return fails(at)

    low, below = _edge(value, lowest, -1, ask)
    high, above = _edge(value, highest, 1, ask)
    return Interval(low, high, below, above)


def interval_or_every_second(
    value: int, lowest: int, highest: int, fails: Callable[[int], bool]
) -> Interval:
    """The interval around a value that fails; where it fails alone, the interval of every second value
    if several of those do.
    """
    found = interval(value, lowest, highest, fails)
    if found.low < found.high or None in (found.below, found.above):
        return found
    lower, upper = (value - lowest) // 2, (highest - value) // 2
    every = interval(0, -lower, upper, lambda index: fails(value + 2 * index))
    if every.high - every.low < SEVERAL:
        return found
    return Interval(value + 2 * every.low, value + 2 * every.high, found.below, found.above, 2)


def _edge(value: int, end: int, way: int, fails: Callable[[int], bool]) -> tuple[int, int | None]:
    """The last value on one side that is known to fail, and the first behind it that is known to
    hold.
    """
    failing, holding, step = value, None, 1

    try:
        while failing != end and holding is None:
            candidate = failing + way * step
            candidate = min(candidate, end) if way > 0 else max(candidate, end)
            if fails(candidate):
                failing, step = candidate, step * 2
            else:
                holding = candidate
        while holding is not None and abs(holding - failing) > 1:
            middle = (failing + holding) // 2
            if fails(middle):
                failing = middle
            else:
                holding = middle
    except Exhausted:
        pass

    return failing, holding
