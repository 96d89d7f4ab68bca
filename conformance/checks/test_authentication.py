"""Bearer authentication: what is let in, what is refused, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.filter_values import unmatched, values
from conformance.checks.lists import paging
from conformance.checks.marks import requirements
from conformance.checks.windows import out_of_bounds
from conformance.client import Request
from conformance.laws import authentication as laws
from conformance.laws.pages import read_page
from conformance.laws.refusals import banner

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange
    from conformance.events.model import Level

OTHER = "Bearer wrong-key-0123456789abcdef"
# What is presented, and how the key in it is altered; the first ones tell the most: see `Subject.few`.
TOKENS: dict[str, tuple[str, str | None]] = {
    "empty": ("Bearer ", None),
    "truncated": ("Bearer {key}", "truncated"),
    "with a suffix": ("Bearer {key}", "suffixed"),
    "in another case": ("Bearer {key}", "swapped"),
    "another": (OTHER, None),
    "missing behind the scheme": ("Bearer", None),
    "blank": ("Bearer    ", None),
    "half the key": ("Bearer {key}", "half"),
    "as long and ends alike": ("Bearer {key}", "ending"),
    "as long and begins alike": ("Bearer {key}", "beginning"),
    "other in its last character": ("Bearer {key}", "changed"),
    "a wildcard": ("Bearer *", None),
    "the key twice": ("Bearer {key},{key}", None),
    "the key and a word": ("Bearer {key} x", None),
    "in quotes": ('Bearer "{key}"', None),
}
SCHEMES: dict[str, tuple[str, str | None]] = {
    "Basic with the key": ("Basic {key}", None),
    "Token": ("Token {key}", None),
    "ApiKey": ("ApiKey {key}", None),
    "none": ("{key}", None),
    "Basic with the key as user": ("Basic {key}", "user"),
    "Basic with the key as password": ("Basic {key}", "password"),
    "Bearer with a colon": ("Bearer: {key}", None),
    "a word before Bearer": ("x Bearer {key}", None),
}
LET_IN = "Bearer {key}"
MALFORMED: dict[str, tuple[tuple[str, str], ...]] = {
    "without a space": (("Authorization", "Bearer{key}"),),
    "not ASCII": (("Authorization", "Bearer \xff\xfe\xe9"),),
    "of 8 kB": (("Authorization", "Bearer " + "a" * 8_192),),
    "repeated": (("Authorization", "Bearer wrong-key-1"), ("Authorization", "Bearer wrong-key-2")),
    "of 64 kB": (("Authorization", "Bearer " + "a" * 65_536),),
    "with a control byte": (("Authorization", "Bearer a\x01b"),),
    "a quote": (("Authorization", 'Bearer "'),),
    "empty": (("Authorization", ""),),
    "not UTF-8": (("Authorization", "Bearer \xc3\x28"),),
}
REPEATED = (
    (("Authorization", LET_IN), ("Authorization", "Bearer wrong-key-2")),
    (("Authorization", "Bearer wrong-key-1"), ("Authorization", LET_IN)),
)
FORM = ("Content-Type", "application/x-www-form-urlencoded")
PLACES: dict[str, dict[str, Any]] = {
    "the query, as access_token": {"raw_query": "access_token={key}"},
    "the query, as api_key": {"raw_query": "api_key={key}"},
    "a cookie": {
        "headers": (("Cookie", "Authorization=Bearer {key}; token={key}; access_token={key}; api_key={key}"),)
    },
    "the query, as token": {"raw_query": "token={key}"},
    "the query, as key": {"raw_query": "key={key}"},
    "the query, as Authorization": {"raw_query": "Authorization=Bearer%20{key}"},
    "X-API-Key": {"headers": (("X-API-Key", "{key}"),)},
    "a form": {"headers": (FORM,), "body": "access_token={key}&api_key={key}&token={key}"},
    "a JSON body": {
        "headers": (("Content-Type", "application/json"),),
        "body": '{"access_token":"{key}","api_key":"{key}","token":"{key}"}',
    },
    "Proxy-Authorization": {"headers": (("Proxy-Authorization", LET_IN),)},
}


def _anonymous(context: Context, **more: Any) -> Request:
    more.setdefault("headers", ())
    return Request(more.pop("method", context.operation.method), context.path, **more)


def _presenting(context: Context, value: str, edit: str | None = None, **more: Any) -> Request:
    return _anonymous(context, headers=(("Authorization", value),), edit=edit, **more)


@requirements("AUT-01")
def test_accepted(sender: Sender, evidence: Evidence) -> None:
    """A valid key is accepted, the scheme's name in any case."""
    schemes: tuple[tuple[str, Level | None], ...] = (
        ("Bearer", None),
        ("bearer", "SHOULD"),
        ("BEARER", "SHOULD"),
    )
    for scheme, level in sender.few(schemes, 2):
        exchange = sender.send(_presenting(sender.context, f"{scheme} {{key}}"))
        if exchange.status >= 500:
            exchange = sender.send(exchange.request, again=True)
        evidence.judge("AUT-01", laws.accepted(exchange, scheme, level), accepted=1)


