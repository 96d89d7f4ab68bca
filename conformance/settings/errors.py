"""What is wrong with a setting.

Exception
├── ConfigError     a whole sentence: where the value stands, what is wrong, what to do
└── InvalidValue    a part of one, raised where the place of the value is not known
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60  # characters of a value that a message repeats


class ConfigError(Exception):
    """A setting that cannot be used; the text is one sentence that starts with its place."""


class InvalidValue(ValueError):
    """A value that an option cannot take; the text says why and does not name the option."""


def quoted(value: object) -> str:
    """A value as a message repeats it: one line, bounded, without what a URL may hold of a
    credential.
    """
    match value:
        case bool():
            return str(value).lower()
        case str():
            return repr(_bounded(_without_credentials(value)))
        case list() | tuple():
            return "a list"
        case dict():
            return "a table"
    return _bounded(str(value))


def suggestion(word: str, known: Iterable[str], prefix: str = "") -> str:
    """` Did you mean X?` for the closest known word, or nothing.

    All words have the prefix; that they share it makes none of them closer.
    """
    rests = [candidate.removeprefix(prefix) for candidate in known]
    close = get_close_matches(word.removeprefix(prefix), rests, 1)
    return f" Did you mean {prefix}{close[0]}?" if close else ""


def _without_credentials(text: str) -> str:
    """A text without the parts in which a URL may hold some: before an @, and in query and
    fragment.
    """
    _, at, text = text.rpartition("@")
    base = re.split("[?#]", text, maxsplit=1)[0]
    return ("…@" if at else "") + base + ("…" if base != text else "")


def _bounded(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
