"""Text from servers, made safe to show: what cannot be seen is spelled out, what is long is cut."""

from __future__ import annotations

import re

# Controls, line separators, and the marks that reorder or hide what follows them (Unicode TR 36,
# 2.10).
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Spell out what a terminal would obey or hide; the result is one line."""
    return _INVISIBLE.sub(_spelled, text)


def visible_lines(text: str) -> list[str]:
    """The lines of a text, each made visible."""
    return [visible(line) for line in re.split("\r\n|\n|\r", text)]


def without_controls(text: str) -> str:
    """Spell out control characters but keep lines and tabs: for places that show text as
    it came.
    """
    return _CONTROLS.sub(_spelled, text.replace("\r\n", "\n"))


def cut(text: str, most: int) -> str:
    """Shorten a text to `most` characters, and say so with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def counted(number: int, noun: str) -> str:
    """A count with its noun: `1 page`, `2 pages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def evidence(name: str, count: int) -> str:
    """A count of evidence in words: `1 last page`, `47 rows compared`."""
    words = name.split("_")
    for place in (-1, 0) if count == 1 else ():
        if words[place].endswith("s"):
            words[place] = re.sub("ie$", "y", words[place][:-1])
            break
    return f"{count:,} {' '.join(words)}"


def duration(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"


def joined(names: list[str], most: int = 3) -> str:
    """Some names, and how many were left out."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _spelled(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    return _NAMED.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
