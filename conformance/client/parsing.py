"""Strict JSON: what a body says, or why it says nothing (RFC 8259)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class DuplicateKey(ValueError):
    """A JSON object that names a key twice (RFC 8259 4)."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey("an object names a key twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


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

    decoder = json.JSONDecoder(
        object_pairs_hook=_pairs, parse_constant=_constant, parse_float=fraction
    )
    try:
        return Parsed(decoder.decode(body.decode("utf-8")), None, bool(seen))
    except UnicodeDecodeError as error:
        return Parsed(problem=f"not UTF-8: byte {error.start}")
    except (ValueError, RecursionError) as error:
        return Parsed(problem=str(error) or "not JSON")
