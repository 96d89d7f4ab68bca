"""A row of the table: what was measured, against what, and how far apart the measurements lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; `values` is what the target speaks of, `ours` and `theirs` what it was made
    of.
    """

    key: str
    what: str
    against: str
    target: float | None = None
    unit: str = "x"  # of the values; x: a ratio
    values: tuple[float, ...] = ()
    ours: tuple[float, ...] = ()
    theirs: tuple[float, ...] = ()
    side: str = "s"  # the unit of both sides
    commands: tuple[str, str] = ("", "")
    note: str = ""
    strict: bool = False  # the target itself is already too much

    @property
    def met(self) -> bool | None:
        """Whether the median meets the target; none where there is nothing to say."""
        if self.target is None or not self.values:
            return None
        return median(self.values) < self.target or (
            not self.strict and median(self.values) == self.target
        )

    def to_json(self) -> dict[str, Any]:
        """Every sample, and what it comes to."""
        found = {name: getattr(self, name) for name in self.__slots__}
        if self.values:
            found |= {
                "median": median(self.values),
                "min": min(self.values),
                "max": max(self.values),
            }
        return found | {"met": self.met}


@dataclass(slots=True)
class Sides:
    """Two sides measured in turn."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours by theirs, pair by pair: what disturbs the machine disturbs both of a pair."""
        return tuple(one / other for one, other in zip(self.ours, self.theirs, strict=True))

    @property
    def differences(self) -> tuple[float, ...]:
        """Ours less theirs, pair by pair."""
        return tuple(one - other for one, other in zip(self.ours, self.theirs, strict=True))


def in_turn(ours: Callable[[], float], theirs: Callable[[], float], times: int) -> Sides:
    """A B A B; what the first of each takes, with cold caches, is not counted."""
    ours(), theirs()
    found = Sides()
    for _ in range(times):
        found.ours.append(ours())
        found.theirs.append(theirs())
    return found
