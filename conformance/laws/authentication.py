"""The laws of bearer authentication: who is let in (AUT-01 to AUT-06, AUT-10 to AUT-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client.exchange import Exchange
    from conformance.events.model import Level


def _seen(exchange: Exchange) -> str:
    return f"status {exchange.status}" if exchange.response else f"no answer: {exchange.error}"


def accepted(exchange: Exchange, scheme: str, level: Level | None) -> list[Finding]:
    """AUT-01: a valid key is accepted, under the scheme's name in any case (RFC 9110 11.1).

    A 403 says so too, though not where something else about the request may have earned it.
    """
    if exchange.status != 401 and not (exchange.status == 403 and exchange.request.query == ()):
        return []
    return [Finding(f"the key accepted under {scheme}", _seen(exchange), (exchange,), level)]


def refused(exchange: Exchange, what: str) -> list[Finding]:
    """AUT-02, AUT-03, AUT-04, AUT-11, AUT-12: 401 (docs: authentication)."""
    if exchange.status == 401 or (exchange.response is None and exchange.request.edge):
        return []
    return [Finding(f"401 for {what}", _seen(exchange), (exchange,))]


def turned_away(exchange: Exchange, what: str) -> list[Finding]:
    """AUT-05, AUT-06: 401 or another 4xx, or the connection closed; never let in, led on or failed."""
    if exchange.response is None or 400 <= exchange.status < 500:
        return []
    return [Finding(f"401, or another 4xx, for {what}", _seen(exchange), (exchange,))]


def repeated(pair: Sequence[Exchange]) -> list[Finding]:
    """AUT-05: two header fields, the key in the first or in the last, are not let in (RFC 9110 5.3).

    What one layer reads in the first field, another may have refused for the last.
    """
    let_in = tuple(exchange for exchange in pair if exchange.ok)
    if not let_in:
        return []
    text = f"let in {'wherever the key is' if len(let_in) == len(pair) else 'for one of the two'}"
    return [Finding("401, or another 4xx, for two Authorization headers", text, let_in)]


def not_served(exchange: Exchange, *, carries_rows: bool) -> list[Finding]:
    """AUT-12: a method that lists nothing may be refused as such, or describe itself (OPTIONS); not serve."""
    method = exchange.request.method
    if exchange.status < 500 and not exchange.ok:
        return []
    # That a resource describes itself to strangers is many a server's habit (CORS); that it lists is not.
    level: Level | None = "SHOULD" if method == "OPTIONS" and exchange.ok and not carries_rows else None
    return [Finding(f"401 for {method} without a key", _seen(exchange), (exchange,), level)]


def one_wording(refusals: Sequence[Exchange]) -> list[Finding]:
    """AUT-10: every refusal reads the same, whatever is wrong with the key (no oracle)."""
    said: dict[str, Exchange] = {}
    for exchange in refusals:
        if exchange.response is not None and exchange.status == 401:
            said.setdefault(_wording(exchange), exchange)
    if len(said) <= 1:
        return []
    shown = tuple(said.values())[:2]
    return [Finding("one wording for every refusal", f"{len(said)} wordings", shown)]


def _wording(exchange: Exchange) -> str:
    """The words of an error; ids, times and counts in them are never the same and tell nothing."""
    error = exchange.json.get("error") if isinstance(exchange.json, dict) else None
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        words = error["message"].split()
        return " ".join(word for word in words if not any(letter.isdigit() for letter in word))
    return str(exchange.json)
