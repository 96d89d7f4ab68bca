"""What the values of a query parameter may be taken for.

Where the documentation leaves the meaning of a value open, several readings are allowed
(requirements, Decision 2): refused with 400, taken for the documented default, clamped to the
documented bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from conformance.contract.pagination import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.pagination import Parameter

CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)")
# What a lenient parser takes for an integer although the grammar of one does not allow it: `+10`, `
# 10`, `010`, `10.0`, `1e1`, `1_0`, `0x0a`, digits of another script.
LENIENT = re.compile(r"\s*[+-]?(?:0[xX][0-9a-fA-F]+|[\d_,']+(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*")
# What parsers of C, JavaScript, PHP and Ruby read of a text that goes on otherwise: 1 of `1.5`, 5 of `5abc`.
BEGINNING = re.compile(r"\s*([+-]?[0-9]{1,18})")
LARGE = 2**31 - 1  # the largest value that every integer type holds
NINE_DIGITS = 10**9 - 1  # a common bound on what is read as a number at all
MOST_DIGITS = 400  # more digits than any number that a server could mean


class Kind(StrEnum):
    """The class of what was given for a parameter."""

    MISSING = "missing"
    WITHIN = "within its bounds"
    ABOVE = "above its maximum"
    BELOW = "below its minimum"
    HUGE = "beyond 31 bits"
    LENIENT = "a lenient form of an integer"
    EMPTY = "empty"
    OTHER = "no integer"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parameter may be taken for: any of `values`, or where `refused` a refusal is allowed
    too.

    `beyond`: it may also be taken as it stands, far beyond every list, which gives no rows.
    """

    kind: Kind
    values: frozenset[int]
    refused: bool
    beyond: bool = False

    @property
    def documented(self) -> bool:
        """Whether the documentation says what the answer is."""
        return self.kind in (Kind.MISSING, Kind.WITHIN)


def read_parameter(
    texts: Sequence[str], parameter: Parameter, *, by_beginning: bool = False
) -> Reading:
    """What the values given for an integer parameter, in their order, may be taken for.

    `by_beginning`: a text may be taken for the number that it begins with, for the document does
    not foresee that anything is refused.
    """
    default = parameter.default or 0
    if not texts:
        return Reading(Kind.MISSING, frozenset({default}), refused=False)
    if len(texts) == 1:
        return _read_one(texts[0], parameter, default, by_beginning)

    single = [_read_one(text, parameter, default, by_beginning) for text in texts]
    values = frozenset(value for reading in single for value in reading.values)
    return Reading(Kind.REPEATED, values, True, any(reading.beyond for reading in single))


def _read_one(text: str, parameter: Parameter, default: int, by_beginning: bool) -> Reading:
    if not text.strip():
        return Reading(Kind.EMPTY, frozenset({default}), refused=True)

    if CANONICAL.fullmatch(text):
        return _read_integer(int(text[:MOST_DIGITS]), parameter, default)

    begun = BEGINNING.match(text) if by_beginning else None
    values = _read_integer(int(begun[1]), parameter, default).values if begun else frozenset()
    number = lenient_integer(text)
    if number is None:
        return Reading(Kind.OTHER, values | {default}, refused=True)
    taken = _read_integer(number, parameter, default)
    return Reading(Kind.LENIENT, taken.values | values | {default}, True, taken.beyond)


def _read_integer(number: int, parameter: Parameter, default: int) -> Reading:
    lowest = parameter.minimum if parameter.minimum is not None else number
    highest = parameter.maximum if parameter.maximum is not None else max(number, LARGE)

    if number < lowest:
        return Reading(Kind.BELOW, _clamped_from_below(parameter, default), refused=True)
    if number > LARGE:
        clamped = frozenset({default} if parameter.maximum is None else {default, highest})
        return Reading(Kind.HUGE, clamped, True, beyond=parameter.role is not Role.SIZE)
    if number > highest:
        return Reading(Kind.ABOVE, frozenset({highest}), refused=True)
    return Reading(Kind.WITHIN, frozenset({number}), refused=number > NINE_DIGITS)


def _clamped_from_below(parameter: Parameter, default: int) -> frozenset[int]:
    """The default, the bound; a size below 1 may also give nothing (requirements, Decision 2)."""
    bound = parameter.minimum or 0
    if parameter.role is Role.SIZE:
        return frozenset({default, 0, max(bound, 1)})
    return frozenset({default, bound})


def lenient_integer(text: str) -> int | None:
    """The integer that a lenient parser could take a text for; None where none could."""
    if len(text) > MOST_DIGITS or not LENIENT.fullmatch(text):
        return None

    plain = text.strip().replace("_", "").replace(",", "").replace("'", "")
    try:
        if "x" in plain.lower():
            return int(plain, 16)
        if any(mark in plain for mark in ".eE"):
            value = float(plain)
            return int(value) if value.is_integer() else None
        return int(plain)
    except (ValueError, OverflowError):
        return None
