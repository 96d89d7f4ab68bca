"""Bodies indented without changing a token, and the lines of them that a finding names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.verdict.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.model import Finding

# Tokens stay as they were sent: a person must see a duplicate key, NaN or 1.0.
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_KEY = re.compile(r'^\s*"((?:\\.|[^"\\])*)": ?(.*?),?$')
_PLACE = re.compile(r"/[^\s:]*")
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
    """The lines that a finding names: by their place, by key and value, or by key alone."""
    if finding.at is not None:
        return frozenset(_at(lines, finding))
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


def _at(lines: list[str], finding: Finding) -> list[int]:
    """The lines at the place that a finding speaks of: the very one that it names, else all alike."""
    place = finding.at or ""
    named = _PLACE.match(finding.actual)
    exact, alike = [], []
    for index, path in enumerate(_places(lines)):
        pattern = re.sub(r"/\d+(?=/|$)", "/*", path)
        if named and path == named[0]:
            exact.append(index)
        if path and (pattern == place or pattern.endswith(f"/{place}")):
            alike.append(index)
    return exact[:1] or alike[:_MOST_MARKS]


def _places(lines: list[str]) -> Iterator[str]:
    """The JSON pointer of the value that each line of an indented body begins; empty for an end."""
    path: list[list[Any]] = []  # for each open object or list its key, and how many values it had
    for line in lines:
        text = line.strip()
        if text.rstrip(",") in _CLOSE:
            if path:
                path.pop()
            yield ""
            continue
        match = _KEY.match(line)
        if path and not match:
            key: Any = path[-1][1]
            path[-1][1] += 1
        else:
            key = match[1] if match else None
        names = [entry[0] for entry in path if entry[0] is not None]
        yield "".join(f"/{name}" for name in [*names, *([key] if key is not None else [])])
        if text.endswith(_OPEN):
            path.append([key, 0])


def names(text: str, finding: Finding) -> bool:
    """Whether a finding names a header, as a word of its own: `date` is no part of `date-time`."""
    if finding.at is not None:
        return finding.at.lower() == text.lower()
    said = f"{finding.actual} {finding.expected}".lower()
    return bool(re.search(rf"(?<![\w-]){re.escape(text.lower())}(?![\w-])", said))
