"""Strict JSON: what a body says, or why it says nothing (RFC 8259)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

MOST_DIGITS = 308  # of an integer that a double can hold at all (RFC 8259 6)
# Levels of arrays and objects: readers of JSON commonly stop at 64 to 1,000 (RFC 8259 9).
MOST_LEVELS = 128
_CONTINUING = bytes(range(0x80, 0xC0))  # octets of UTF-8 within a character
_ASTRAL = re.compile(rb"[\xf0-\xf7]")
_QUOTE = ord('"')
FEW = 10_000  # values that cost so little that an estimate does
VALUE = 100  # bytes that a value of JSON takes once it is parsed
# A text, or what begins a value. Possessive: it never goes back, so it remembers nothing.
_PARTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[,{\[]', re.DOTALL)
_FIRST = re.compile(rb"\s*+[{\[]")
_MAY_BE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_MANY_DIGITS = re.compile(rb"[0-9]{%d}" % (MOST_DIGITS + 1))


class DuplicateKey(ValueError):
    """A JSON object that names a key twice (RFC 8259 4)."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey("an object names a key twice")
    return found


def _spelled_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same with keys that are text: what is compiled to judge a value cannot read half of a
    surrogate pair in one.
    """
    return _pairs(
        [(key.encode("utf-8", "backslashreplace").decode(), value) for key, value in pairs]
    )


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _integer(text: str) -> int:
    """An integer; to read one of millions of digits would take minutes, and no reader keeps it."""
    digits = len(text.lstrip("-"))
    if digits > MOST_DIGITS:
        raise ValueError(f"an integer of {digits:,} digits, which no double holds (RFC 8259 6)")
    return int(text)


def json_values(body: bytes, most: int | None = None) -> int:
    """How many values a body holds if it is JSON, by its commas and brackets; beyond `most` it does
    not count on.

    It parses nothing, for a body of millions of rows takes gigabytes once it is parsed. Commas of
    texts count only where there are few enough not to matter.
    """
    if not _FIRST.match(body):
        return 0
    count = _marks(body)
    if count <= FEW:
        return count
    values = (part for part in _PARTS.finditer(body) if body[part.start()] != _QUOTE)
    return sum(1 for _ in islice(values, None if most is None else most + 1))


def _marks(body: bytes) -> int:
    return body.count(b",") + body.count(b"{") + body.count(b"[")


def weight(body: bytes) -> int:
    """The bytes that a body takes here, as it came and parsed, by estimate."""
    return 2 * len(body) + VALUE * json_values(body)


def decoded_size(body: bytes) -> int:
    """The bytes that a body takes as a text: one character of four octets makes it four for each."""
    if body.isascii():
        return len(body)
    width = 4 if _ASTRAL.search(body) else 2
    return width * len(body.translate(None, _CONTINUING))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A body read as JSON: its value, or what is wrong with it; and whether a number in it is no
    integer.
    """

    value: Any = None
    problem: str | None = None
    fractions: bool = False


def strict_json(body: bytes) -> Parsed:
    """Parse as RFC 8259 demands: UTF-8, no NaN or Infinity, no key twice."""
    seen: list[str] = []

    def fraction(text: str) -> float:
        seen.append(text)
        return float(text)

    # The hook is called for each integer, and only a long run of digits is worth that.
    integer = _integer if _MANY_DIGITS.search(body) else None
    decoder = json.JSONDecoder(
        object_pairs_hook=_spelled_pairs if _MAY_BE_HALF.search(body) else _pairs,
        parse_constant=_constant,
        parse_float=fraction,
        parse_int=integer,
    )
    try:
        value = decoder.decode(body.decode("utf-8"))
        if body.count(b"[") + body.count(b"{") > MOST_LEVELS and _is_too_deep(value):
            return Parsed(problem=f"nested over {MOST_LEVELS} levels deep (RFC 8259 9)")
        return Parsed(value, None, bool(seen))
    except UnicodeDecodeError as error:
        return Parsed(problem=f"not UTF-8: byte {error.start}")
    except (ValueError, RecursionError) as error:
        return Parsed(problem=str(error) or "not JSON")


def _is_too_deep(value: Any) -> bool:
    """Whether a value has more levels than a function that calls itself should follow."""
    level = [value]
    for _ in range(MOST_LEVELS):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True
