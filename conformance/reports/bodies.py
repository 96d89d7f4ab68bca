"""Bodies indented without changing a token, and the lines of them that a finding names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.verdict.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.model import Finding

# Tokens stay as they were sent: a person must see a duplicate key, NaN or 1.0.
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_KEY = re.compile(r'^\s*"((?:\\.|[^"\\])*)": ?(.*?),?$')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_DEEPEST = 64
_OPEN, _CLOSE = ("{", "["), ("}", "]")
# A finding that names more lines than this is about the body as a whole.
_MOST_MARKS = 8
_NO_VALUE = ("", "{", "[")


def pretty(body: str) -> list[str]:
    """The lines of a body; JSON is indented, anything else is unchanged."""
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
    matches = [(index, match) for index, line in enumerate(lines) if (match := _KEY.match(line))]
    keyed = [(index, match[2]) for index, match in matches if match[1] in words]
    exact = [
        index
        for index, value in keyed
        if value not in _NO_VALUE and value.strip('"') in finding.actual
    ]

    for named in (exact, [index for index, _ in keyed]):
        if 0 < len(named) <= _MOST_MARKS:
            return frozenset(named)
    return frozenset()


def names(text: str, finding: Finding) -> bool:
    """Whether a finding names a header or a status."""
    return text.lower() in f"{finding.actual} {finding.expected}".lower()
