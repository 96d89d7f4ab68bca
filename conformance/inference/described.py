"""What descriptions of parameters say in words: how many rows a page has, and where counting begins."""

from __future__ import annotations

import re

NOT_GIVEN = r"(?:if|when|where) (?:it is )?(?:un\w+|omitted|absent|missing|not \w+)"
DEFAULT = re.compile(
    rf"(\d+)\s+(?:\w+\s+)?(?:by default|{NOT_GIVEN})"
    rf"|{NOT_GIVEN}\b[^.;\d]*(\d+)[^.;]*"
    r"|(?<!by )default(?:s)?(?:\s+(?:is|to|of|value))*\W{0,4}(\d+)",
    re.IGNORECASE,
)
MAXIMUM = re.compile(
    r"(?:max(?:imum)?(?:\s+(?:is|of|value))*|up to|between \d+ and|\d+\s*(?:-|to)|at most)\W{0,4}(\d+)"
    r"|(\d+)\s+(?:\w+\s+)?at (?:the )?most",
    re.IGNORECASE,
)
COUNTS_FROM = {
    0: re.compile(r"(?:zero|0)[- ](?:based|indexed)|(?:from|at) (?:zero|0)\b", re.IGNORECASE),
    1: re.compile(r"\b(?:one|1)[- ](?:based|indexed)|\b(?:from|at) (?:one|1)\b", re.IGNORECASE),
}
MOST = 10**6  # rows, of which no page has more


def default_of(text: str) -> int | None:
    """How many rows a page has where none were asked for."""
    return _number(DEFAULT.search(text))


def maximum_of(text: str) -> int | None:
    """How many rows a page has at most. "If unspecified, at most 50 are returned" is a default."""
    return _number(MAXIMUM.search(DEFAULT.sub(" ", text, count=1)))


def says_first(text: str, first: int) -> bool:
    """Whether counting begins with this number, 0 or 1."""
    return bool(COUNTS_FROM[first].search(text))


def _number(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    number = next((int(group) for group in found.groups() if group), 0)
    return number if 0 < number < MOST else None
