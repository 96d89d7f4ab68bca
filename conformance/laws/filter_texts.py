"""The values that rows are filtered by, as a query writes them."""

from __future__ import annotations

from typing import Any

from conformance.contract import pointer

# Forms of a boolean that one parser or another takes (YAML 1.1, HTML forms, SQL).
FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "y", "on", "t"), "true"),
    **dict.fromkeys(("false", "0", "no", "n", "off", "f"), "false"),
}


def value_of(row: Any, place: str) -> Any:
    """The value at a place of a row; a boolean as the word that JSON has for it."""
    value = pointer.get(row, place)
    return str(value).lower() if type(value) is bool else value


def flag_of(text: str) -> str | None:
    """The boolean that a lenient parser takes a text for; none where it takes it for none."""
    return FLAGS.get(text.strip().lower())


def are_flags(texts: set[str]) -> bool:
    """Whether these are all booleans."""
    return bool(texts) and texts <= set(FLAGS.values())
