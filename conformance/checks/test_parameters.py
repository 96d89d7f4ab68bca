"""Parameters of lists: what leaving one out means, repeating one, and the order they come in."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import apart, settle
from conformance.checks.filter_values import values
from conformance.checks.lists import longest, page, pages, paging
from conformance.checks.marks import requirements
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Subject
    from conformance.checks.lists import Query, Window
    from conformance.client import Exchange


ORDERS = 4  # of the parameters; those left out are the ones in which all else is asked


@requirements("PAG-01")
def test_defaults(subject: Subject) -> None:
    """Leaving a parameter out means its documented default."""
    few = paging(subject).default_limit
    cases: list[tuple[Window, Window, Query]] = [
        ((None, None), (few, 0), ()),
        ((7, None), (7, 0), ()),
        ((None, 3), (few, 3), ()),
        ((None, 0), (few, 0), ()),
    ]
    for name, place in subject.operation.filters.items():
        cases += [((None, None), (few, 0), ((name, value),)) for value in values(subject, place)[:1]]
    for implicit, explicit, extra in subject.few(cases, 2):
        experiment = partial(_default, subject, implicit, explicit, extra)
        settle(subject, "PAG-01", experiment, beyond=partial(apart, subject, experiment), comparisons=1)


def _default(
    subject: Subject, implicit: Window, explicit: Window, extra: Query, again: bool
) -> list[Finding]:
    one, other = pages(subject, [implicit, explicit], again=again, extra=extra)
    if one is None or other is None:
        return []
    trait = paging(subject)
    return laws.same_page(one, other, f"{trait.limit}={explicit[0]}&{trait.offset}={explicit[1]} gives")


@requirements("PAG-15")
def test_repeated(subject: Subject) -> None:
    """A repeated parameter is refused, or one of its values always wins."""
    trait = paging(subject)
    asked = ((trait.limit, ((3, 5), (5, 3), (2, 4))), (trait.offset, ((1, 3), (3, 1))))
    for name, cases in subject.few(asked, 1):
        settle(subject, "PAG-15", partial(_winner, subject, name, cases), requests=len(cases))


def _winner(subject: Subject, name: str, cases: tuple[tuple[int, int], ...], again: bool) -> list[Finding]:
    trait = paging(subject)
    head = page(subject, trait.default_limit, 0, again=again)
    if head is None or len(head.rows) < 8:
        return []
    answers = subject.send_all(
        [subject.request((name, first), (name, last)) for first, last in cases], again=again
    )
    winners = {
        _who(subject, name, case, exchange, head.ids) for case, exchange in zip(cases, answers, strict=True)
    }
    if len(winners) == 1 and winners <= {"refused", "first", "last"}:
        return []
    seen = ", ".join(sorted(winners))
    return [
        Finding(f"a repeated {name} refused, or always the first, or always the last", seen, tuple(answers))
    ]


def _who(subject: Subject, name: str, case: tuple[int, int], exchange: Exchange, head: Any) -> str:
    if 400 <= exchange.status < 500:
        return "refused"
    seen = laws.read_page(exchange, subject.operation, 0, 0)
    if seen is None:
        return f"status {exchange.status}"
    for who, value in zip(("first", "last"), case, strict=True):
        expected = head[:value] if name == paging(subject).limit else head[value : value + len(seen.ids)]
        if seen.ids[: len(expected)] == expected and (
            name != paging(subject).limit or len(seen.ids) == value
        ):
            return who
    return f"neither ({len(seen.rows)} rows)"


@requirements("PAG-16")
def test_order(subject: Subject) -> None:
    """The order of the query parameters does not matter."""
    trait = paging(subject)
    pairs: list[tuple[str, Any]] = [(trait.limit, 5), (trait.offset, 2)]
    for name, place in subject.operation.filters.items():
        pairs += [(name, value) for value in values(subject, place)[:1]]
    for some in subject.few((pairs[:2], pairs[:3])[: len(pairs) - 1], 1):
        orders = subject.few(list(permutations(some))[::-1][:ORDERS], 2)
        experiment = partial(_ordered, subject, orders)
        settle(
            subject,
            "PAG-16",
            experiment,
            beyond=partial(apart, subject, experiment),
            comparisons=len(orders) - 1,
        )


def _ordered(subject: Subject, orders: Any, again: bool) -> list[Finding]:
    if not longest(subject).pages:
        return []
    answers = subject.send_all([subject.request(*pairs) for pairs in orders], again=again)
    seen = [laws.read_page(exchange, subject.operation, 2, 5) for exchange in answers]
    for exchange, one in zip(answers[1:], seen[1:], strict=True):
        if exchange.status != answers[0].status:
            text = f"status {answers[0].status}, as in the other order"
            return [Finding(text, f"status {exchange.status}", (exchange, answers[0]))]
        if one and seen[0] and (found := laws.same_page(one, seen[0], "in the other order")):
            return found
    return []
