"""Which windows of a list fail and which are answered, where one number tells them apart."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.contract.pagination import Role
from conformance.events.model import Fails
from conformance.laws.finding import Finding
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Pagination
    from conformance.laws.pages import Page

LEAST = 4  # windows on either side: fewer may be told apart by any number
INEXACT = 0.05  # of the windows may be on the wrong side of a limit
SHOWN = 5  # exchanges that a finding has
ROWS = "rows of the page"
EXPECTED = "2xx for every plain window of the list"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A window that was asked for, by what may be the reason of its failure, and the answer."""

    numbers: Mapping[str, int]
    exchange: Exchange


def failing_windows(answers: Iterable[Exchange], operation: Operation) -> list[Finding]:
    """ROB-06: where plain windows failed for good, and what they have in common."""
    trait = operation.pagination
    if trait is None:
        return []
    plain = [exchange for exchange in answers if _is_window(exchange, operation)]
    total = next((page.total for page in _pages(plain, operation) if page.total), None)
    asked = [_Asked(_numbers(exchange, trait, total), exchange) for exchange in plain]
    failed = [one for one in asked if one.exchange.lapse is not None]
    held = [one for one in asked if one.exchange.ok and one.exchange.lapse is None]
    told = _told_apart(failed, held)
    if told is None:
        return []
    fails, words = told
    text = f"status {failed[0].exchange.status} for {fails.axis} {words}"
    shown = tuple(one.exchange for one in failed[:SHOWN])
    return [Finding(EXPECTED, text, shown, fails=(fails,))]


def _is_window(exchange: Exchange, operation: Operation) -> bool:
    query = exchange.request.query_string
    is_filtered = any(f"{name}=" in query for name in operation.filters)
    return exchange.request.plain and exchange.response is not None and not is_filtered


def _pages(answers: Iterable[Exchange], operation: Operation) -> Iterator[Page]:
    for exchange in answers:
        page = read_page(exchange, operation, 0, 0)
        if page is not None:
            yield page


def _numbers(exchange: Exchange, trait: Pagination, total: int | None) -> dict[str, int]:
    """The values of the parameters of a window, and the rows of its page, as far as they are
    known.
    """
    given = dict(parse_qsl(exchange.request.query_string))
    values: dict[Role, int] = {}
    numbers: dict[str, int] = {}
    for role in (Role.START, Role.SIZE):
        parameter = trait.parameter(role)
        if parameter is None:
            continue
        value = given.get(parameter.name, str(parameter.default or 0))
        if value.isdecimal():
            values[role] = numbers[parameter.name] = int(value)

    if total is not None and len(values) == len((Role.START, Role.SIZE)):
        size = values[Role.SIZE]
        before = trait.start_of(values[Role.START], size)
        numbers[ROWS] = min(size, max(0, total - before))
    return numbers


def _told_apart(failed: Sequence[_Asked], held: Sequence[_Asked]) -> tuple[Fails, str] | None:
    """The number that is greater, or smaller, of each window that failed than of all others; of
    nearly all, where the limit is on something that goes with the number, as bytes do with rows.
    """
    if min(len(failed), len(held)) < LEAST:
        return None
    for name in failed[0].numbers:
        bad, good = (
            sorted(one.numbers[name] for one in side if name in one.numbers)
            for side in (failed, held)
        )
        if len(bad) < len(failed) or not good:
            continue
        words = _limit(bad, good)
        if words is not None:
            ends = min(bad[0], good[0]), max(bad[-1], good[-1])
            return Fails(name, bad[0], bad[-1], *ends), words
    return None


def _limit(bad: Sequence[int], good: Sequence[int]) -> str | None:
    """Where the numbers that fail begin or end."""
    if bad[0] > good[-1]:
        return f"{bad[0]} and above (answered up to {good[-1]})"
    if bad[-1] < good[0]:
        return f"up to {bad[-1]} (answered from {good[0]} on)"

    allowed = INEXACT * (len(bad) + len(good))
    at = min(bad, key=lambda value: _wrong(value, bad, good))
    if at > good[0] and _wrong(at, bad, good) <= allowed:
        return f"about {at} and above (answered below)"
    return None


def _wrong(at: int, bad: Sequence[int], good: Sequence[int]) -> int:
    """How many numbers are on the wrong side of a limit."""
    return bisect_left(bad, at) + len(good) - bisect_left(good, at)