@requirements("AUT-02")
def test_no_header(sender: Sender, evidence: Evidence) -> None:
    """No header gives 401."""
    exchange = sender.send(_anonymous(sender.context))
    evidence.judge("AUT-02", laws.refused(exchange, "a request without Authorization"), refusals=1)


@requirements("AUT-03", "AUT-05", "AUT-07", "AUT-08", "AUT-09")
def test_wrong_tokens(sender: Sender, evidence: Evidence) -> None:
    """A token that is not exactly the key gives 401."""
    names = sender.few([name for name, (_, edit) in TOKENS.items() if sender.client.alters(edit)], 5)
    answers = sender.send_all([_presenting(sender.context, *TOKENS[name]) for name in names])
    for name, exchange in zip(names, answers, strict=True):
        evidence.judge(_of(exchange, "AUT-03"), laws.refused(exchange, f"a token that is {name}"), refusals=1)
    let_in = sender.send(sender.request(plain=True))
    evidence.judge("AUT-09", [one for exchange in answers for one in banner(exchange, let_in)][:1])


@requirements("AUT-04", "AUT-05")
def test_other_schemes(sender: Sender, evidence: Evidence) -> None:
    """Another scheme gives 401, even with the right key."""
    names = sender.few(list(SCHEMES), 4)
    answers = sender.send_all([_presenting(sender.context, *SCHEMES[name]) for name in names])
    for name, exchange in zip(names, answers, strict=True):
        evidence.judge(_of(exchange, "AUT-04"), laws.refused(exchange, f"the scheme {name}"), refusals=1)


def _of(exchange: Exchange, requirement: str) -> str:
    """A header that makes the server fail is AUT-05's, whatever is in it."""
    return "AUT-05" if exchange.status >= 500 else requirement


@requirements("AUT-05")
def test_malformed(sender: Sender, evidence: Evidence) -> None:
    """A malformed header gives 401 or another 4xx."""
    names = sender.few(list(MALFORMED), 4)
    answers = sender.send_all(
        [_anonymous(sender.context, headers=MALFORMED[name], edge=True) for name in names]
    )
    for name, exchange in zip(names, answers, strict=True):
        evidence.judge("AUT-05", laws.turned_away(exchange, f"a header that is {name}"), refusals=1)
    if sender.settings.profile != "smoke":
        pair = sender.send_all([_anonymous(sender.context, headers=both, edge=True) for both in REPEATED])
        evidence.judge("AUT-05", laws.repeated(pair), refusals=2)


@requirements("AUT-06")
def test_key_elsewhere(sender: Sender, evidence: Evidence) -> None:
    """A key outside the header is not accepted (RFC 6750 2.3)."""
    names = sender.few(list(PLACES), 3)
    answers = sender.send_all([_anonymous(sender.context, **PLACES[name]) for name in names])
    for name, exchange in zip(names, answers, strict=True):
        evidence.judge("AUT-06", laws.turned_away(exchange, f"a key in {name}"), refusals=1)


