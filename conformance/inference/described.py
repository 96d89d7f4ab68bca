"""What descriptions of parameters say in words: how many rows a page has, and where counting begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.contract.described import named_types, parts
from conformance.inference.names import TOTAL, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Resolve = Callable[[Any], Any]

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
CURSOR_SAID = re.compile(
    r"\b(?:pagination|paging|page|continuation)[ -](?:token|cursor)|\bcursor\b", re.IGNORECASE
)
EXACT = re.compile(r"\b(?:exact|equal)", re.IGNORECASE)
CONDITION = re.compile(r"\b(?:if|when|where|or)\b[^.;]*", re.IGNORECASE)
SEARCH = re.compile(
    r"\b(?:contain|partial|search|like\b|fuzzy|prefix|substring|(?:begin|start)\w* with)",
    re.IGNORECASE,
)
# Properties in which people search for a part.
SEARCHED = (
    *("name", "title", "description", "text", "subject", "label", "summary", "content", "body"),
    *("comment", "note", "firstname", "lastname", "fullname", "displayname", "username"),
)
SEARCHES = "it may search for a part: state it where only rows with this very value are listed"
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


def says_cursor(text: str) -> bool:
    """Whether a value is a cursor."""
    return bool(CURSOR_SAID.search(text))


def total_inside(text: str) -> str | None:
    """The member of a header field's JSON that counts all rows, such as `TotalCount`."""
    if "json" not in text.lower():
        return None
    return next((word for word in re.findall(r"\w+", text) if plain(word) in TOTAL), None)


def may_search(parameter: Mapping[str, Any], listed: Any, resolve: Resolve) -> bool:
    """Whether a parameter that is named as a property of a row may look for a part of it: it says
    so, or people search in such texts, and nothing bounds them.
    """
    schemas = [*parts(parameter.get("schema") or {}, resolve), *parts(listed, resolve)]
    if any(part.keys() & {"enum", "const", "format", "pattern"} for part in schemas):
        return False
    if "string" not in named_types(schemas):
        return False
    said = str(parameter.get("description", ""))
    if EXACT.search(CONDITION.sub("", said)):
        return False
    return bool(SEARCH.search(said)) or plain(str(parameter["name"])) in SEARCHED


def _number(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    number = next((int(group) for group in found.groups() if group), 0)
    return number if 0 < number < MOST else None
