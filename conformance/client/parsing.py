"""Strict JSON: what a body says, or why it says nothing (RFC 8259)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

MOST_DIGITS = 308  # of an integer that a double can hold at all (RFC 8259 6)
FEW = 10_000  # values that cost so little that an estimate does
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MANY_DIGITS = re.compile(rb"[0-9]{%d}" % (MOST_DIGITS + 1))


class DuplicateKey(ValueError):
    """A JSON object that names a key twice (RFC 8259 4)."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey("an object names a key twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _integer(text: str) -> int:
    """An integer; to read one of millions of digits would take minutes, and no reader keeps it."""
    digits = len(text.lstrip("-"))
    if digits > MOST_DIGITS:
        raise ValueError(f"an integer of {digits:,} digits, which no double holds (RFC 8259 6)")
    return int(text)


def json_values(body: bytes) -> int:
    """How many values a body holds if it is JSON, by its commas and brackets.

    It parses nothing, for a body of millions of rows takes gigabytes once it is parsed. Commas of
    texts count only where there are few enough not to matter.
    """
    if body.lstrip()[:1] not in (b"{", b"["):
        return 0
    count = _marks(body)
    return count if count <= FEW else _marks(_TEXT.sub(b"", body))


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
        object_pairs_hook=_pairs,
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
