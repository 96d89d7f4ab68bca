"""The laws of what no client should send and some do: methods, bodies, broken queries (ROB)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client.exchange import Exchange


# What is made for each answer (a time, the id of a request) makes a body longer or shorter by a little.
VARYING, VARYING_SHARE = 64, 10  # octets; one part in so many
NOT_MODIFIED, NO_SUCH_TAG = 304, '"no-such-version"'
COMMON = ("POST", "PUT", "PATCH", "DELETE")


def method_refused(exchange: Exchange) -> list[Finding]:
    """ROB-01: an unsupported method gets a 4xx (RFC 9110 15.5.6), or 501 where it is unknown
    (15.6.2).
    """
    if exchange.response is None or _is_described(exchange) or _is_unknown(exchange):
        return []
    if 400 <= exchange.status < 500:
        return []
    method, status = exchange.request.method, exchange.status
    return [Finding(f"4xx for {method}", f"status {status}", (exchange,))]


def method_refused_as_such(exchange: Exchange) -> list[Finding] | None:
    """ROB-07: the refusal is 405, with `Allow` (RFC 9110 15.5.6); None where there is no
    refusal.
    """
    is_refusal = 400 <= exchange.status < 500 or _is_unknown(exchange)
    if exchange.response is None or not is_refusal:
        return None
    if exchange.status != 405:
        expected = f"405 for {exchange.request.method}"
        return [Finding(expected, f"status {exchange.status}", (exchange,))]
    if exchange.response.header("allow") is None:
        return [Finding("Allow with a 405 (RFC 9110 15.5.6)", "no such header", (exchange,))]
    return []


def removed(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """ROB-01: the rows of a first page that are gone from the next reading of it.

    A row that was inserted pushes one off the end of the page, which is not removed by that.
    """
    known, now = set(before), set(after)
    inserted = sum(1 for row in after if row not in known)
    settled = before[: max(0, len(before) - inserted)]
    return [row for row in settled if row not in now]


def has_tags(exchanges: Sequence[Exchange]) -> bool:
    """Whether a server says which version of something it sends (RFC 9110 8.8.3)."""
    return any(one.response and one.response.header("etag") for one in exchanges)


def not_unchanged(exchange: Exchange) -> list[Finding]:
    """ROB-06: who names a version that is none gets the present one (RFC 9110 13.1.2)."""
    if exchange.status != NOT_MODIFIED:
        return []
    expected = f"the answer to If-None-Match: {NO_SUCH_TAG}, which is no version of it"
    return [Finding(expected, f"status {NOT_MODIFIED}", (exchange,), at="status")]


def head_as_get(got: Exchange, head: Exchange) -> list[Finding]:
    """ROB-09: HEAD has the status, the media type and the length of GET (RFC 9110 8.6, 9.3.2).

    It may be refused with a 4xx, or 501: no document has to have it.
    """
    if not got.ok or head.response is None or got.response is None:
        return []
    if 400 <= head.status < 500 or head.status == 501:
        return []
    if head.status != got.status:
        expected = f"HEAD answered with {got.status}, as GET is, or refused with a 4xx"
        return [Finding(expected, f"status {head.status}", (head, got))]

    if head.response.header("content-length") == "0" and got.response.body:
        expected = "HEAD with the Content-Length of GET, or none"
        return [Finding(expected, "Content-Length 0", (head, got))]
    lengths = _lengths(head, got)
    if lengths and abs(lengths[0] - lengths[1]) > max(VARYING, lengths[1] // VARYING_SHARE):
        expected = f"HEAD with the Content-Length of GET, {lengths[1]}, or none"
        return [Finding(expected, f"Content-Length {lengths[0]}", (head, got))]
    types = [one.response.header("content-type") for one in (got, head) if one.response]
    if None in types or types[0] == types[1]:
        return []
    expected = f"HEAD with Content-Type {types[0]}, as GET has it"
    return [Finding(expected, f"Content-Type {types[1]}", (head, got))]


def _lengths(*exchanges: Exchange) -> list[int]:
    """The Content-Length of answers of one encoding; empty where one has none."""
    answers = [one.response for one in exchanges if one.response]
    told = [answer.header("content-length") or "" for answer in answers]
    encodings = {answer.header("content-encoding") or "" for answer in answers}
    if len(encodings) > 1 or not all(length.isdecimal() for length in told):
        return []
    return [int(length) for length in told]


def no_failure(exchange: Exchange, what: str) -> list[Finding]:
    """ROB-02: never a 5xx."""
    if exchange.status < 500:
        return []
    return [Finding(f"no 5xx for a query that is {what}", f"status {exchange.status}", (exchange,))]


def same_answer(plain: Exchange, other: Exchange, what: str) -> list[Finding]:
    """ROB-04, ROB-10: another request with the same meaning gets an answer of the same status."""
    if plain.status == other.status or plain.response is None or other.response is None:
        return []  # that there is no answer is said by ROB-06
    return [Finding(f"status {plain.status}, as {what}", f"status {other.status}", (other, plain))]


def _is_described(exchange: Exchange) -> bool:
    """OPTIONS is answered by many an HTTP layer (CORS); that serves no resource."""
    return exchange.request.method == "OPTIONS" and exchange.status < 300


def _is_unknown(exchange: Exchange) -> bool:
    """501 is for a method that a server does not know at all (RFC 9110 15.6.2), and these everybody
    knows.
    """
    return exchange.status == 501 and exchange.request.method not in COMMON
