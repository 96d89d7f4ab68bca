"""The laws that every exchange of a run is judged by, whichever check asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.client.health import GATEWAY
from conformance.laws import authentication, links, refusals, rows, schema, service, texts
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.client.exchange import Exchange
    from conformance.laws.schemas import Schemas

Judged = tuple[str, str, list[Finding]]
"""A requirement, the kind of evidence that an answer is for it, and what it has against the answer."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law of any single answer: the requirement it belongs to, and what an answer is evidence of.

    `judge` gives the findings; None where the law does not apply to the answer, which is then no
    evidence.
    """

    requirement: str
    evidence: str
    judge: Callable[[Answer], list[Finding] | None]


# What an answer looks like. A 429 that was honoured is judged by these alone: the request did not
# fail.
FORM = (
    Law("SCH-06", "requests", schema.no_failure),
    Law("SCH-01", "answers", schema.documented_status),
    Law("SCH-02", "bodies", schema.strict_json),
    Law("SCH-03", "bodies", schema.valid_body),
    Law("SCH-04", "bodies", schema.nothing_missing),
    Law("SCH-05", "bodies", schema.integers),
    Law("SCH-07", "bodies", schema.nothing_undocumented),
    Law("SCH-13", "answers", schema.fields),
    Law("ROB-03", "refusals", refusals.envelope),
    Law("ROB-08", "refusals", refusals.envelope_beside_the_api),
    Law("AUT-07", "refusals", refusals.unauthenticated_envelope),
    Law("AUT-08", "refusals", refusals.challenge),
    Law("AUT-09", "refusals", refusals.leaks),
    Law("AUT-17", "refusals", refusals.documented_message),
)
# What never reached the API: counted, and held against nothing.
COUNTED = (Law("ROB-08", "edge_refusals", refusals.by_the_edge),)
THROTTLED = (Law("ROB-08", "refusals", refusals.throttled_in_another_form),)
RATES = Law("ROB-05", "answers", service.rate_headers)
PLAIN_ANSWERED = Law("ROB-06", "requests", service.plain_answered)
READABLE = Law("SCH-02", "bodies", schema.readable)
UNANSWERED = (PLAIN_ANSWERED, READABLE)
# What a gateway says in the place of a server that it had no answer from: nothing of that one's form.
NOT_REACHED = (PLAIN_ANSWERED, Law("SCH-09", "answers", service.in_time))
ALWAYS_ON = (
    *FORM,
    Law("AUT-01", "accepted", authentication.own_key_accepted),
    PLAIN_ANSWERED,
    Law("SCH-09", "answers", service.in_time),
    RATES,
    Law("AUT-13", "answers", authentication.private),
    Law("AUT-18", "answers", authentication.closed_to_origins),
    Law("SCH-11", "bodies", texts.whole),
    Law("SCH-12", "bodies", texts.dated),
    Law("SCH-08", "rows", rows.sensible),
    Law("SCH-10", "rows", rows.complete),
    Law("RES-09", "rows", rows.belonging),
    Law("PAG-18", "links", links.own),
)


def judge(exchange: Exchange, schemas: Schemas, latency_budget: float) -> Iterator[Judged]:
    """Requirement, kind of evidence and findings, for each law of any answer that applies to this
    one.

    `latency_budget` is in seconds.
    """
    laws: tuple[Law, ...]
    if exchange.response is None:
        laws = UNANSWERED
    elif exchange.request.plain and exchange.status in GATEWAY:
        laws = NOT_REACHED
    else:
        laws = (*ALWAYS_ON, *COUNTED)
    return _judged(Answer(exchange, schemas, latency_budget), laws)


def judge_form(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    """The same by the laws of what an answer looks like."""
    laws = () if exchange.response is None else FORM
    return _judged(Answer(exchange, schemas), laws)


def judge_limited(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    """The same of a 429 that was honoured: its form, and how long it asks to wait.

    Many a gateway limits rates before the API, in a form of its own: see ROB-08.
    """
    answer = Answer(exchange, schemas)
    yield from _judged(answer, THROTTLED if refusals.is_throttled_by_edge(answer) else FORM)
    yield from _judged(answer, (RATES,))


def judge_outage(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    """The same of what failed in an outage: nothing but ROB-06 is blamed on it."""
    yield "ROB-06", "requests", service.outage(Answer(exchange, schemas))


def _judged(answer: Answer, laws: Iterable[Law]) -> Iterator[Judged]:
    for law in laws:
        findings = law.judge(answer)
        if findings is not None:
            yield law.requirement, law.evidence, findings
