"""The wire: requests that hang, answers that are slow or break off, connections that end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.fronts.model import Reply, front

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front

HANG = 20.0  # seconds: longer than any patience that a deployment is asked with


def each(count: int, **change: Any) -> Front:
    """A front that changes every so many-th answer."""

    def answer(call: Call, ask: Ask) -> Reply:
        is_one = call.number % count == count - 1
        return replace(ask(), **change) if is_one else ask()

    return answer


@front
def hangs_in_one_of_twenty() -> Front:
    """Every 20th request gets no answer in time."""
    return each(20, after=HANG)


@front
def hangs_once() -> Front:
    """One request of the run gets no answer in time."""

    def answer(call: Call, ask: Ask) -> Reply:
        return replace(ask(), after=HANG) if call.number == 300 else ask()

    return answer


@front
def breaks_off_in_one_of_thirty() -> Front:
    """Every 30th answer breaks off within its body."""
    return each(30, cut=40)


@front
def slow() -> Front:
    """Each answer takes 150 ms."""
    return each(1, after=0.15)


@front
def slow_and_far() -> Front:
    """Each answer takes 1.2 s."""
    return each(1, after=1.2)


@front
def slow_now_and_then() -> Front:
    """Every 100th answer takes three times as long as it may."""
    return each(100, after=1.5)


@front
def closes_each_connection() -> Front:
    """Each connection ends after one answer, unannounced."""
    return each(1, closes=True)
