"""Values of paging parameters outside what is documented: no row that no reading explains, never a
5xx.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from conformance.checks.beside import beside_nearer
from conformance.checks.confirm import confirm, possible_changes
from conformance.checks.filter_values import may_be_refused, values
from conformance.checks.investigate import judged, model_of
from conformance.checks.lists import page, paging
from conformance.checks.marks import requirements
from conformance.checks.realised import beside_valid
from conformance.contract.pagination import Role
from conformance.laws import bounds
from conformance.laws.edge import is_edge_refusal
from conformance.laws.finding import Finding
from conformance.laws.oracle.values import CANONICAL
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Query
    from conformance.client import Exchange, Request
    from conformance.contract.pagination import Parameter
    from conformance.laws.pages import Page

    Answered = tuple[str, Exchange, Page | None]
    AnsweredCase = tuple[tuple[Parameter, str], Exchange]

LONG = 1_000  # characters, from which on a request line is the HTTP layer's affair too
# The first one as the coverage phase of Schemathesis writes it: one request serves both.
NOT_INTEGERS = ("AAA", "1.5", "5abc", "\u00b2", "true", "[1]", "NaN", "5,10")
# What `int()` of some language takes and the grammar of an integer does not.
LENIENT = ("1_0", "+10", "10.0", "1e1", " 10", "", "\uff11\uff10", "0x10")
# Beyond 31, 32, 63 and 64 bits, some just so that what wraps gives a page; and more digits than
# parsers read.
HUGE = (
    *map(str, (2**63, 2**63 - 1, 2**32 + 5, 2**64 + 7, 2**31, 2**31 - 1, -(2**63) - 1)),
    "9" * 5_000,
)
# As a rule one parser reads every parameter: those but the first are asked with fewer values.
FEWER_WORDS, FEWER_FORMS, FEWER_HUGE = 4, 2, 5


def _integers(context: Context) -> list[Parameter]:
    """The parameters whose values are integers, the size of a page first."""
    integers = [parameter for parameter in paging(context).parameters if parameter.integer]
    return sorted(integers, key=lambda parameter: parameter.role is not Role.SIZE)


def _size(context: Context) -> Parameter | None:
    """The parameter that says how many rows a page has, where its style has one."""
    return paging(context).parameter(Role.SIZE)


@requirements("PAG-11")
def test_over_the_maximum(sender: Sender, evidence: Evidence) -> None:
    """A limit over the maximum is refused or clamped, with a filter too."""
    parameter, maximum = _size(sender.context), paging(sender.context).maximum_size
    if parameter is None:
        evidence.unjudged("PAG-11", "no parameter says how many rows a page has", "not_applicable")
        return
    if paging(sender.context).unbounded:
        why = "pages have as many rows as are asked for, and no maximum is documented"
        evidence.unjudged("PAG-11", why, "not_applicable")
        return
    over = sender.few((maximum + 1, maximum * 10, 2**31 - 1), 2)
    cases: list[tuple[int, Query]] = [(value, ()) for value in over]
    for name, place in sender.operation.filters.items():
        cases += [(maximum + 1, ((name, value),)) for value in values(sender, place)[:1]]
    for value, extra in cases:
        confirm(
            sender, evidence, "PAG-11", partial(_over, sender, parameter, value, extra), limits=1
        )
    _judge_treatment(
        sender, evidence, parameter.name, [case for case in cases if case[0] == over[0]]
    )


def _judge_treatment(
    sender: Sender, evidence: Evidence, name: str, cases: Sequence[tuple[int, Query]]
) -> None:
    """The same value alone, with a filter, and once more."""
    answers = {
        "&".join(f"{key}={one}" for key, one in (*extra, (name, value))): sender.send(
            sender.request(*extra, (name, value))
        )
        for value, extra in cases
    }
    (what, first), *_ = answers.items()
    if sender.settings.profile != "smoke":
        answers[f"{what} again"] = sender.send(first.request, again=True)
    evidence.judge("PAG-11", bounds.one_treatment(what, answers))


def _over(
    sender: Sender, parameter: Parameter, value: int, extra: Query, again: bool
) -> list[Finding]:
    maximum = paging(sender.context).maximum_size
    largest = page(sender, maximum, 0, again=again, extra=extra)
    exchange = sender.send(sender.request(*extra, (parameter.name, value)), again=again)
    seen = read_page(exchange, sender.operation, 0, value)
    if largest is None:
        return []
    return bounds.over_maximum(
        exchange, seen, maximum, len(largest.rows), sender.operation.invalid_statuses
    )


@requirements("PAG-12", "PAG-17")
def test_below_the_minimum(sender: Sender, evidence: Evidence) -> None:
    """A value below its minimum gives no row that a reading of it does not explain, one reading for
    all.
    """
    cases = [(parameter, str(value)) for parameter, value in _below(sender.context)]
    answered = _judge_values(sender, evidence, "PAG-12", sender.few(cases, 3))
    _judge_refused(sender, evidence, answered)

    for parameter in {parameter for parameter, _ in cases}:
        negative = {value: exchange for (asked, value), exchange in answered if asked is parameter}
        negative.pop(
            "0", None
        )  # no rows asked for, rather than a number of rows that there cannot be
        evidence.judge("PAG-12", bounds.one_reading(parameter.name, negative, sender.operation))
    _judge_beside_valid(sender, evidence, answered)


def _judge_beside_valid(
    sender: Sender, evidence: Evidence, answered: Sequence[AnsweredCase]
) -> None:
    """Judge that a value is treated alone as it is beside a filter and a window that exist."""
    model = model_of(sender)
    if model is None:
        return
    for (parameter, value), alone in answered:
        requests = beside_valid(sender, model, parameter.name, value)
        others = sender.send_all(requests)
        answers = {
            request.raw_query or "": other for request, other in zip(requests, others, strict=True)
        }
        what = f"{parameter.name}={value}"
        evidence.judge("PAG-12", bounds.one_treatment(what, {what: alone, **answers}))


def _below(context: Context) -> list[tuple[Parameter, int]]:
    """Right below each minimum, then further below, but for what the document gives a meaning."""
    bounded = [parameter for parameter in _integers(context) if parameter.minimum is not None]
    near = [(parameter, (parameter.minimum or 0) - 1) for parameter in bounded]
    negative = [(parameter, -1) for parameter in bounded if parameter.minimum != 0]
    far = [
        (parameter, -paging(context).maximum_size if parameter.role is Role.SIZE else -50)
        for parameter in bounded
    ]
    has_meaning = context.operation.gives_meaning
    return [
        (parameter, value)
        for parameter, value in (*near, *negative, *far)
        if not has_meaning(parameter.name, value)
    ]


@requirements("PAG-13", "PAG-17")
def test_not_an_integer(sender: Sender, evidence: Evidence) -> None:
    """A value that is no integer gives no row that a reading of it does not explain."""
    cases = [
        (parameter, word)
        for place, parameter in enumerate(_integers(sender.context))
        for word in sender.few(
            NOT_INTEGERS if place == 0 else NOT_INTEGERS[:FEWER_WORDS], _of_each(sender, 2)
        )
    ]
    _judge_refused(sender, evidence, _judge_values(sender, evidence, "PAG-13", cases))


@requirements("PAG-13")
def test_huge(sender: Sender, evidence: Evidence) -> None:
    """An integer beyond 32, 63 or 64 bits gives no row that a reading of it does not explain."""
    cases = [
        (parameter, value)
        for place, parameter in enumerate(_integers(sender.context))
        for value in sender.few(
            HUGE if place == 0 else (*HUGE[:FEWER_HUGE], HUGE[-1]), _of_each(sender, 1)
        )
    ]
    _judge_values(sender, evidence, "PAG-13", cases)


def _of_each(sender: Sender, of_several: int) -> int:
    """How many values a smoke run gives a parameter: as many in all, where there is one alone."""
    return of_several if len(_integers(sender.context)) > 1 else 2 * of_several


def _judge_values(
    sender: Sender, evidence: Evidence, requirement: str, cases: Sequence[tuple[Parameter, str]]
) -> list[AnsweredCase]:
    """Ask each value, judge it by the oracle, and whether it is refused; the answers, by case."""
    requests = [_asking(sender, parameter, value) for parameter, value in cases]
    answered = list(zip(cases, sender.send_all(requests), strict=True))

    for (parameter, value), exchange in answered:
        what = f"{parameter.name}={value[:40]!r}"
        experiment = partial(_unexplained, sender, exchange.request, what)
        confirm(sender, evidence, requirement, experiment, inherent=True, values=1)

    return answered


def _judge_refused(sender: Sender, evidence: Evidence, answered: Sequence[AnsweredCase]) -> None:
    """Judge that values out of documented bounds are refused; a huge offset is within, for it has no
    maximum.
    """
    operation = sender.operation
    for (parameter, value), exchange in answered:
        is_number = CANONICAL.fullmatch(value) is not None
        if is_number and not may_be_refused(sender.context, parameter.name, int(value)):
            continue
        if is_edge_refusal(exchange, operation.errors):
            continue
        what = f"{parameter.name}={value[:40]!r}"
        evidence.judge(
            "PAG-17", bounds.refused(exchange, None, what, operation.invalid_statuses), values=1
        )


def _unexplained(sender: Sender, request: Request, what: str, again: bool) -> list[Finding]:
    """What no reading of a value explains, held against the list as it reads at the time.

    What is asked again lies between two readings, and may be as far from them as they are apart; where
    they agree, as far as a row may have gone and come back in the time between them.
    """
    began = time.monotonic()
    before = model_of(sender, again=True) if again else None
    exchange = sender.send(request, again=again)
    failed = bounds.not_failed(exchange, what)
    model = model_of(sender, again=again)
    if failed or model is None:
        return failed

    moved = before.changes_to(model) if before else 0
    unseen = possible_changes(time.monotonic() - began) - 1 if again else 0
    found = [
        Finding(f"{deviation.expected}, for {what}", deviation.actual, (exchange,))
        for deviation in judged(sender, exchange, model, moved + 1 if moved else unseen)
        if deviation.requirement != "PAG-04"  # a total is wrong for other windows too
    ]
    return beside_nearer(sender, found, exchange, model) if again else found


def _asking(sender: Sender, parameter: Parameter, value: str) -> Request:
    return sender.request((parameter.name, value), edge=len(value) > LONG)


@requirements("PAG-14", "PAG-13")
def test_lenient_forms(sender: Sender, evidence: Evidence) -> None:
    """Forms that only a lenient parser takes are refused, and never give a 5xx."""
    for place, parameter in enumerate(_integers(sender.context)):
        forms = LENIENT if place == 0 else LENIENT[:FEWER_FORMS]
        for value, exchange, seen in _answers(
            sender, parameter, sender.few(forms, _of_each(sender, 3))
        ):
            if is_edge_refusal(exchange, sender.operation.errors):
                continue
            requirement = "PAG-13" if exchange.status >= 500 else "PAG-14"
            what = f"{parameter.name}={value!r}"
            found = bounds.refused(exchange, seen, what, sender.operation.invalid_statuses)
            if found and seen:
                found = _beside_a_word(sender, parameter, seen, found)
            evidence.judge(requirement, found, values=1)


def _beside_a_word(
    sender: Sender, parameter: Parameter, seen: Page, findings: list[Finding]
) -> list[Finding]:
    """The findings of a lenient form, resting on a word that is no number too where that gets the
    same page: nothing was parsed then.
    """
    exchange = sender.send(_asking(sender, parameter, NOT_INTEGERS[0]))
    other = read_page(exchange, sender.operation, 0, 0)
    if other is None or other.ids != seen.ids:
        return findings
    note = f"{parameter.name}={NOT_INTEGERS[0]} gets the same page"
    return [finding.resting_on(exchange, note=note) for finding in findings]


def _answers(sender: Sender, parameter: Parameter, values: Sequence[str]) -> Iterator[Answered]:
    """Each value, its answer, and the page that the answer holds if it holds one."""
    requests = [_asking(sender, parameter, value) for value in values]
    for value, exchange in zip(values, sender.send_all(requests), strict=True):
        yield value, exchange, read_page(exchange, sender.operation, 0, 0)
