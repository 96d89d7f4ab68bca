"""Parameters of lists: what leaving one out means, repeating one, and the order they come in."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from conformance.checks.confirm import confirm, windows_differ
from conformance.checks.contents import judge_contents
from conformance.checks.filter_values import values
from conformance.checks.lists import longest, page, pages, paging
from conformance.checks.marks import requirements
from conformance.checks.windows import within
from conformance.contract.pagination import Role
from conformance.laws import pages as laws
from conformance.laws.edge import is_edge_refusal
from conformance.laws.filter_texts import value_of
from conformance.laws.finding import Finding
from conformance.laws.robustness import same_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Query, Window
    from conformance.client import Exchange, Request
    from conformance.contract.pagination import Parameter

    Values = tuple[int, int]

ORDERS = 4  # of the parameters; those left out are the ones in which all else is asked
SIZE, START = 5, 2  # of the window under which the parameters change places
DISTINCT = 2  # values of a filter, of which one can win
ENOUGH = 8  # rows, among which each of two repeated values shows another page
# Pairs of values under which the first and the last one give different pages.
REPEATED: dict[Role, tuple[tuple[int, int], ...]] = {
    Role.SIZE: ((3, 5), (5, 3), (2, 4), (5, 2)),
    Role.START: ((1, 3), (3, 1)),
    Role.NUMBER: ((1, 2), (2, 1)),
}


@requirements("PAG-01")
def test_defaults(sender: Sender, evidence: Evidence) -> None:
    """Leaving a parameter out means its documented default, with a filter too."""
    default = paging(sender.context).default_size
    cases: list[tuple[Window, Window, Query]] = [
        ((None, None), (default, 0), ()),
        ((7, None), (7, 0), ()),
    ]
    if paging(sender.context).addressable:
        start = within(paging(sender.context), default, default)  # as most clients page
        cases += [((None, start), (default, start), ()), ((None, 0), (default, 0), ())]
    for name, place in sender.operation.filters.items():
        cases += [
            ((None, None), (default, 0), ((name, value),)) for value in values(sender, place)[:1]
        ]

    for implicit, explicit, extra in sender.few(cases, 2):
        experiment = partial(_default, sender, implicit, explicit, extra)
        exceeds = partial(windows_differ, sender.context, experiment)
        if not confirm(sender, evidence, "PAG-01", experiment, exceeds=exceeds, comparisons=1):
            left_out, written = pages(sender, [implicit, explicit], extra=extra)
            if left_out and written:
                judge_contents(sender, evidence, "PAG-01", [written], [left_out])


def _default(
    sender: Sender, implicit: Window, explicit: Window, extra: Query, again: bool
) -> list[Finding]:
    left_out, written = pages(sender, [implicit, explicit], again=again, extra=extra)
    if left_out is None or written is None:
        return []
    query = "&".join(f"{name}={value}" for name, value in paging(sender.context).window(*explicit))
    return laws.same_page(left_out, written, f"{query} gives")


@requirements("PAG-15")
def test_repeated(sender: Sender, evidence: Evidence) -> None:
    """A repeated parameter is refused, or one of its values always wins."""
    trait = paging(sender.context)
    # Where no page has more rows than the default one, the first rows show only one page by number.
    left_out = Role.NUMBER if trait.maximum_size < 2 * trait.default_size else None
    parameters = [
        entry for entry in trait.parameters if entry.role in REPEATED and entry.role is not left_out
    ]
    if sender.settings.profile != "smoke":
        for name, place in sender.operation.filters.items():
            if sender.operation.takes_several(name):
                continue  # the rows of both are meant
            experiment = partial(_winning_value, sender, name, place)
            confirm(sender, evidence, "PAG-15", experiment, requests=2)
    for parameter in sender.few(parameters, 1):
        cases = sender.few(REPEATED[parameter.role], 2)
        confirm(
            sender,
            evidence,
            "PAG-15",
            partial(_winner, sender, parameter, cases),
            requests=len(cases),
        )


def _winner(
    sender: Sender, parameter: Parameter, cases: Sequence[Values], again: bool
) -> list[Finding]:
    head = page(sender, paging(sender.context).maximum_size, 0, again=again)
    if head is None:
        return []
    requests = [
        sender.request((parameter.name, first), (parameter.name, last)) for first, last in cases
    ]
    answers = sender.send_all(requests, again=again)
    if len(head.rows) < ENOUGH:
        return []  # either value gives the same page

    winners = {
        _won(sender, parameter, case, exchange, head.ids)
        for case, exchange in zip(cases, answers, strict=True)
    }
    if len(winners) == 1 and winners <= {"refused", "first", "last"}:
        return []
    expected = f"a repeated {parameter.name} refused, or always the first, or always the last"
    return [Finding(expected, ", ".join(sorted(winners)), tuple(answers))]


def _winning_value(sender: Sender, name: str, place: str, again: bool) -> list[Finding]:
    """Of two values of a filter one wins, whichever comes first."""
    known = values(sender, place, again=again)[:2]
    if len(known) < DISTINCT:
        return []
    orders = (known, known[::-1])
    answers = sender.send_all(
        (sender.request(*((name, value) for value in order)) for order in orders), again=again
    )
    winners = {
        _which(sender, place, order, exchange)
        for order, exchange in zip(orders, answers, strict=True)
    }
    if len(winners) == 1 and winners <= {"refused", "first", "last", "neither"}:
        return []
    expected = f"a repeated {name} refused, or always the first, or always the last"
    return [Finding(expected, ", ".join(sorted(winners)), tuple(answers))]


def _which(sender: Sender, place: str, order: Sequence[Any], exchange: Exchange) -> str:
    """Which of two values of a filter the rows of an answer have."""
    if 400 <= exchange.status < 500:
        return "refused"
    seen = laws.read_page(exchange, sender.operation, 0, 0)
    if seen is None:
        return f"status {exchange.status}"
    found = {str(value_of(row, place)) for row in seen.rows}
    first, last = (str(value) in found for value in order)
    if first and last:
        return "rows of both"
    return "first" if first else "last" if last else "neither"


def _won(
    sender: Sender, parameter: Parameter, case: Values, exchange: Exchange, head: Sequence[Any]
) -> str:
    """Which of two values an answer is to; `head` are the identities of the first rows."""
    if 400 <= exchange.status < 500:
        return "refused"
    seen = laws.read_page(exchange, sender.operation, 0, 0)
    if seen is None:
        return f"status {exchange.status}"
    for place, value in zip(("first", "last"), case, strict=True):
        if _is_page_of(sender, parameter, value, seen.ids, head):
            return place
    return f"neither ({len(seen.rows)} rows)"


def _is_page_of(
    sender: Sender, parameter: Parameter, value: int, ids: Sequence[Any], head: Sequence[Any]
) -> bool:
    """Whether a page is the one that a value asks for, as far as the first rows show it."""
    if parameter.role is Role.SIZE:
        return len(ids) == value and ids[:value] == head[:value]
    start = paging(sender.context).start_of(value, paging(sender.context).default_size)
    expected = head[start : start + len(ids)]
    return ids[: len(expected)] == expected


@requirements("PAG-16")
def test_order(sender: Sender, evidence: Evidence) -> None:
    """The order of the query parameters does not matter."""
    pairs: list[tuple[str, Any]] = list(_window(sender))
    paged = len(pairs)
    for name, place in sender.operation.filters.items():
        pairs += [(name, value) for value in values(sender, place)[:1]]

    # With a filter, where there is one: more parameters have more orders.
    sets = [pairs[:count] for count in (paged + 1, paged) if 1 < count <= len(pairs)][:1]
    if not sets:
        evidence.unjudged("PAG-16", "there is one parameter, which has no order", "not_applicable")
    for together in sender.few(sets, 1):
        orders = sender.few(list(permutations(together))[::-1][:ORDERS], 2)
        experiment = partial(_ordered, sender, orders)
        exceeds = partial(windows_differ, sender.context, experiment)
        confirm(
            sender, evidence, "PAG-16", experiment, exceeds=exceeds, comparisons=len(orders) - 1
        )


@requirements("ROB-10")
def test_spellings(sender: Sender, evidence: Evidence) -> None:
    """A target that is written otherwise and means the same gets the same answer."""
    pairs: list[tuple[str, Any]] = list(_window(sender))
    for name, place in sender.operation.filters.items():
        pairs += [(name, value) for value in values(sender, place)[:1]]
    encoded = "&".join(
        f"{_encoded(name)}={quote(str(value), errors='surrogatepass')}" for name, value in pairs
    )
    cases = [
        (tuple(pairs), sender.request(raw_query=encoded)),
        ((), sender.request(path=f"{sender.context.path}?")),
    ]
    for query, written in sender.few(cases, 1):
        experiment = partial(_spelled, sender, query, written)
        exceeds = partial(windows_differ, sender.context, experiment)
        confirm(sender, evidence, "ROB-10", experiment, exceeds=exceeds, targets=1)


def _encoded(name: str) -> str:
    """A name with its first letter percent-encoded."""
    return f"%{ord(name[0]):02X}{quote(name[1:], errors='surrogatepass')}"


def _spelled(sender: Sender, query: Query, written: Request, again: bool) -> list[Finding]:
    # What several filters leave together may have no page behind its first.
    is_plain = not sender.operation.filters
    plain, other = sender.send_all([sender.request(*query, plain=is_plain), written], again=again)
    if is_edge_refusal(other, sender.operation.errors):
        return []
    what = f"for {plain.request.target}"
    findings = same_answer(plain, other, what)
    expected, seen = (laws.read_page(answer, sender.operation, 0, 0) for answer in (plain, other))
    return findings or (laws.same_page(seen, expected, what) if seen and expected else [])


def _window(sender: Sender) -> Query:
    """The parameters of a window that is not the first; where the style has no words for one, of
    the page behind the first.
    """
    trait = paging(sender.context)
    start = within(trait, SIZE, START)
    if start or trait.addressable:
        return trait.window(SIZE, start)
    head = page(sender, SIZE, 0)
    query = head.following if head and head.following else trait.window(SIZE)
    return tuple(pair for pair in query if pair[0] not in trait.header_names)


def _ordered(sender: Sender, orders: Sequence[Query], again: bool) -> list[Finding]:
    """The same parameters in several orders; the first order that gives another answer."""
    if not longest(sender).pages:
        return []
    answers = sender.send_all([sender.request(*order) for order in orders], again=again)
    first = laws.read_page(answers[0], sender.operation, START, SIZE)
    for exchange in answers[1:]:
        if exchange.status != answers[0].status:
            expected = f"status {answers[0].status}, as in the other order"
            return [Finding(expected, f"status {exchange.status}", (exchange, answers[0]))]
        seen = laws.read_page(exchange, sender.operation, START, SIZE)
        findings = laws.same_page(seen, first, "in the other order") if seen and first else []
        if findings:
            return findings
    return []
