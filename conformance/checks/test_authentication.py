"""Authentication: what is accepted, what is refused, and how."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate, cycle
from typing import TYPE_CHECKING

from conformance.checks.beside import beside_unknown_key
from conformance.checks.every_query import any_query
from conformance.checks.investigate import model_of
from conformance.checks.marks import requirements
from conformance.checks.presenting import carrying, joined, together
from conformance.checks.unkeyed import queries, queries_out_of_bounds, unknown_paths
from conformance.checks.wrong_keys import others_than_the_key, wrong_keys
from conformance.client.credentials import positions
from conformance.contract.security import Presentation, Wrong
from conformance.contract.security.basic import Basic
from conformance.events.model import Unexercised
from conformance.laws import authentication as laws
from conformance.laws import refusals
from conformance.laws.edge import is_edge_refusal, is_in_place
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.contract.security import Security
    from conformance.laws.finding import Finding

UNSAFE = ("POST", "PUT", "DELETE")
UNAUTHENTICATED = 401
FOREIGN = "https://foreign.example"
LEAST_PLACES = 3  # of a key elsewhere, whose refusals are evidence enough
COMPARED = 5  # refusals whose wording is compared in a smoke run
KEY_AS_USER = Presentation((("Authorization", "Basic {key}"),), alteration="user")
PAST_LIMIT = "past the limit of guesses"


def _security(sender: Sender) -> Security:
    assert sender.operation.security is not None
    return sender.operation.security


def _refused(sender: Sender, exchange: Exchange, what: str) -> list[Finding]:
    return laws.refused(exchange, what, sender.operation.refusals)


def _presenting(sender: Sender, presentation: Presentation, *, edge: bool = False) -> Request:
    request = carrying(sender.anonymous(), presentation)
    return replace(request, edge=edge or not presentation.certificate)


def _refusals_of(sender: Sender, wrong: Sequence[Wrong]) -> list[tuple[Wrong, Exchange]]:
    """Each wrong presentation and the answer to it; none that another alternative documents."""
    wrong = [entry for entry in wrong if not _is_alternative(sender, entry.presentation)]
    requests = [_presenting(sender, entry.presentation, edge=entry.before_api) for entry in wrong]
    return list(zip(wrong, sender.send_all(requests), strict=True))


def _is_alternative(sender: Sender, presentation: Presentation) -> bool:
    """Whether another scheme of the operation presents its key so: it may be one key for all, which
    Basic takes as the user beside an empty password.
    """
    others = sender.operation.alternatives
    if presentation == KEY_AS_USER and any(scheme.kind == Basic.kind for scheme in others):
        return True
    return any(scheme.presents(presentation) for scheme in others)


@requirements("AUT-01", "AUT-14")
def test_accepted(sender: Sender, evidence: Evidence) -> None:
    """A valid key is accepted, under the scheme's name in any case."""
    sender.send(sender.request(plain=True))  # AUT-01 is an always-on law
    equivalents = list(_security(sender).equivalents.items())
    if not equivalents:
        evidence.unjudged("AUT-14", "the scheme has no name of its own", "not_applicable")
    for name, presentation in sender.few(equivalents, 1):
        exchange = sender.send(_presenting(sender, presentation))
        if exchange.status >= 500:
            exchange = sender.send(exchange.request, again=True)
        evidence.judge("AUT-14", laws.accepted(exchange, name), accepted=1)

    for other in sender.operation.keyed:
        exchange = sender.send(_presenting(sender, other.presentation))
        evidence.judge("AUT-01", laws.accepted(exchange, other.scheme), accepted=1)


@requirements("AUT-02")
def test_no_key(sender: Sender, evidence: Evidence) -> None:
    """A request without a key gets 401."""
    exchange = sender.send(sender.anonymous())
    evidence.judge("AUT-02", _refused(sender, exchange, "a request without a key"), refusals=1)


@requirements("AUT-03", "AUT-05", "AUT-07", "AUT-08", "AUT-09", "AUT-16", "AUT-17")
def test_wrong_keys(sender: Sender, evidence: Evidence) -> None:
    """A token that is not exactly the key gets 401, and no refusal says more than that."""
    if not _security(sender).schemes:
        evidence.exhausted("AUT-03", "AUT-05")
    answers = _refusals_of(sender, sender.few(wrong_keys(sender), 5))
    answers += _refusals_of_alternatives(sender)
    for wrong, exchange in answers:
        requirement = _of(exchange, "AUT-03")
        evidence.judge(requirement, _refused(sender, exchange, wrong.name), refusals=1)

    # Right behind keys that nearly are the right one, which must not be taken for one of them.
    is_tried = sender.settings.profile != "smoke"
    accepted = sender.send(sender.request(plain=True), again=is_tried)
    for _, exchange in answers:
        evidence.judge("AUT-09", refusals.version_in_refusals(exchange, accepted))
        evidence.judge("AUT-16", refusals.version_everywhere(exchange, accepted), refusals=1)

    # Who guesses is limited, and sees no refusal of a key (Decision 4).
    if answers and all(exchange.status == 429 for _, exchange in answers):
        for requirement in ("AUT-07", "AUT-08", "AUT-09", "AUT-16", "AUT-17"):
            evidence.unexercised(requirement, Unexercised("refusals", 3, 0, PAST_LIMIT))


