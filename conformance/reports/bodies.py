"""Bodies made readable without changing a token, and the part of them that a finding speaks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.verdict.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.model import Finding

# Tokens are kept as they came: a duplicate key, NaN or 1.0 is just what a person must see.
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_KEY = re.compile(r'^\s*"((?:\\.|[^"\\])*)": ?(.*?),?$')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_DEEPEST = 64
_OPEN, _CLOSE = ("{", "["), ("}", "]")
# A finding that speaks of more lines than this speaks of the body as a whole.
_MOST_MARKS = 8
_NO_VALUE = ("", "{", "[")


def pretty(body: str) -> list[str]:
    """The lines of a body; JSON is indented, anything else is left as it is."""
    if body.lstrip()[:1] not in ("{", "["):
        return without_controls(body).splitlines()
    return [without_controls(line) for line in _indented(_TOKEN.findall(body)) if line.strip()]


def _indented(tokens: list[str]) -> Iterator[str]:
    line, depth = "", 0
    for piece, following in zip(tokens, [*tokens[1:], ""], strict=True):
        if piece in _OPEN and following not in _CLOSE:
            depth = min(depth + 1, _DEEPEST)
            yield line + piece
            line = "  " * depth
        elif piece in _CLOSE and not line.endswith(_OPEN):
            depth = max(depth - 1, 0)
            yield line
            line = "  " * depth + piece
        elif piece == ",":
            yield line + piece
            line = "  " * depth
        else:
            line += ": " if piece == ":" else piece
    yield line


def marks(lines: list[str], finding: Finding) -> frozenset[int]:
    """The lines that a finding names: by key and value if it names both, else by key alone."""
    words = set(_WORD.findall(f"{finding.actual} {finding.expected}"))
    matches = [(place, match) for place, line in enumerate(lines) if (match := _KEY.match(line))]
    keyed = [(place, match[2]) for place, match in matches if match[1] in words]
    exact = [
        place
        for place, value in keyed
        if value not in _NO_VALUE and value.strip('"') in finding.actual
    ]
    for found in (exact, [place for place, _ in keyed]):
        if 0 < len(found) <= _MOST_MARKS:
            return frozenset(found)
    return frozenset()


def names(text: str, finding: Finding) -> bool:
    """Whether a finding names a header or a status."""
    return text.lower() in f"{finding.actual} {finding.expected}".lower()
