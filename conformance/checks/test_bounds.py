"""Values of `limit` and `offset` outside what is documented: refused, clamped, or empty; never a 5xx."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import confirm
from conformance.checks.filter_values import values
from conformance.checks.lists import page, paging
from conformance.checks.marks import requirements
from conformance.laws import bounds
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Query
    from conformance.client import Exchange
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

NOT_INTEGERS = ("abc", "1.5", "5abc", "\u00b2", "null", "true", "[1]", "NaN", "--1")
# What `int()` of some language takes and the grammar of an integer does not.
FEWER = 4  # of them that the second parameter is asked with: as a rule one parser reads both
LONG = 1_000  # characters, from which on a request line is the HTTP layer's affair too
LENIENT = ("1_0", "+10", "10.0", "1e1", " 10", "", "\uff11\uff10", "0x10")
# Beyond 31, 32, 63 and 64 bits, some just so that what wraps gives a page; and more digits than parsers read.
HUGE = (*map(str, (2**63, 2**63 - 1, 2**31, 2**64, 2**32 + 5, -(2**63) - 1)), "9" * 5_000)


@requirements("PAG-11")
def test_over_the_maximum(sender: Sender, evidence: Evidence) -> None:
    """A limit over the maximum is refused or clamped."""
    trait = paging(sender.context)
    over = (trait.maximum_limit + 1, trait.maximum_limit * 10, 2**31 - 1)
    cases: list[tuple[int, Query]] = [(value, ()) for value in sender.few(over, 2)]
    for name, place in sender.operation.filters.items():
        cases += [(trait.maximum_limit + 1, ((name, value),)) for value in values(sender, place)[:1]]
    for value, extra in cases:
        confirm(sender, evidence, "PAG-11", partial(_over, sender, value, extra), limits=1)


def _over(sender: Sender, value: int, extra: Query, again: bool) -> list[Finding]:
    trait = paging(sender.context)
    largest = page(sender, trait.maximum_limit, 0, again=again, extra=extra)
    exchange = sender.send(sender.request(*extra, (trait.limit, value)), again=again)
    seen = read_page(exchange, sender.operation, 0, value)
    if largest is None:
        return []
    return bounds.over_maximum(exchange, seen, trait.maximum_limit, len(largest.rows))


def _answers(sender: Sender, names: list[str], values: Any) -> Iterator[tuple[Any, Exchange, Page | None]]:
    """Each value under each name: the value, its answer, and the page that it holds if it holds one."""
    cases = [(name, value) for value in values for name in names]
    answers = sender.send_all(
        [sender.request((name, value), edge=len(str(value)) > LONG) for name, value in cases]
    )
    for (_, value), exchange in zip(cases, answers, strict=True):
        yield value, exchange, read_page(exchange, sender.operation, 0, 0)


@requirements("PAG-12")
def test_below_the_minimum(sender: Sender, evidence: Evidence) -> None:
    """limit 0 and negative values are refused, or limit 0 gives an empty page."""
    trait = paging(sender.context)
    cases = [
        (trait.limit, 0),
        (trait.limit, -1),
        (trait.offset, -1),
        (trait.limit, -trait.maximum_limit),
        (trait.offset, -50),
    ]
    for name, value in sender.few(cases, 3):
        [(_, exchange, seen)] = _answers(sender, [name], [value])
        zero = name == trait.limit and value == 0
        evidence.judge("PAG-12", bounds.below_minimum(exchange, seen, f"{name}={value}", zero=zero), values=1)


@requirements("PAG-13")
def test_not_an_integer(sender: Sender, evidence: Evidence) -> None:
    """What is no integer is refused."""
    trait = paging(sender.context)
    for name, forms in ((trait.limit, NOT_INTEGERS), (trait.offset, NOT_INTEGERS[:FEWER])):
        for value, exchange, seen in _answers(sender, [name], sender.few(forms, 2)):
            evidence.judge("PAG-13", bounds.refused(exchange, seen, f"{name}={value!r}"), values=1)


@requirements("PAG-13")
def test_huge(sender: Sender, evidence: Evidence) -> None:
    """An integer beyond 32, 63 or 64 bits is refused, clamped, or gives an empty page."""
    trait = paging(sender.context)
    largest = page(sender, trait.maximum_limit, 0)
    for name in (trait.limit, trait.offset):
        for value, exchange, seen in _answers(sender, [name], sender.few(HUGE, 1)):
            full = len(largest.rows) if largest and name == trait.limit and value[0] != "-" else 0
            what = f"{name}={value[:40]}"
            evidence.judge("PAG-13", bounds.huge(exchange, seen, what, full), values=1)


@requirements("PAG-14", "PAG-13")
def test_lenient_forms(sender: Sender, evidence: Evidence) -> None:
    """Forms that only a lenient parser takes are refused, and never give a 5xx."""
    trait = paging(sender.context)
    for name, forms in ((trait.limit, LENIENT), (trait.offset, LENIENT[:3])):
        for value, exchange, seen in _answers(sender, [name], sender.few(forms, 3)):
            requirement = "PAG-13" if exchange.status >= 500 else "PAG-14"
            evidence.judge(requirement, bounds.refused(exchange, seen, f"{name}={value!r}"), values=1)
