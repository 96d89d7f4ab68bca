"""The laws of parity: what two regions may not differ in."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.conventions import Errors

ENOUGH = 8  # rows from which on an order or an absence is no accident
STAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?")
OPTIONAL = (
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "cache-control",
    "etag",
    "vary",
)


def differ(what: str, pair: Mapping[str, Exchange], of: Callable[[Exchange], Any]) -> list[Finding]:
    """One finding where a property of the answers is not the same in every region."""
    seen = {name: of(exchange) for name, exchange in pair.items()}
    if len({repr(value) for value in seen.values()}) == 1:
        return []
    return [Finding(f"the same {what} in every region", _said(seen), tuple(pair.values()))]


def _said(seen: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in seen.items())


def refusal(exchange: Exchange, errors: Errors | None) -> tuple[Any, Any, Any]:
    """PAR-05: what a refusal says: its `error.type`, the scheme it challenges with, the methods it allows."""
    found = pointer.get(exchange.json, errors.type) if errors else None
    challenge = exchange.response.header("www-authenticate") if exchange.response else None
    allow = exchange.response.header("allow") if exchange.response else None
    return (
        None if found is pointer.MISSING else found,
        challenge.split(" ")[0].rstrip(",").lower() if challenge else None,
        sorted(one.strip().upper() for one in allow.split(",")) if allow is not None else None,
    )


def skeleton(exchange: Exchange) -> Any:
    """PAR-02: the keys of a body and the types of its values."""
    return _skeleton(exchange.json)


def _skeleton(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _skeleton(value[name]) for name in sorted(value)}
    return type(value).__name__


def foreign(exchange: Exchange, region: str, other: str) -> list[Finding]:
    """PAR-06: a key of one region is refused by the other."""
    if not exchange.ok:
        return []
    text = f"status {exchange.status}"
    return [Finding(f"401 from {region} for the key of {other}", text, (exchange,))]


def shapes(pair: Mapping[str, Exchange], rows: Mapping[str, Sequence[Any]]) -> list[Finding]:
    """PAR-02: the same envelope, the same keys in the rows, no type that excludes the other region's."""
    found = differ(
        "keys of the envelope",
        pair,
        lambda e: sorted(e.json) if isinstance(e.json, dict) else type(e.json).__name__,
    )
    kinds = {name: _kinds(part) for name, part in rows.items() if part}
    for one in kinds:
        for other in kinds:
            if one != other:
                found += _shape(one, other, kinds, rows, tuple(pair.values()))
    return found


