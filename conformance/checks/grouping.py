"""What can be tried in one request, because no part of it stands in the way of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")


def grouped(
    entries: Iterable[T], can_join: Callable[[Sequence[T], T], bool]
) -> list[tuple[T, ...]]:
    """Each entry in the first group that it can join, in order; one that can join none begins
    another.
    """
    groups: list[list[T]] = []
    for entry in entries:
        group = next((found for found in groups if can_join(found, entry)), None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    return [tuple(group) for group in groups]
