"""Bearer authentication: what is let in, what is refused, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.marks import requirements
from conformance.client import Request
from conformance.contract import pointer
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.client import Exchange
    from conformance.subject import Subject

BASIC = "Basic e2tleX06"  # stands beside the schemes that carry the key as it is
TOKENS = {
    "empty": ("Bearer ", None),
    "blank": ("Bearer    ", None),
    "scheme-only": ("Bearer", None),
    "truncated": ("Bearer {key}", "truncated"),
    "half": ("Bearer {key}", "half"),
    "suffixed": ("Bearer {key}", "suffixed"),
    "other-case": ("Bearer {key}", "swapped"),
    "last-changed": ("Bearer {key}", "changed"),
    "other": ("Bearer wrong-key-0123456789abcdef", None),
    "one-letter": ("Bearer x", None),
    "null": ("Bearer null", None),
    "wildcard": ("Bearer *", None),
    "list": ("Bearer {key},{key}", None),
}
SCHEMES = {
    "basic": "Basic {key}",
    "basic-empty": BASIC,
    "token": "Token {key}",
    "apikey": "ApiKey {key}",
    "none": "{key}",
    "digest": "Digest {key}",
    "bearer-colon": "Bearer: {key}",
}
MALFORMED: dict[str, tuple[tuple[str, str], ...]] = {
    "no-space": (("Authorization", "Bearer{key}"),),
    "non-ascii": (("Authorization", "Bearer \xff\xfe\xe9"),),
    "control": (("Authorization", "Bearer a\x01b"),),
    "tab": (("Authorization", "Bearer\t"),),
    "8-kB": (("Authorization", "Bearer " + "a" * 8_192),),
    "64-kB": (("Authorization", "Bearer " + "a" * 65_536),),
    "repeated": (("Authorization", "Bearer wrong-key-1"), ("Authorization", "Bearer wrong-key-2")),
    "quotes": (("Authorization", 'Bearer "'),),
    "equals": (("Authorization", "Bearer ===="),),
}
PLACES: dict[str, dict[str, Any]] = {
    "query-access-token": {"query": (("access_token", "{key}"),)},
    "query-api-key": {"query": (("api_key", "{key}"),)},
    "query-token": {"query": (("token", "{key}"),)},
    "query-key": {"query": (("key", "{key}"),)},
    "query-authorization": {"query": (("Authorization", "Bearer {key}"),)},
    "cookie": {
        "headers": (("Cookie", "Authorization=Bearer {key}; token={key}; access_token={key}; api_key={key}"),)
    },
    "x-api-key": {"headers": (("X-API-Key", "{key}"),)},
    "body": {
        "headers": (("Content-Type", "application/x-www-form-urlencoded"),),
        "body": "access_token=wrong",
    },
}


def _anonymous(subject: Subject, **more: Any) -> Request:
    more.setdefault("headers", ())
    query = more.pop("query", None)
    raw = (
        "&".join(f"{name}={value.replace(' ', '%20')}" for name, value in query)
        if query
        else more.pop("raw_query", None)
    )
    return Request(
        more.pop("method", subject.operation.method),
        subject.operation.plain_path or subject.operation.path,
        raw_query=raw,
        exact=True,
        **more,
    )


def _refused(exchange: Exchange, what: str) -> list[Finding]:
    if exchange.status == 401 or (exchange.response is None and exchange.request.edge):
        return []
    return [
        Finding(
            f"401 for {what}",
            f"status {exchange.status}" if exchange.status else f"no answer: {exchange.error}",
            (exchange,),
        )
    ]


@requirements("AUT-01")
def test_accepted(subject: Subject) -> None:
    """A valid key is accepted, the scheme's name in any case (RFC 9110 11.1)."""
    for scheme, level in (("Bearer", None), ("bearer", "SHOULD"), ("BEARER", "SHOULD")):
        exchange = subject.send(_anonymous(subject, headers=(("Authorization", f"{scheme} {{key}}"),)))
        if exchange.status >= 500:
            exchange = subject.send(exchange.request, again=True)
        bad = exchange.status in (401, 403)
        subject.judge(
            "AUT-01",
            [
                Finding(
                    f"the key accepted under {scheme}", f"status {exchange.status}", (exchange,), level=level
                )
            ]
            if bad
            else [],
            accepted=1,
        )


@requirements("AUT-02")
def test_no_header(subject: Subject) -> None:
    """No header gives 401."""
    exchange = subject.send(_anonymous(subject))
    subject.judge("AUT-02", _refused(exchange, "a request without Authorization"), refusals=1)


@requirements("AUT-03", "AUT-07", "AUT-08", "AUT-09")
@pytest.mark.parametrize("token", TOKENS)
def test_wrong_token(subject: Subject, token: str) -> None:
    """A token that is not exactly the key gives 401."""
    value, edit = TOKENS[token]
    exchange = subject.send(_anonymous(subject, headers=(("Authorization", value),), edit=edit))
    subject.judge("AUT-03", _refused(exchange, f"a token that is {token}"), refusals=1)


