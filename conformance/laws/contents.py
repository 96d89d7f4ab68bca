"""The law that a row reads the same wherever it is listed (PAG-07, PAG-01, FIL-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.client.exchange import Exchange


def differing(one: Any, other: Any, names: Iterable[str]) -> list[str]:
    """The named properties that two readings of a row both have, with different values."""
    if one == other or not (isinstance(one, dict) and isinstance(other, dict)):
        return []
    return [name for name in names if name in one and name in other and one[name] != other[name]]


def same_everywhere(
    identity: Any,
    readings: tuple[Sequence[Any], Sequence[Any]],
    names: Iterable[str],
    windows: tuple[Exchange, Exchange],
) -> list[Finding]:
    """A property of a row has one value, whichever of two windows is asked for.

    `readings` are the rows as each window had them, asked by turns. What each window repeats, and
    the other contradicts every time, is no change of the data; what changes within a window is.
    """
    first, second = readings
    if not first or not second:
        return []
    for name in differing(first[0], second[0], names):
        if _is_steady(first, name) and _is_steady(second, name):
            expected = (
                f"row {identity!r} with {name} {first[0][name]!r}, as the other window has it"
            )
            note = f"asked by turns: {_query(windows[0])} and {_query(windows[1])}"
            actual = f"{name} {second[0][name]!r}"
            return [Finding(expected, actual, (windows[1], windows[0]), note=note)]
    return []


def reverted(
    identity: Any,
    readings: tuple[Any, Any, Any],
    names: Iterable[str],
    updated: str | None,
    shown: tuple[Exchange, ...],
) -> list[Finding]:
    """PAG-08: a row that changed reads again as it did before, its time of update included.

    `readings` are the row before, between and after; `updated` is the JSON Pointer to the time of
    its last update, without which nothing tells a fault from a value that was set and set back.
    """
    before, between, after = readings
    times = [pointer.get(row, updated) for row in readings] if updated else []
    if not times or times[0] is None or len(set(map(str, times))) > 1 or before != after:
        return []
    for name in differing(before, between, names):
        expected = f"row {identity!r} with {name} {before[name]!r}, as before and after"
        actual = f"{name} {between[name]!r}, and no later time of update"
        return [Finding(expected, actual, shown)]
    return []


def _is_steady(rows: Sequence[Any], name: str) -> bool:
    return all(not differing(rows[0], row, (name,)) for row in rows)


def _query(exchange: Exchange) -> str:
    _, _, query = exchange.request.target.partition("?")
    return f"?{query}" if query else "no query"
