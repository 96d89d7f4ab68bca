"""Values that a filter is known to match, from the rows that were seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.checks.lists import longest
from conformance.contract import pointer

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender

NO_SUCH = 2_000_000_011  # an integer of 32 bits that no account numbers anything with


def values(sender: Sender, place: str) -> list[Any]:
    """The values at a place, the most frequent first, ties by value: the same for the same rows."""
    counts = Counter(
        found
        for page in longest(sender).pages
        for row in page.rows
        if type(found := pointer.get(row, place)) in (int, str) and found != ""
    )
    return sorted(counts, key=lambda value: (-counts[value], str(value)))


def unmatched(context: Context) -> list[tuple[str, Any]]:
    """For each filter a value of its type that no account has."""
    kinds = {one["name"]: (one.get("schema") or {}).get("type") for one in context.operation.parameters}
    return [
        (name, NO_SUCH if kinds.get(name) in ("integer", "number") else "no-such-value")
        for name in context.operation.filters
    ]


def telling(found: list[Any], most: int) -> list[Any]:
    """Some values: the most and the least frequent, and those whose text lies within another's."""
    texts = [str(value) for value in found]
    alike = [
        value
        for value, text in zip(found, texts, strict=True)
        if any(text != other and text in other for other in texts)
    ]
    return list(dict.fromkeys([*found[:1], *alike, *found[-1:], *found]))[:most]