def _kinds(rows: Sequence[Any]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items() if isinstance(row, dict) else ():
            kinds.setdefault(name, []).append(
                "number" if type(value) in (int, float) else type(value).__name__
            )
    return kinds


def _shape(
    one: str,
    other: str,
    kinds: Mapping[str, Any],
    rows: Mapping[str, Sequence[Any]],
    shown: tuple[Exchange, ...],
) -> list[Finding]:
    found = []
    keys = "the same keys in every region's rows"
    for name, seen in kinds[one].items():
        theirs = kinds[other].get(name, [])
        always = len(seen) == len(rows[one]) and len(rows[other]) >= ENOUGH
        if always and not theirs:
            found.append(Finding(keys, f"{name} in every row of {one}, in none of {other}", shown))
        elif always and "NoneType" in seen and len(theirs) < len(rows[other]):
            text = f"{name} null where it has no value in {one}, left out in {other}"
            found.append(Finding(keys, text, shown))
        elif one < other and _exclude(seen, theirs):
            text = f"{one} {sorted(set(seen))}, {other} {sorted(set(theirs))}"
            found.append(Finding(f"{name} of the same type", text, shown))
    return found


def _exclude(seen: Sequence[str], theirs: Sequence[str]) -> bool:
    mine, other = set(seen) - {"NoneType"}, set(theirs) - {"NoneType"}
    return bool(mine and other and not mine & other)


def orders(pair: Mapping[str, Exchange], rows: Mapping[str, Sequence[Any]]) -> list[Finding]:
    """PAR-04: the regions sort by the same property in the same direction, as far as that can be seen."""
    if any(len(part) < ENOUGH for part in rows.values()):
        return []
    seen = {name: _directions(part) for name, part in rows.items()}
    common = set.intersection(*seen.values())
    # An order that one region does not show (nulls, few values, none promised) is nothing to compare.
    if common or not all(seen.values()):
        return []
    shown = {name: sorted(f"{key} {way}" for key, way in ways) for name, ways in seen.items()}
    return [Finding("the same order in every region", _said(shown), tuple(pair.values()))]


def _directions(rows: Sequence[Any]) -> set[tuple[str, str]]:
    found = set()
    for name in rows[0] if isinstance(rows[0], dict) else ():
        column: list[Any] = [row.get(name) for row in rows if isinstance(row, dict)]
        # One type throughout, for what does not compare has no order; few values say nothing of it.
        if (
            len({type(value) for value in column}) != 1
            or type(column[0]) not in (int, str)
            or len(set(column)) < ENOUGH
        ):
            continue
        if column == sorted(column):
            found.add((name, "ascending"))
        if column == sorted(column, reverse=True):
            found.add((name, "descending"))
    return found


def forms(
    pair: Mapping[str, Exchange], rows: Mapping[str, Sequence[Any]], words: Sequence[str]
) -> list[Finding]:
    """PAR-04: the same form of timestamps, the same case of status words."""
    found: list[Finding] = []
    names = {name for part in rows.values() for row in part if isinstance(row, dict) for name in row}
    for name in sorted(names):
        found += _disjoint(f"form of {name}", pair, {r: _stamps(part, name) for r, part in rows.items()})
    for place in words:
        cases = _disjoint(f"case of {place}", pair, {r: _cases(part, place) for r, part in rows.items()})
        found += cases or _spelled(place, pair, {r: _words(part, place) for r, part in rows.items()})
    return found


def _spelled(place: str, pair: Mapping[str, Exchange], words: Mapping[str, set[str]]) -> list[Finding]:
    """Words that each region has, in other letters."""
    spellings: dict[str, dict[str, set[str]]] = {}
    for region, some in words.items():
        for word in some:
            spellings.setdefault(word.casefold(), {}).setdefault(region, set()).add(word)
    return [
        finding
        for _, by_region in sorted(spellings.items())
        if len(by_region) == len(words)
        for finding in _disjoint(f"spelling of a word of {place}", pair, by_region)
    ][:1]


def _disjoint(what: str, pair: Mapping[str, Exchange], seen: Mapping[str, set[str]]) -> list[Finding]:
    if not all(seen.values()) or set.intersection(*map(set, seen.values())):
        return []
    return [
        Finding(
            f"the same {what} in every region",
            _said({k: sorted(v) for k, v in seen.items()}),
            tuple(pair.values()),
        )
    ]


def _stamps(rows: Sequence[Any], name: str) -> set[str]:
    texts = [row.get(name) for row in rows if isinstance(row, dict)]
    found = [STAMP.fullmatch(text) for text in texts if isinstance(text, str)]
    if len(found) < 3 or not all(found):
        return set()
    return {
        f"{'fraction, ' if m[1] else ''}{'Z' if m[2] in ('Z', 'z') else 'offset' if m[2] else 'none'}"
        for m in found
        if m
    }


def _cases(rows: Sequence[Any], place: str) -> set[str]:
    words = _words(rows, place)
    return {"lower" if w == w.lower() else "upper" if w == w.upper() else "mixed" for w in words}


def _words(rows: Sequence[Any], place: str) -> set[str]:
    return {word for row in rows if isinstance(word := pointer.get(row, place), str) and word}


def headers(pair: Mapping[str, Exchange]) -> list[Finding]:
    """PAR-08: the same optional headers, the same parameters of the media type."""
    found = []
    for header in OPTIONAL:
        found += differ(f"presence of {header}", pair, partial(_carries, header))
    media = differ(
        "Content-Type",
        pair,
        lambda e: ((e.response and e.response.header("content-type")) or "").lower().replace(" ", ""),
    )
    return found + media


def _carries(header: str, exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.header(header) is not None


def shared(pair: Mapping[str, Exchange], rows: Mapping[str, Sequence[Any]]) -> list[Finding]:
    """PAR-07: no row of one region is served by the other."""
    seen: dict[str, str] = {}
    common = 0
    for name, part in rows.items():
        for row in part:
            # An object is the same whatever the order of its names (RFC 8259 4).
            if seen.setdefault(json.dumps(row, sort_keys=True), name) != name:
                common += 1
    return (
        [Finding("no row that the other region serves too", f"{common} rows in both", tuple(pair.values()))]
        if common
        else []
    )
