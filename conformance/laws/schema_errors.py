"""The first errors of a large body: a validator lists them all, and of a page of thousands of rows
that is hundreds of thousands.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

FEW = 50  # items of a list that are looked at before the rest


def first_errors(validator: Any, value: Any, most: int) -> list[Any]:
    """At most so many errors of a value that is not valid, the early rows' first."""
    short, cut = _shortened(value)
    if cut:
        errors = [
            error for error in validator.iter_errors(short) if tuple(error.instance_path) not in cut
        ]
        if errors:
            return errors[:most]
    return list(islice(validator.iter_errors(value), most))


def _shortened(value: Any) -> tuple[Any, set[tuple[str, ...]]]:
    """A body with the long lists at its root and in its members cut, and where that was.

    What a cut list is told about its own length says nothing of the whole.
    """
    if isinstance(value, list) and len(value) > FEW:
        return value[:FEW], {()}
    if not isinstance(value, dict):
        return value, set()

    cut = {name for name, rows in value.items() if isinstance(rows, list) and len(rows) > FEW}
    short = {name: rows[:FEW] if name in cut else rows for name, rows in value.items()}
    return short, {(name,) for name in cut}