def _refusals_of_alternatives(sender: Sender) -> list[tuple[Wrong, Exchange]]:
    """What is wrong with the key of each alternative; where that is not known, a key that nobody has."""
    operation = sender.operation
    wrong = [
        Wrong(f"an unknown key ({other.scheme})", other.unknown, not other.unknown.certificate)
        for other in operation.alternatives
        if other not in operation.keyed
    ]
    for other in operation.keyed:
        own = others_than_the_key(other, other.wrong_keys, sender.client.secret)
        wrong += [
            replace(entry, name=f"{entry.name} ({other.scheme})") for entry in sender.few(own, 5)
        ]
    return _refusals_of(sender, wrong)


@requirements("AUT-03", "AUT-12")
def test_every_position(sender: Sender, evidence: Evidence) -> None:
    """A key that differs in a single character, whichever, gets 401."""
    if sender.settings.profile == "smoke":
        return

    security, secret = _security(sender), sender.client.secret
    altered = [
        security.altered(name, scheme)
        for scheme in security.schemes
        for name in positions(secret.of(scheme))
    ]
    model = model_of(sender) if sender.operation.pagination else None
    queries = any_query(sender, model) if model else [sender.anonymous()]
    answers = sender.send_all(
        carrying(query, presentation)
        for presentation, query in zip(altered, cycle(queries), strict=False)
    )
    for number, exchange in enumerate(answers, 1):
        _judge_altered(sender, evidence, exchange, f"a key with another character {number}")


def _judge_altered(sender: Sender, evidence: Evidence, exchange: Exchange, what: str) -> None:
    """AUT-03; AUT-12 where the same key is refused without the query."""
    found = _refused(sender, exchange, what)
    if found and exchange.request.query_string:
        plain = sender.send(
            replace(exchange.request, query=sender.anonymous().query, raw_query=None)
        )
        found_plainly = _refused(sender, plain, what)
        if not found_plainly:
            evidence.judge("AUT-12", found, refusals=1)
        found = found_plainly
    evidence.judge("AUT-03", found, refusals=1)


@requirements("AUT-04", "AUT-05")
def test_other_schemes(sender: Sender, evidence: Evidence) -> None:
    """Another scheme gets 401, even with the right key."""
    if any(
        _is_alternative(sender, wrong.presentation) for wrong in _security(sender).other_schemes
    ):
        evidence.exhausted("AUT-04")
    for wrong, exchange in _refusals_of(sender, sender.few(_security(sender).other_schemes, 4)):
        requirement = _of(exchange, "AUT-04")
        evidence.judge(requirement, _refused(sender, exchange, wrong.name), refusals=1)


def _of(exchange: Exchange, requirement: str) -> str:
    """A credential that makes the server fail is AUT-05's, whatever is in it."""
    return "AUT-05" if exchange.status >= 500 else requirement


@requirements("AUT-05")
def test_malformed(sender: Sender, evidence: Evidence) -> None:
    """A malformed credential gets 401 or another 4xx."""
    for wrong, exchange in _refusals_of(sender, sender.few(_security(sender).malformed, 4)):
        found = laws.not_accepted(exchange, wrong.name)
        found = beside_unknown_key(sender, found, wrong, exchange)
        evidence.judge("AUT-05", found, refusals=1)

    ambiguous = _security(sender).ambiguous
    if ambiguous and sender.settings.profile != "smoke":
        answers = sender.send_all(_presenting(sender, each, edge=True) for each in ambiguous)
        if sender.contract.refuses_repeated:
            evidence.judge("AUT-05", laws.ambiguous(answers), refusals=len(answers))


@requirements("AUT-06")
def test_key_elsewhere(sender: Sender, evidence: Evidence) -> None:
    """A key in any other place than the documented one is not accepted."""
    elsewhere = [
        wrong
        for wrong in _security(sender).elsewhere
        if not _is_alternative(sender, wrong.presentation)
    ]
    groups = sorted(together(elsewhere), key=len, reverse=True)
    places = list(accumulate(map(len, groups)))
    asked = sender.few(groups, 1 + bisect_left(places, LEAST_PLACES))
    unclear = _judge_elsewhere(sender, evidence, asked)
    _judge_elsewhere(sender, evidence, [(wrong,) for group in unclear for wrong in group])
    _judge_cookies(sender, evidence)


