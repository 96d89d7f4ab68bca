"""The laws of parity as rows show it: keys, types, order, timestamps, words (PAR-02, PAR-04)."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding
from conformance.laws.parity import plain, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.client.exchange import Exchange

    Pair = Mapping[str, Exchange]
    Rows = Mapping[str, Sequence[Any]]

ENOUGH = 8  # rows from which on an order or an absence is no accident
UNITS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}
# Names of numbers that are times, for ids may be as great.
TIMES = re.compile(
    r"(?:^|_)(?:time|timestamp|date|at|until|since)$|(?<=[a-z])(?:Time|Timestamp|Date|At|Until|Since)$"
)
STAMPS = 3  # timestamps from which on their form is a habit
NULL = "NoneType"
STAMP = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?P<fraction>\.\d+)?(?P<zone>[Zz]|[+-]\d\d:?\d\d)?"
)


def shapes(pair: Pair, rows: Rows) -> list[Finding]:
    """PAR-02: the same keys in the rows, and no type that excludes the other region's."""
    shown = tuple(pair.values())
    types = {region: _types(listed) for region, listed in rows.items() if listed}
    findings = []
    for region, other in itertools.permutations(types, 2):
        for name, seen in types[region].items():
            theirs = types[other].get(name, [])
            is_always_there = len(seen) == len(rows[region])
            if is_always_there and len(rows[other]) >= ENOUGH:
                findings += _absent(name, region, other, (seen, theirs, rows[other]), shown)
    for region, other in itertools.combinations(sorted(types), 2):
        findings += _other_types(types, region, other, shown)
    return findings


def _types(rows: Sequence[Any]) -> dict[str, list[str]]:
    """For each property the types that rows have it with; a number is a number, whole or not."""
    types: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items() if isinstance(row, dict) else ():
            is_number = type(value) in (int, float)
            types.setdefault(name, []).append("number" if is_number else type(value).__name__)
    return types


def _absent(
    name: str,
    region: str,
    other: str,
    seen: tuple[Sequence[str], Sequence[str], Sequence[Any]],
    shown: tuple[Exchange, ...],
) -> list[Finding]:
    """What every row of a region has, and the other's never have or leave out for want of
    a value.
    """
    ours, theirs, their_rows = seen
    expected = "the same keys in every region's rows"
    if not theirs:
        text = f"{name} in every row of {region}, in none of {other}"
        return [Finding(expected, text, shown, at=name)]
    if NULL in ours and len(theirs) < len(their_rows):
        text = f"{name} null where it has no value in {region}, left out in {other}"
        return [Finding(expected, text, shown, at=name)]
    return []


def _other_types(
    types: Mapping[str, Mapping[str, Sequence[str]]],
    region: str,
    other: str,
    shown: tuple[Exchange, ...],
) -> list[Finding]:
    """Properties that no value of either region's type could have in the other; null says
    nothing.
    """
    findings = []
    for name, seen in types[region].items():
        theirs = types[other].get(name, [])
        ours, others = set(seen) - {NULL}, set(theirs) - {NULL}
        if ours and others and not ours & others:
            text = f"{region} {sorted(set(seen))}, {other} {sorted(set(theirs))}"
            findings.append(Finding(f"{name} of the same type", text, shown, at=name))
    return findings


def orders(pair: Pair, rows: Rows) -> list[Finding]:
    """PAR-04: the regions sort by the same property in the same direction, as far as that can be
    seen.
    """
    if any(len(listed) < ENOUGH for listed in rows.values()):
        return []
    seen = {region: _directions(listed) for region, listed in rows.items()}
    common = set.intersection(*seen.values())
    # An order that one region does not show (nulls, few values, none promised) is nothing to
    # compare.
    if common or not all(seen.values()):
        return []
    words = {region: sorted(f"{key} {way}" for key, way in ways) for region, ways in seen.items()}
    shown = tuple(pair.values())
    sides = {region: plain(ways) for region, ways in words.items()}
    return [Finding("the same order in every region", said(words), shown, at="order", sides=sides)]


def _directions(rows: Sequence[Any]) -> set[tuple[str, str]]:
    """The properties that the rows may be sorted by, each with its direction."""
    directions = set()
    for name in rows[0] if isinstance(rows[0], dict) else ():
        column: list[Any] = [row.get(name) for row in rows if isinstance(row, dict)]
        if not _shows_an_order(column):
            continue
        if column == sorted(column):
            directions.add((name, "ascending"))
        if column == sorted(column, reverse=True):
            directions.add((name, "descending"))
    return directions


