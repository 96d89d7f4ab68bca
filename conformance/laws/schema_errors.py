"""The first errors of a large body: a validator lists them all, and of a page of thousands of rows
that is hundreds of thousands; each of them quotes what it is about, be that a text of megabytes.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

FEW = 50  # items of a list that are looked at before the rest
LONG = 10_000  # characters of a text that are looked at before the rest


def first_errors(validator: Any, value: Any, most: int) -> list[Any]:
    """At most so many errors of a value that is not valid, the early rows' first."""
    few, cut = _shortened(value)
    short = _with_short_texts(few)
    if cut or short != few:
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


def _with_short_texts(value: Any) -> Any:
    """A body with its long texts cut: what is wrong with one shows in its beginning, as a rule."""
    if isinstance(value, str):
        return value[:LONG]
    if isinstance(value, list):
        return [_with_short_texts(each) for each in value]
    if isinstance(value, dict):
        return {name[:LONG]: _with_short_texts(each) for name, each in value.items()}
    return value
