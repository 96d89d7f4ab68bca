"""The laws of parity between regions: the same answers, refusals, headers, and other rows (PAR-01
to PAR-08).

What the rows show is in `conformance.laws.parity_rows`.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.conventions import Errors

    Pair = Mapping[str, Exchange]

NOT_FOUND = 404


def differ(
    what: str, pair: Pair, of: Callable[[Exchange], Any], at: str | None = None
) -> list[Finding]:
    """One finding where a property of the answers is not the same in every region."""
    seen = {region: of(exchange) for region, exchange in pair.items()}
    if len({repr(value) for value in seen.values()}) == 1:
        return []
    sides = {region: plain(value) for region, value in seen.items()}
    expected = f"the same {what} in every region"
    return [Finding(expected, said(seen), tuple(pair.values()), at=at, sides=sides)]


def plain(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value)) or "nothing"
    return str(value)


def said(by_region: Mapping[str, Any]) -> str:
    """What each region has, in words."""
    return ", ".join(f"{region} {_brief(value)}" for region, value in by_region.items())


def _brief(value: Any) -> str:
    """A value in words; several stay apart from those of another region."""
    is_list = isinstance(value, list | tuple)
    return f"({plain(value)})" if is_list and len(value) > 1 else plain(value)


def refusal(exchange: Exchange, errors: Errors | None) -> tuple[Any, Any, Any]:
    """PAR-05: what a refusal says: its error type, the scheme it challenges with, the methods it
    allows.
    """
    error_type = pointer.get(exchange.json, errors.type) if errors else None
    return (
        None if error_type is pointer.MISSING else error_type,
        _challenged_scheme(exchange),
        _allowed_methods(exchange),
    )


def _challenged_scheme(exchange: Exchange) -> str | None:
    """The scheme alone: realm and further challenges are each region's own (RFC 9110 11.6.1)."""
    challenge = _header(exchange, "www-authenticate")
    return challenge.split(" ")[0].rstrip(",").lower() if challenge else None


def _allowed_methods(exchange: Exchange) -> list[str] | None:
    """A set, in whatever order and case it is written."""
    allow = _header(exchange, "allow")
    if allow is None:
        return None
    return sorted(method.strip().upper() for method in allow.split(","))


def skeleton(exchange: Exchange) -> Any:
    """PAR-02: the keys of a body and the types of its values."""
    return _skeleton(exchange.json)


def _skeleton(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _skeleton(value[name]) for name in sorted(value)}
    return type(value).__name__


def envelope(pair: Pair, optional: Collection[str] = ()) -> list[Finding]:
    """PAR-02: bodies have the same keys; those that are optional may come and go."""
    return differ("keys of the envelope", pair, partial(_keys, optional))


def _keys(optional: Collection[str], exchange: Exchange) -> Any:
    body = exchange.json
    if not isinstance(body, dict):
        return type(body).__name__
    return sorted(name for name in body if name not in optional)


def foreign(exchange: Exchange, region: str, home: str) -> list[Finding]:
    """PAR-06: a key of one region (`home`) is refused by another."""
    if not exchange.ok:
        return []
    return [
        Finding(
            f"401 from {region} for the key of {home}", f"status {exchange.status}", (exchange,)
        )
    ]


def headers(pair: Pair, compared: Sequence[str]) -> list[Finding]:
    """PAR-08: the same optional headers (their names in lower case), the same media type and
    parameters.
    """
    findings = []
    for header in compared:
        findings += differ(f"presence of {header}", pair, partial(_carries, header), header)
    return findings + differ("Content-Type", pair, _media_type, "content-type")


def _carries(name: str, exchange: Exchange) -> bool:
    return _header(exchange, name) is not None


def _media_type(exchange: Exchange) -> str:
    """Without the case and the spaces, which mean nothing (RFC 9110 8.3.1)."""
    return (_header(exchange, "content-type") or "").lower().replace(" ", "")


def shared(pair: Pair, rows: Mapping[str, Sequence[Any]]) -> list[Finding]:
    """PAR-07: no row of one region is served by another."""
    region_of: dict[str, str] = {}
    common = 0
    for region, listed in rows.items():
        for row in listed:
            # An object is the same whatever the order of its names (RFC 8259 4).
            content = json.dumps(row, sort_keys=True)
            if region_of.setdefault(content, region) != region:
                common += 1
    if not common:
        return []
    expected = "no row that the other region serves too"
    return [Finding(expected, f"{common} rows in both", tuple(pair.values()))]


def _header(exchange: Exchange, name: str) -> str | None:
    return exchange.response.header(name) if exchange.response else None


def served_alike(answers: Mapping[str, Sequence[Exchange]]) -> list[Finding]:
    """PAR-01: no region answers 404 for each of its rows where another serves each of its own."""
    serving = [region for region, asked in answers.items() if all(each.ok for each in asked)]
    missing = [
        region
        for region, asked in answers.items()
        if all(each.status == NOT_FOUND for each in asked)
    ]
    if not serving or not missing:
        return []
    shown = (answers[missing[0]][0], answers[serving[0]][0])
    expected = f"{missing[0]} serves its rows, as {serving[0]} does"
    return [Finding(expected, f"404 for each of {len(answers[missing[0]])} rows", shown)]
