"""The laws of authentication: who is let in (AUT-01 to AUT-06, AUT-10 to AUT-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import pointer
from conformance.laws.finding import Finding
from conformance.laws.versions import cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.client.exchange import Exchange
    from conformance.client.request import Request
    from conformance.contract.conventions import Errors
    from conformance.contract.security import Fields, Security
    from conformance.laws.answer import Answer


# Header fields that speak to shared caches, and the directives that let them keep an answer to a
# request with Authorization (RFC 9111 3.5, RFC 9213).
SHARED_CACHES = {
    "Cache-Control": {"public", "s-maxage", "must-revalidate"},
    "CDN-Cache-Control": {"public", "max-age", "s-maxage"},
    "Surrogate-Control": {"public", "max-age"},
}
UNSHARED = {"private", "no-store", "no-cache"}


def own_key_accepted(answer: Answer) -> list[Finding] | None:
    """AUT-01: the region's own key, presented as documented, is accepted.

    A 403 to an odd request may be for the request, not for the key.
    """
    security, request = answer.operation.security, answer.exchange.request
    if (
        security is None
        or not answer.schemas.has(request.path)
        or not presents_key(request, security)
    ):
        return None
    if answer.status == 403 and not request.plain:
        return None
    return accepted(answer.exchange)


def presents_key(request: Request, security: Security) -> bool:
    """Whether a request carries the region's own key as it is documented, unaltered."""
    presented = security.presentation
    if request.key is not None or request.edit != presented.alteration:
        return False
    if request.certificate != presented.certificate:
        return False

    cookies = ";".join(value for name, value in request.headers if name.lower() == "cookie")
    return (
        _are_alone(request.query_string.split("&"), presented.query)
        and _are_alone([part.strip() for part in cookies.split(";")], presented.cookies)
        and _has_alone(request.headers, presented.headers)
    )


def _are_alone(parts: Sequence[str], presented: Fields) -> bool:
    """Whether of parts `name=value` those of the presented names are what is presented."""
    names = {name for name, _ in presented}
    sent = [part for part in parts if part.split("=")[0] in names]
    return sent == [f"{name}={value}" for name, value in presented]


def _has_alone(fields: Fields, presented: Fields) -> bool:
    """Whether fields begin with what is presented, and have no other of the same names."""
    others = {name.lower() for name, _ in fields[len(presented) :]}
    names = {name.lower() for name, _ in presented}
    return fields[: len(presented)] == presented and not names & others


def accepted(exchange: Exchange, scheme: str | None = None) -> list[Finding]:
    """AUT-01, AUT-14: a valid key is accepted; of a 403 the query may be the reason."""
    if exchange.status != 401 and not (
        exchange.status == 403 and not exchange.request.query_string
    ):
        return []
    expected = f"the key accepted under {scheme}" if scheme else "the key accepted"
    return [Finding(expected, _seen(exchange), (exchange,))]


def refused(exchange: Exchange, what: str, allowed: Sequence[int] = (401,)) -> list[Finding]:
    """AUT-02, AUT-03, AUT-04, AUT-11, AUT-12: 401 (docs: authentication).

    `allowed` are the statuses with which an operation refuses a credential, the usual one first.
    Many a server refuses with 429 who guesses too often (Decision 4).
    """
    if exchange.status in (*allowed, 429) or (exchange.response is None and exchange.request.edge):
        return []
    if exchange.status == 400 and not exchange.request.certificate:
        return []  # what ends TLS has no better status for a certificate that is missing
    statuses = " or ".join(map(str, allowed))
    return [Finding(f"{statuses} for {what}", _seen(exchange), (exchange,))]


def not_accepted(exchange: Exchange, what: str) -> list[Finding]:
    """AUT-05, AUT-06, AUT-12: 401 or another 4xx, or the connection closed; no 2xx, 3xx or 5xx."""
    if exchange.response is None or 400 <= exchange.status < 500:
        return []
    return [Finding(f"401, or another 4xx, for {what}", _seen(exchange), (exchange,))]


def cookies_set(exchanges: Iterable[Exchange]) -> list[str]:
    """The cookies that answers to keyed requests set, as `name=value`, each name once."""
    found: dict[str, str] = {}
    for exchange in exchanges:
        for name, value in exchange.response.headers if exchange.response and exchange.ok else ():
            pair = value.partition(";")[0].strip()
            if name.lower() == "set-cookie" and "=" in pair:
                found.setdefault(pair.partition("=")[0], pair)
    return list(found.values())