@requirements("AUT-10")
def test_same_words(sender: Sender, evidence: Evidence) -> None:
    """Every refusal reads the same, whatever is wrong with the key."""
    names = ("truncated", "another", "empty", "with a suffix", "half the key")
    altered = [name for name in names if sender.client.alters(TOKENS[name][1])]
    requests = [_anonymous(sender.context), *(_presenting(sender.context, *TOKENS[name]) for name in altered)]
    answers = sender.send_all(sender.few(requests, 5))
    evidence.judge("AUT-10", laws.one_wording(answers), refusals=len(answers))


@requirements("AUT-11")
def test_before_validation(sender: Sender, evidence: Evidence) -> None:
    """An unauthenticated request with bad parameters gets 401, not 400."""
    names = [one["name"] for one in sender.operation.parameters if one.get("in") == "query"]
    queries = ["&".join(f"{name}=abc" for name in names), *(f"{name}=abc" for name in names)]
    asked = sender.few([query for query in queries if query] or ["x=1"], 1)
    for exchange in sender.send_all([_anonymous(sender.context, raw_query=query) for query in asked]):
        evidence.judge("AUT-11", laws.refused(exchange, "bad parameters without a key"), refusals=1)


@requirements("AUT-12")
def test_everywhere(sender: Sender, evidence: Evidence) -> None:
    """Authentication holds for every window, filter and method, not only the plain GET."""
    queries = sender.few(_windows(sender), 4)
    requests = [_anonymous(sender.context, raw_query=query) for query in queries]
    requests += [_presenting(sender.context, OTHER, raw_query=query) for query in sender.few(queries[:2], 0)]
    for exchange in sender.send_all(requests):
        what = f"?{exchange.request.raw_query} without a valid key"
        evidence.judge("AUT-12", laws.refused(exchange, what), refusals=1)
    for exchange in sender.send_all(
        _anonymous(sender.context, raw_query=query) for query in _outside(sender.context)
    ):
        what = f"?{exchange.request.raw_query} without a key"
        evidence.judge("AUT-12", laws.turned_away(exchange, what), refusals=1)
    methods = ("HEAD", "OPTIONS", *(("POST", "PUT", "DELETE") if sender.settings.unsafe else ()))
    for method in sender.few(methods, 1):
        exchange = sender.send(_anonymous(sender.context, method=method))
        evidence.judge(
            "AUT-12", laws.not_served(exchange, carries_rows=_rows(sender.context, exchange)), refusals=1
        )


def _windows(sender: Sender) -> list[str]:
    """Query strings of every kind that the operation documents."""
    queries: list[str] = []
    filters = [
        f"{name}={value}"
        for name, place in sender.operation.filters.items()
        for value in values(sender, place)[:2]
    ]
    if sender.operation.pagination:
        trait = paging(sender.context)
        queries += [f"{trait.limit}=1", f"{trait.offset}=5", *filters[:1], f"{trait.offset}=1000000"]
        queries += [
            f"{trait.limit}={limit}&{trait.offset}={offset}"
            for limit, offset in ((5, 5), (trait.maximum_limit, 0), (1, 1))
        ]
        queries += [f"{query}&{trait.limit}=5&{trait.offset}=1" for query in filters[:1]]
    return [*queries, *filters[1:]]


def _outside(context: Context) -> list[str]:
    """Query strings that are not documented: what is refused first is not stated, but something must be."""
    trait = context.operation.pagination
    if trait is None or context.settings.profile == "smoke":
        return []
    queries = [f"{parameter.name}={value}" for parameter, value in out_of_bounds(trait)]
    return [*queries, *(f"{name}={value}" for name, value in unmatched(context))]


def _rows(context: Context, exchange: Exchange) -> bool:
    """Whether an answer holds what the operation serves."""
    if context.operation.pagination:
        return read_page(exchange, context.operation, 0, 0) is not None
    return exchange.ok and exchange.json is not None


@requirements("AUT-13")
def test_cacheable(sender: Sender) -> None:
    """An answer to an authenticated request is not publicly cacheable (RFC 9111 3.5)."""
    sender.send_all([sender.request(plain=True), sender.request(("unknown", "1"))])