def _shows_an_order(column: Sequence[Any]) -> bool:
    """Values of one type, for others do not compare, and many, for a few may lie so by accident."""
    types = {type(value) for value in column}
    return types in ({int}, {str}) and len(set(column)) >= ENOUGH


def forms(pair: Pair, rows: Rows, words: Sequence[str]) -> list[Finding]:
    """PAR-04: the same form of timestamps, the same case of status words (`words` are their
    places).
    """
    names = {
        name for listed in rows.values() for row in listed if isinstance(row, dict) for name in row
    }
    findings: list[Finding] = []
    for name in sorted(names):
        stamps = {region: _stamp_forms(listed, name) for region, listed in rows.items()}
        findings += _disjoint(f"form of {name}", name, pair, stamps)
    for place in words:
        at = place.lstrip("/")
        by_region = {region: _words(listed, place) for region, listed in rows.items()}
        cases = {region: _cases(seen) for region, seen in by_region.items()}
        findings += _disjoint(f"case of {place}", at, pair, cases) or _spellings(
            place, pair, by_region
        )
    return findings


def _spellings(place: str, pair: Pair, words: Mapping[str, set[str]]) -> list[Finding]:
    """A word that each region has, in other letters."""
    spellings: dict[str, dict[str, set[str]]] = {}
    for region, seen in words.items():
        for word in seen:
            spellings.setdefault(_letters(word), {}).setdefault(region, set()).add(word)
    for _, by_region in sorted(spellings.items()):
        is_everywhere = len(by_region) == len(words)
        findings = (
            _disjoint(f"spelling of a word of {place}", place.lstrip("/"), pair, by_region)
            if is_everywhere
            else []
        )
        if findings:
            return findings
    return []


def _letters(word: str) -> str:
    """A word without what its spellings differ in: case, marks between its parts, doubled letters."""
    plain_word = re.sub(r"[\W_]+", "", word.casefold())
    return re.sub(r"(.)\1", r"\1", plain_word) or word


def _disjoint(what: str, at: str, pair: Pair, seen: Mapping[str, set[str]]) -> list[Finding]:
    """A finding where every region shows something and no two of them the same."""
    if not all(seen.values()) or set.intersection(*seen.values()):
        return []
    words = {region: sorted(values) for region, values in seen.items()}
    expected = f"the same {what} in every region"
    sides = {region: plain(values) for region, values in words.items()}
    return [Finding(expected, said(words), tuple(pair.values()), at=at, sides=sides)]


def _stamp_forms(rows: Sequence[Any], name: str) -> set[str]:
    """The forms of a property's timestamps; empty where it holds none, or too few to show
    a habit.
    """
    values = [row.get(name) for row in rows if isinstance(row, dict)]
    numbers = [value for value in values if type(value) is int]
    if len(numbers) >= STAMPS and TIMES.search(name):
        return _epochs(numbers)
    texts = [value for value in values if isinstance(value, str)]
    stamps = [match for text in texts if (match := STAMP.fullmatch(text))]
    # One text that is no timestamp, and the property is none.
    if len(texts) < STAMPS or len(stamps) < len(texts):
        return set()
    return {_stamp_form(stamp) for stamp in stamps}


def _epochs(numbers: Sequence[int]) -> set[str]:
    """The unit in which numbers count from 1970, where all of them fall between 2001 and 2286."""
    for unit, factor in UNITS.items():
        if all(10**9 * factor <= number < 10**10 * factor for number in numbers):
            return {f"{unit} since 1970"}
    return set()


def _stamp_form(stamp: re.Match[str]) -> str:
    zone = stamp["zone"]
    if zone is None:
        form = "no zone"
    elif zone in ("Z", "z"):
        form = "Z"
    else:
        form = "offset"
    return f"fraction, {form}" if stamp["fraction"] else form


def _cases(words: set[str]) -> set[str]:
    return {_case(word) for word in words}


def _case(word: str) -> str:
    if word == word.lower():
        return "lower"
    return "upper" if word == word.upper() else "mixed"


def _words(rows: Sequence[Any], place: str) -> set[str]:
    values = (pointer.get(row, place) for row in rows)
    return {value for value in values if isinstance(value, str) and value}