@requirements("AUT-04")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_other_scheme(subject: Subject, scheme: str) -> None:
    """Another scheme gives 401, even with the right key."""
    exchange = subject.send(_anonymous(subject, headers=(("Authorization", SCHEMES[scheme]),)))
    subject.judge("AUT-04", _refused(exchange, f"the scheme {scheme}"), refusals=1)


@requirements("AUT-05")
@pytest.mark.parametrize("form", MALFORMED)
def test_malformed(subject: Subject, form: str) -> None:
    """A malformed header gives 401 or another 4xx."""
    exchange = subject.send(_anonymous(subject, headers=MALFORMED[form], edge=True))
    fine = exchange.response is None or 400 <= exchange.status < 500
    subject.judge(
        "AUT-05",
        []
        if fine
        else [Finding(f"4xx for a header that is {form}", f"status {exchange.status}", (exchange,))],
        refusals=1,
    )


@requirements("AUT-06")
@pytest.mark.parametrize("place", PLACES)
def test_key_elsewhere(subject: Subject, place: str) -> None:
    """A key outside the header is not accepted (RFC 6750 2.3)."""
    exchange = subject.send(_anonymous(subject, **PLACES[place]))
    subject.judge("AUT-06", _refused(exchange, f"a key in {place}"), refusals=1)


@requirements("AUT-10")
def test_same_words(subject: Subject) -> None:
    """Every refusal reads the same, whatever is wrong with the key."""
    answers = subject.send_all(
        [_anonymous(subject)]
        + [
            _anonymous(subject, headers=(("Authorization", TOKENS[name][0]),), edit=TOKENS[name][1])
            for name in ("truncated", "other", "empty", "suffixed")
        ]
    )
    bodies = {
        exchange.response.body: exchange
        for exchange in answers
        if exchange.response and exchange.status == 401
    }
    found = (
        [Finding("one wording for every refusal", f"{len(bodies)} wordings", tuple(bodies.values())[:2])]
        if len(bodies) > 1
        else []
    )
    subject.judge("AUT-10", found, refusals=len(answers))


@requirements("AUT-11")
def test_before_validation(subject: Subject) -> None:
    """An unauthenticated request with bad parameters gets 401, not 400."""
    raw = (
        "&".join(f"{one['name']}=abc" for one in subject.operation.parameters if one.get("in") == "query")
        or "x=%00"
    )
    exchange = subject.send(_anonymous(subject, raw_query=raw))
    subject.judge("AUT-11", _refused(exchange, "bad parameters without a key"), refusals=1)


@requirements("AUT-12")
def test_everywhere(subject: Subject) -> None:
    """Authentication holds for every window, filter and method, not only the plain GET."""
    queries = ["x=1"]
    paging = subject.operation.pagination
    if paging:
        queries += [
            f"{paging.limit}={limit}&{paging.offset}={offset}"
            for limit, offset in ((1, 0), (5, 5), (paging.maximum_limit, 0), (20, 10**6))
        ]
        queries += [f"{paging.limit}=1", f"{paging.offset}=1"]
    queries += [f"{name}=1" for name in subject.operation.filters]
    for place in subject.operation.filters.values():
        pages, _ = subject.walk(paging.maximum_limit) if paging else ([], False)
        known = next((pointer.get(row, place) for page in pages for row in page.rows), None)
        queries += [f"{name}={known}" for name in subject.operation.filters if known is not None]
    requests = [_anonymous(subject, raw_query=query) for query in queries]
    wrong = (("Authorization", "Bearer wrong-key-0123456789abcdef"),)
    requests += [_anonymous(subject, raw_query=query, headers=wrong) for query in queries[:4]]
    for exchange in subject.send_all(requests):
        subject.judge(
            "AUT-12", _refused(exchange, f"?{exchange.request.raw_query} without a valid key"), refusals=1
        )
    for method in ("HEAD", "OPTIONS", *(("POST",) if subject.settings.unsafe else ())):
        exchange = subject.send(_anonymous(subject, method=method))
        # A method that the operation lacks may be refused as such; what must not happen is that it is served.
        served = (
            exchange.ok
            and (method != "OPTIONS" or laws.read_page(exchange, subject.operation, 0, 0) is not None)
            if paging
            else exchange.ok
        )
        found = (
            [Finding(f"401 for {method} without a key", f"status {exchange.status}", (exchange,))]
            if served or exchange.status >= 500
            else []
        )
        subject.judge("AUT-12", found, refusals=1)


@requirements("AUT-13")
def test_cacheable(subject: Subject) -> None:
    """An answer to an authenticated request is not publicly cacheable (RFC 9111 3.5)."""
    subject.send_all([subject.request(plain=True), subject.request(("x", "1"))])
