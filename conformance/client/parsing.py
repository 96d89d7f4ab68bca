"""Strict JSON: what a body says, or why it says nothing (RFC 8259)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

MOST_DIGITS = 308  # of an integer that a double can hold at all (RFC 8259 6)
_QUOTE = ord('"')
FEW = 10_000  # values that cost so little that an estimate does
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
        return Parsed(decoder.decode(body.decode("utf-8")), None, bool(seen))
    except UnicodeDecodeError as error:
        return Parsed(problem=f"not UTF-8: byte {error.start}")
    except (ValueError, RecursionError) as error:
        return Parsed(problem=str(error) or "not JSON")