def _judge_elsewhere(
    sender: Sender, evidence: Evidence, groups: Sequence[tuple[Wrong, ...]]
) -> list[tuple[Wrong, ...]]:
    """Keys in several places at once; the groups whose answer says nothing of each place."""
    presented = [joined(group) for group in groups]
    answers = sender.send_all(
        _presenting(sender, wrong.presentation, edge=wrong.before_api) for wrong in presented
    )

    unclear = []
    for group, wrong, exchange in zip(groups, presented, answers, strict=True):
        if len(group) > 1 and exchange.status != UNAUTHENTICATED:
            unclear.append(group)
            continue
        found = laws.not_accepted(exchange, wrong.name)
        evidence.judge("AUT-06", found, refusals=len(group))
    return unclear


def _judge_cookies(sender: Sender, evidence: Evidence) -> None:
    """Cookies that an answer set are no key: who finds them has not been given one."""
    sender.send(sender.request(plain=True))
    cookies = laws.cookies_set(sender.client.answers(sender.operation.id))
    if cookies:
        exchange = sender.send(sender.anonymous(headers=(("Cookie", "; ".join(cookies)),)))
        found = laws.not_accepted(exchange, "the cookies of an earlier answer alone")
        evidence.judge("AUT-06", found, refusals=1)


@requirements("AUT-10")
def test_same_wording(sender: Sender, evidence: Evidence) -> None:
    """Every refusal reads the same, whatever is wrong with the key."""
    presented = [entry.presentation for entry in wrong_keys(sender)]
    requests = [sender.anonymous(), *(_presenting(sender, each) for each in presented)]
    answers = sender.send_all(sender.few(requests, COMPARED))
    findings = laws.same_wording(answers, sender.operation.errors)
    evidence.judge("AUT-10", findings, refusals=len(answers))


@requirements("AUT-11")
def test_before_validation(sender: Sender, evidence: Evidence) -> None:
    """A request without a key and with bad parameters gets 401, not 400."""
    singly = [f"{name}=AAA" for name in sender.operation.query_names]
    queries = ["&".join(singly), *singly] if singly else ["x=1"]
    requests = [sender.anonymous(raw_query=query) for query in sender.few(queries, 1)]
    for exchange in sender.send_all(requests):
        evidence.judge(
            "AUT-11", _refused(sender, exchange, "bad parameters without a key"), refusals=1
        )


@requirements("AUT-12", "AUT-15")
def test_everywhere(sender: Sender, evidence: Evidence) -> None:
    """A key is needed for every window, filter and method, not only for the plain GET."""
    requests = [sender.anonymous(raw_query=query) for query in queries(sender)]
    for exchange in sender.send_all(requests):
        what = f"?{exchange.request.query_string} without a valid key"
        evidence.judge("AUT-12", _refused(sender, exchange, what), refusals=1)

    for path in unknown_paths(sender.operation):
        exchange = sender.send(sender.anonymous(path=path))
        what = f"{path}, which names nothing, without a key"
        evidence.judge("AUT-12", _refused(sender, exchange, what), refusals=1)

    outside = [sender.anonymous(raw_query=query) for query in queries_out_of_bounds(sender.context)]
    for exchange in sender.send_all(outside):
        what = f"?{exchange.request.query_string} without a key"
        evidence.judge("AUT-12", laws.not_accepted(exchange, what), refusals=1)

    methods = ("HEAD", "OPTIONS", *(UNSAFE if sender.settings.unsafe else ()))
    for method in sender.few(methods, 2):
        exchange = sender.send(sender.anonymous(method=method))
        if is_in_place(exchange) or is_edge_refusal(exchange, sender.operation.errors):
            continue
        carries_rows = _carries_rows(sender.context, exchange)
        evidence.judge("AUT-12", laws.not_served(exchange, carries_rows=carries_rows), refusals=1)
        if method == "OPTIONS":
            findings = [] if carries_rows else laws.not_described(exchange)
            evidence.judge("AUT-15", findings, refusals=1)


def _carries_rows(context: Context, exchange: Exchange) -> bool:
    """Whether an answer holds what the operation serves."""
    if context.operation.pagination:
        return read_page(exchange, context.operation, 0, 0) is not None
    return exchange.ok and exchange.json is not None


@requirements("AUT-13", "AUT-18")
def test_cacheable(sender: Sender) -> None:
    """An answer to an authenticated request is not publicly cacheable, nor open to a page of a
    foreign origin; the always-on laws judge it.
    """
    from_a_page = sender.request(headers=(("Origin", FOREIGN),))
    sender.send_all([sender.request(plain=True), sender.request(("unknown", "1")), from_a_page])
