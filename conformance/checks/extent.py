"""In which windows a failure is found again: on each axis, the interval around the one that failed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.checks.experiments.asks import axis_names
from conformance.checks.experiments.regions import interval_or_every_second
from conformance.checks.lists import paging
from conformance.events.model import Fails

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.context import Sender
    from conformance.checks.experiments.asks import Ask
    from conformance.contract.pagination import Pagination


def extent(
    sender: Sender, ask: Ask, total: int, fails: Callable[[Ask], bool]
) -> tuple[str, tuple[Fails, ...]]:
    """Where an ask of a list of so many rows fails, in words and by axis: the interval of each, the
    others as they were.
    """
    trait = paging(sender.context)
    names = axis_names(sender.context)
    ends = {"size": (1, trait.maximum_size), "start": (0, max(total - 1, 0))}
    words, known = [], []

    for axis in names:
        lowest, highest = ends[axis]
        value = _value(ask, axis, trait)
        if not lowest <= value <= highest:
            continue

        def is_wrong(at: int, axis: str = axis) -> bool:
            return fails(replace(ask, size=at) if axis == "size" else replace(ask, start=at))

        found = interval_or_every_second(value, lowest, highest, is_wrong)
        words.append(found.words(names[axis]))
        ends_list = found.high + _other(ask, axis, trait) == total
        known.append(
            Fails(names[axis], found.low, found.high, lowest, highest, found.step, ends_list)
        )

    words += [f"{name}={value}" for name, value in ask.filters]
    if ask.client:
        words.append(f"with {ask.client.name}")
    return ", ".join(words), tuple(known)


def _value(ask: Ask, axis: str, trait: Pagination) -> int:
    """Where an ask is on an axis; what it leaves out has its default."""
    value: int | None = getattr(ask, axis)
    if value is not None:
        return value
    return trait.default_size if axis == "size" else 0


def _other(ask: Ask, axis: str, trait: Pagination) -> int:
    return _value(ask, "start" if axis == "size" else "size", trait)
