"""The laws of what no client should send and some do: methods, bodies, broken queries (ROB)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange


COMMON = ("POST", "PUT", "PATCH", "DELETE")


def method_refused(exchange: Exchange) -> list[Finding]:
    """ROB-01: an unsupported method gets a 4xx, and should get 405 with `Allow` (RFC 9110 15.5.6)."""
    if exchange.response is None:
        return []
    method, status, shown = exchange.request.method, exchange.status, (exchange,)
    # OPTIONS is answered by many an HTTP layer (CORS); that serves no resource.
    if method == "OPTIONS" and status < 300:
        return []
    if status == 501 and method not in COMMON:  # for a method that is not known at all (RFC 9110 15.6.2)
        return [Finding(f"405 for {method}", "status 501", shown, "SHOULD")]
    if not 400 <= status < 500:
        return [Finding(f"4xx for {method}", f"status {status}", shown)]
    if status != 405:
        return [Finding(f"405 for {method}", f"status {status}", shown, "SHOULD")]
    if exchange.response.header("allow") is None:
        return [Finding("Allow with a 405 (RFC 9110 15.5.6)", "no such header", shown, "SHOULD")]
    return []


def no_failure(exchange: Exchange, what: str) -> list[Finding]:
    """ROB-02: never a 5xx."""
    if exchange.status < 500:
        return []
    return [Finding(f"no 5xx for a query that is {what}", f"status {exchange.status}", (exchange,))]


def same_answer(plain: Exchange, other: Exchange, what: str) -> list[Finding]:
    """ROB-04: another request with the same meaning gets an answer of the same status."""
    if plain.status == other.status:
        return []
    return [Finding(f"status {plain.status}, as {what}", f"status {other.status}", (other, plain))]
