"""Parameters of lists: what leaving one out means, repeating one, and the order they come in."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import confirm, windows_differ
from conformance.checks.filter_values import values
from conformance.checks.lists import longest, page, pages, paging
from conformance.checks.marks import requirements
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Query, Window
    from conformance.client import Exchange


ORDERS = 4  # of the parameters; those left out are the ones in which all else is asked


@requirements("PAG-01")
def test_defaults(sender: Sender, evidence: Evidence) -> None:
    """Leaving a parameter out means its documented default."""
    few = paging(sender.context).default_limit
    cases: list[tuple[Window, Window, Query]] = [
        ((None, None), (few, 0), ()),
        ((7, None), (7, 0), ()),
        ((None, 3), (few, 3), ()),
        ((None, 0), (few, 0), ()),
    ]
    for name, place in sender.operation.filters.items():
        cases += [((None, None), (few, 0), ((name, value),)) for value in values(sender, place)[:1]]
    for implicit, explicit, extra in sender.few(cases, 2):
        experiment = partial(_default, sender, implicit, explicit, extra)
        confirm(
            sender,
            evidence,
            "PAG-01",
            experiment,
            exceeds=partial(windows_differ, sender.context, experiment),
            comparisons=1,
        )


def _default(sender: Sender, implicit: Window, explicit: Window, extra: Query, again: bool) -> list[Finding]:
    one, other = pages(sender, [implicit, explicit], again=again, extra=extra)
    if one is None or other is None:
        return []
    trait = paging(sender.context)
    return laws.same_page(one, other, f"{trait.limit}={explicit[0]}&{trait.offset}={explicit[1]} gives")


@requirements("PAG-15")
def test_repeated(sender: Sender, evidence: Evidence) -> None:
    """A repeated parameter is refused, or one of its values always wins."""
    trait = paging(sender.context)
    asked = ((trait.limit, ((3, 5), (5, 3), (2, 4))), (trait.offset, ((1, 3), (3, 1))))
    for name, cases in sender.few(asked, 1):
        confirm(sender, evidence, "PAG-15", partial(_winner, sender, name, cases), requests=len(cases))


def _winner(sender: Sender, name: str, cases: tuple[tuple[int, int], ...], again: bool) -> list[Finding]:
    trait = paging(sender.context)
    head = page(sender, trait.default_limit, 0, again=again)
    if head is None or len(head.rows) < 8:
        return []
    answers = sender.send_all(
        [sender.request((name, first), (name, last)) for first, last in cases], again=again
    )
    winners = {
        _who(sender.context, name, case, exchange, head.ids)
        for case, exchange in zip(cases, answers, strict=True)
    }
    if len(winners) == 1 and winners <= {"refused", "first", "last"}:
        return []
    seen = ", ".join(sorted(winners))
    return [
        Finding(f"a repeated {name} refused, or always the first, or always the last", seen, tuple(answers))
    ]


def _who(context: Context, name: str, case: tuple[int, int], exchange: Exchange, head: Any) -> str:
    if 400 <= exchange.status < 500:
        return "refused"
    seen = laws.read_page(exchange, context.operation, 0, 0)
    if seen is None:
        return f"status {exchange.status}"
    for who, value in zip(("first", "last"), case, strict=True):
        expected = head[:value] if name == paging(context).limit else head[value : value + len(seen.ids)]
        if seen.ids[: len(expected)] == expected and (
            name != paging(context).limit or len(seen.ids) == value
        ):
            return who
    return f"neither ({len(seen.rows)} rows)"


@requirements("PAG-16")
def test_order(sender: Sender, evidence: Evidence) -> None:
    """The order of the query parameters does not matter."""
    trait = paging(sender.context)
    pairs: list[tuple[str, Any]] = [(trait.limit, 5), (trait.offset, 2)]
    for name, place in sender.operation.filters.items():
        pairs += [(name, value) for value in values(sender, place)[:1]]
    for some in sender.few((pairs[:2], pairs[:3])[: len(pairs) - 1], 1):
        orders = sender.few(list(permutations(some))[::-1][:ORDERS], 2)
        experiment = partial(_ordered, sender, orders)
        confirm(
            sender,
            evidence,
            "PAG-16",
            experiment,
            exceeds=partial(windows_differ, sender.context, experiment),
            comparisons=len(orders) - 1,
        )


def _ordered(sender: Sender, orders: Any, again: bool) -> list[Finding]:
    if not longest(sender).pages:
        return []
    answers = sender.send_all([sender.request(*pairs) for pairs in orders], again=again)
    seen = [laws.read_page(exchange, sender.operation, 2, 5) for exchange in answers]
    for exchange, one in zip(answers[1:], seen[1:], strict=True):
        if exchange.status != answers[0].status:
            text = f"status {answers[0].status}, as in the other order"
            return [Finding(text, f"status {exchange.status}", (exchange, answers[0]))]
        if one and seen[0] and (found := laws.same_page(one, seen[0], "in the other order")):
            return found
    return []
