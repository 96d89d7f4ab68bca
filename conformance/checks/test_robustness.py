"""Robustness: methods, unknown and broken parameters, the published samples."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.beside import beside_keyless
from conformance.checks.confirm import confirm, windows_differ
from conformance.checks.filter_values import values
from conformance.checks.lists import paging
from conformance.checks.marks import requirements
from conformance.checks.methods import undocumented_methods, with_method
from conformance.checks.removals import Removals
from conformance.checks.windows import within
from conformance.contract.inputs import BODY
from conformance.contract.values import path_names
from conformance.events.model import Unexercised
from conformance.laws import pages as page_laws
from conformance.laws import robustness as laws
from conformance.laws.answer import Answer
from conformance.laws.edge import is_edge_refusal
from conformance.laws.named_resources import is_of_data, refuses_guess, wants_unstated_key
from conformance.laws.service import now_and_then

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Query
    from conformance.client import Exchange
    from conformance.contract.parts_of_operation import Sample
    from conformance.laws.finding import Finding

TOGETHER = "q=%00&r=%zz&s=%ff%fe"  # what is refused may be so for one of them alone
BRACKETS = "[]"  # stands for `Context.brackets`
# `*` stands for each query parameter that the document has; the first ones show the most.
QUERIES = {
    "unknown": "unknown=1",
    "of names alone": "flag&&other",
    "with NUL, bad percent-encoding and no UTF-8": TOGETHER,
    "of 4 kB": "q=" + "a" * 4_000,
    "of 200 parameters": "&".join(f"p{i}=1" for i in range(200)),
    "of 30 kB": "q=" + "a" * 30_000,
    "of brackets": BRACKETS,
    "NUL in a parameter": "*=%00",
    "bad percent-encoding in a parameter": "*=%zz",
    "not UTF-8 in a parameter": "*=%ff",
}
SINGLY = {"with NUL": "q=%00", "with bad percent-encoding": "r=%zz", "not UTF-8": "s=%ff%fe"}
# What only the application sees; all else a server's HTTP layer may refuse by itself, in its own
# form.
PLAIN = ("unknown", "of names alone", "of 200 parameters", "of brackets")
PAST_EDGE = "methods past the edge"
LEAST = 3  # methods of which the refusals are evidence enough
LEAST_PLAIN = 10  # plain requests, which ROB-06 needs for a pass
ONE_BY_ONE = 12  # plain requests, where some were answered and others told that there is nothing
STEADY = 4  # times that a method is sent again which is answered as in an outage


@requirements("ROB-01", "ROB-07")
def test_methods(sender: Sender, evidence: Evidence) -> None:
    """Methods that the path does not have are refused as such, and change nothing."""
    safe, unsafe = undocumented_methods(sender.context)
    answers: list[Exchange] = []
    if unsafe and sender.operation.pagination and sender.settings.profile != "smoke":
        # Rows that went just once may have gone by themselves.
        experiment, never = Removals(sender, unsafe), lambda changes: False
        confirm(
            sender,
            evidence,
            "ROB-01",
            experiment,
            inherent=True,
            exceeds=never,
            methods=len(unsafe),
        )
        answers += experiment.answers

    methods = safe if answers else [*safe, *sender.few(unsafe, 1)]
    answers += sender.send_all(with_method(sender.context, method) for method in methods)
    answers = [_steady(sender, exchange) for exchange in answers]
    if len(safe) < LEAST and not unsafe:
        evidence.exhausted("ROB-01")  # the path has most methods
    reached = [one for one in answers if not is_edge_refusal(one, sender.operation.errors)]
    # Of a list there is other evidence: its rows.
    least = 1 if unsafe and sender.operation.pagination else min(LEAST, len(answers))
    if len(reached) < least:
        lack = Unexercised("unsupported methods", least, len(reached), PAST_EDGE)
        evidence.unexercised("ROB-01", lack)
    for exchange in reached:
        found = beside_keyless(sender, laws.method_refused(exchange), exchange)
        evidence.judge("ROB-01", found, methods=1)
        form = laws.method_refused_as_such(exchange)
        if form is not None:
            evidence.judge("ROB-07", form, methods=1)


def _steady(sender: Sender, exchange: Exchange) -> Exchange:
    """The answer to a method; where its region was out of order, or failed, one to the same request
    again: what fails now and then does so whatever the method.
    """
    for _ in range(STEADY):
        if exchange.lapse is None and exchange.status < 500:
            break
        exchange = sender.send(exchange.request, again=True)
    return exchange


@requirements("ROB-02", "ROB-03", "ROB-08", "PAG-13", "FIL-06")
def test_queries(sender: Sender, evidence: Evidence) -> None:
    """Unknown parameters, long queries, NUL and bad percent-encoding never give a 5xx."""
    asked = sender.few(_queries(sender.context), 5)
    answers = _answers_to(sender, asked)
    if any(query == TOGETHER and not exchange.ok for (_, query), exchange in answers):
        answers += _answers_to(sender, list(SINGLY.items()))
    for (what, query), exchange in answers:
        requirement = _of(sender.context, query.split("=")[0])
        counts: dict[str, Any] = {"requests" if requirement == "ROB-02" else "values": 1}
        evidence.judge(requirement, laws.no_failure(exchange, what), **counts)

    # Refusals whose form the always-on laws judge: by the application, and by whatever routes
    # requests to it.
    if sender.operation.pagination:
        sender.send_all(
            sender.request((parameter.name, "AAA"))
            for parameter in sender.operation.pagination.parameters
        )
    sender.send(sender.request(path=sender.context.unknown_path))
    # A server that takes every value, behind a router that refuses in a form of its own, gives few.
    evidence.exhausted("ROB-03")


def _answers_to(
    sender: Sender, asked: Sequence[tuple[str, str]]
) -> list[tuple[tuple[str, str], Exchange]]:
    requests = [sender.request(raw_query=query, edge=what not in PLAIN) for what, query in asked]
    return list(zip(asked, sender.send_all(requests), strict=True))


def _queries(context: Context) -> list[tuple[str, str]]:
    """What is odd about each query, and the query itself."""
    queries = []
    for what, query in QUERIES.items():
        names = context.operation.query_names if "*" in query else ("",)
        queries += [(what, query.replace("*", name)) for name in names]
    return [(what, context.brackets if query == BRACKETS else query) for what, query in queries]


def _of(context: Context, name: str) -> str:
    """Whose law a broken value of a parameter is: a filter's, the window's, or nobody's in
    particular.
    """
    trait = context.operation.pagination
    if name in context.operation.filters:
        return "FIL-06"
    if trait and any(parameter.name == name for parameter in trait.parameters):
        return "PAG-13"
    return "ROB-02"


@requirements("ROB-04")
def test_published_samples(sender: Sender, evidence: Evidence) -> None:
    """What the published code samples send gets the answer of the plain request."""
    for sample in sender.operation.samples:
        if not sender.operation.pagination:
            evidence.judge("ROB-04", _sample(sender, sample, (), False), comparisons=1)
            continue
        # A body that is read for parameters may hide any of them.
        for query in sender.few([(), _every_parameter(sender)], 1):
            experiment = partial(_sample, sender, sample, query)
            exceeds = partial(windows_differ, sender.context, experiment)
            confirm(sender, evidence, "ROB-04", experiment, exceeds=exceeds, comparisons=1)


def _every_parameter(sender: Sender) -> Query:
    """A query with each filter, and each parameter of a window."""
    filters = [
        (name, str(value))
        for name, place in sender.operation.filters.items()
        for value in values(sender, place)[:1]
    ]
    trait = paging(sender.context)
    return (*filters, *trait.window(5, within(trait, 5, 2)))


def _sample(sender: Sender, sample: Sample, query: Query, again: bool) -> list[Finding]:
    requests = [
        sender.request(*query, plain=True),
        sender.request(*query, headers=sample.headers, body=sample.body),
    ]
    plain, sampled = sender.send_all(requests, again=again)
    what = f"without the body {sample.body}" if sample.body else "without the sample's headers"
    findings = laws.same_answer(plain, sampled, what)
    if findings or not sender.operation.pagination:
        return findings

    expected, seen = (
        page_laws.read_page(answer, sender.operation, 0, 0) for answer in (plain, sampled)
    )
    return page_laws.same_page(seen, expected, what) if seen and expected else []


@requirements("ROB-05", "ROB-06")
def test_plain_requests(sender: Sender, evidence: Evidence) -> None:
    """Plain valid requests keep being answered; the always-on laws judge each of the run."""
    if sender.operation.has_pages:
        # Other checks ask for lists hundreds of times, unless few requirements are selected.
        asked = sender.client.answers(sender.operation.id)
        exchanges = [exchange for exchange in asked if exchange.request.plain]
        missing = LEAST_PLAIN - len(exchanges)
        exchanges += sender.send_all([sender.request(plain=True)] * max(0, missing), again=True)
    else:
        times = 10 if sender.settings.profile == "smoke" else 20
        exchanges = sender.send_all([sender.request(plain=True)] * times, again=True)
        if {200, 404} <= {exchange.status for exchange in exchanges}:
            # Of those under way together none comes before the other.
            exchanges += [
                sender.send(sender.request(plain=True), again=True) for _ in range(ONE_BY_ONE)
            ]
        evidence.judge("ROB-06", now_and_then(exchanges))
        if laws.has_tags(exchanges):
            tagged = sender.request(headers=(("If-None-Match", laws.NO_SUCH_TAG),))
            evidence.judge("ROB-06", laws.not_unchanged(sender.send(tagged)))
    answers = [Answer(exchange, sender.schemas) for exchange in exchanges]
    if answers and all(map(is_of_data, answers)):
        _note_refused(sender, evidence, answers[0])
    if sender.operation.optional:
        # What needs no key is answered without one too (OpenAPI, Security Requirement Object).
        sender.send(sender.anonymous(plain=True))


def _note_refused(sender: Sender, evidence: Evidence, answer: Answer) -> None:
    """Say that a value was refused, or that the path names nothing: a row that was listed may be gone
    by now.
    """
    if refuses_guess(answer):
        evidence.unjudged("ROB-06", _guessed(sender, answer.status))
    elif wants_unstated_key(answer):
        evidence.unjudged("ROB-06", _unstated_key(sender, answer.status))
    elif sender.operation.feeds:
        lack = Unexercised(sender.operation.path, 1, 0, "that stay")
        evidence.unexercised("ROB-06", lack)
    else:
        evidence.unjudged("ROB-06", _names_nothing(sender))


def _guessed(sender: Sender, status: int) -> str:
    guessed = sender.operation.inputs.guessed
    missing = [name.partition(" ")[0] for name in guessed if name != BODY]
    advice = [f"state {', '.join(missing)} under `values` in an overlay"] if missing else []
    advice += ["give its body an `example` in an overlay"] if BODY in guessed else []
    return (
        f"{sender.operation.method} {sender.context.path} answered {status} to values that only the "
        f"schema gives for {', '.join(guessed)}; {', and '.join(advice)}"
    )


def _unstated_key(sender: Sender, status: int) -> str:
    return (
        f"{sender.operation.method} {sender.context.path} answered {status} without a key, and the "
        "document states no `security` of the operation; state it in an overlay"
    )


def _names_nothing(sender: Sender) -> str:
    names = ", ".join(f"{{{name}}}" for name in path_names(sender.operation.path))
    return (
        f"{sender.operation.method} {sender.context.path} answered 404: the value that the document "
        f"gives for {names} names nothing here; state another one under `values` in an overlay"
    )


@requirements("ROB-09")
def test_head(sender: Sender, evidence: Evidence) -> None:
    """HEAD is answered as GET is, but for the body."""
    trait = paging(sender.context)
    queries: list[Query] = [(), trait.window(5, None)]
    for query in sender.few(queries, 1):
        experiment = partial(_head, sender, query)
        confirm(sender, evidence, "ROB-09", experiment, inherent=True, answers=1)


def _head(sender: Sender, query: Query, again: bool) -> list[Finding]:
    requests = [sender.request(*query), sender.request(*query, method="HEAD")]
    got, head = sender.send_all(requests, again=again)
    if is_edge_refusal(head, sender.operation.errors):
        return []
    return laws.head_as_get(got, head)
