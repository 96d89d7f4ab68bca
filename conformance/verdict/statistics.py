"""How rare a fault may be and still have been seen: a bound from the number of observations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIDENCE = 0.95


def observations_of(evidence: Mapping[str, int], needed: Mapping[str, int]) -> int:
    """How many observations of a requirement could have failed: those of the kind that its
    catalogue entry names first, or without one all of them.
    """
    for kind in needed:
        return evidence.get(kind, 0)
    return sum(evidence.values())


def detectable_rate(observations: int) -> float | None:
    """The rate of a random fault that so many independent observations would have shown with 95 %.

    None without observations. About 3/n ("rule of three", Hanley and Lippman-Hand, JAMA 1983).
    """
    if observations < 1:
        return None
    return -math.expm1(math.log1p(-CONFIDENCE) / observations)


def observations_for(rate: float) -> int:
    """How many observations show a fault of this rate with 95 %; `rate` is above 0 and below 1."""
    return math.ceil(math.log1p(-CONFIDENCE) / math.log1p(-rate))


def in_words(rate: float) -> str:
    """A rate as a person reads it: `2.9 %`."""
    percent = 100 * rate
    digits = 0 if percent >= 10 else 1 if percent >= 1 else 2
    return f"{percent:.{digits}f} %"