def ambiguous(pair: Sequence[Exchange]) -> list[Finding]:
    """AUT-05: the right key beside a wrong one, in each order, is not accepted (RFC 9110 5.3).

    What one layer reads in the first field, another may have refused for the last.
    """
    let_in = tuple(exchange for exchange in pair if exchange.ok)
    if not let_in:
        return []
    text = "let in wherever the key is" if len(let_in) == len(pair) else "let in for one of the two"
    return [Finding("401, or another 4xx, for the key beside a wrong one", text, let_in)]


def not_served(exchange: Exchange, *, carries_rows: bool) -> list[Finding]:
    """AUT-12: no method serves what the operation does without a key.

    A method that lists nothing may be refused as such; OPTIONS may describe the resource: see
    AUT-15.
    """
    method = exchange.request.method
    describes = method == "OPTIONS" and exchange.ok and not carries_rows
    if describes or (exchange.status < 500 and not exchange.ok):
        return []
    return [Finding(f"401 for {method} without a key", _seen(exchange), (exchange,))]


def not_described(exchange: Exchange) -> list[Finding]:
    """AUT-15: OPTIONS without a key tells nothing of the resource.

    Many a server describes itself to strangers all the same, for CORS.
    """
    if not exchange.ok:
        return []
    return [Finding("401, or another 4xx, for OPTIONS without a key", _seen(exchange), (exchange,))]


def same_wording(refusals: Sequence[Exchange], errors: Errors | None) -> list[Finding]:
    """AUT-10: every refusal reads the same, whatever is wrong with the key (no oracle)."""
    wordings: dict[str, Exchange] = {}
    for exchange in refusals:
        if exchange.response is not None and exchange.status == 401:
            wordings.setdefault(_wording(exchange, errors), exchange)
    if len(wordings) <= 1:
        return []
    shown = tuple(wordings.values())[:2]
    return [Finding("one wording for every refusal", f"{len(wordings)} wordings", shown)]


def private(answer: Answer) -> list[Finding] | None:
    """AUT-13: an answer to an authenticated request is not publicly cacheable (RFC 9111 3.5)."""
    exchange = answer.exchange
    is_answered = (exchange.ok or exchange.status == 401) and exchange.request.method == "GET"
    if answer.operation.security is None or not is_answered:
        return None
    for name, allowing in SHARED_CACHES.items():
        control = (answer.header(name.lower()) or "").lower()
        directives = {directive.replace(" ", "") for directive in control.split(",")}
        names = {directive.split("=")[0] for directive in directives}
        if names & allowing and not names & UNSHARED and "max-age=0" not in directives:
            return [Finding("not publicly cacheable", f"{name}: {control}", answer.shown)]
    return []


def closed_to_origins(answer: Answer) -> list[Finding] | None:
    """AUT-18: the origin of a stranger is not let in with credentials (Fetch 3.3.5)."""
    fields = {name.lower(): value for name, value in answer.exchange.request.headers}
    origin = fields.get("origin")
    if answer.operation.security is None or origin is None or answer.exchange.response is None:
        return None
    allowed = answer.header("access-control-allow-origin")
    with_credentials = (answer.header("access-control-allow-credentials") or "").lower() == "true"
    if not (with_credentials and allowed in (origin, "null")):
        return []
    text = f"Access-Control-Allow-Origin: {allowed} with credentials"
    return [Finding(f"the origin {origin} not let in", text, answer.shown)]


def _seen(exchange: Exchange) -> str:
    if exchange.response is None:
        return f"no answer: {exchange.error}"
    cache = cached(exchange) if exchange.ok else ""
    return f"status {exchange.status}" + (f" (from a cache: {cache})" if cache else "")


def _wording(exchange: Exchange, errors: Errors | None) -> str:
    """The words of an error; ids, times and counts in them are never the same and tell nothing."""
    message = pointer.get(exchange.json, errors.message) if errors and errors.message else None
    if not isinstance(message, str):
        return str(exchange.json)
    return " ".join(
        word for word in message.split() if not any(letter.isdigit() for letter in word)
    )
