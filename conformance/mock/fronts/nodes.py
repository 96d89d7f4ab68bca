"""Nodes: three servers answer in turn, and one of them is unlike the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from conformance.mock.fronts.model import front, refusal, unknown_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.fronts.model import Ask, Call, Front, Reply


def one_of_three(unlike: Callable[[Call, Ask], Reply]) -> Front:
    """A front that has every third request answered by another node."""
    return lambda call, ask: unlike(call, ask) if call.number % 3 == 2 else ask()


@front
def one_bad_node_of_three() -> Front:
    """One node of three answers 500 to the key, in the documented form."""
    broken = refusal(500, "internal_error", "unexpected server error")
    return one_of_three(lambda call, ask: broken if call.has_key else ask())


@front
def one_node_without_the_key() -> Front:
    """One node of three does not know the key."""
    return one_of_three(lambda call, ask: unknown_key() if call.has_key else ask())


@front
def one_late_clock_of_three() -> Front:
    """The clock of one node of three is ten minutes slow: its Date, and its time of the reset."""

    def late(call: Call, ask: Ask) -> Reply:
        now = datetime.now(UTC) - timedelta(minutes=10)
        reply = ask().with_header("Date", format_datetime(now, usegmt=True))
        reset = (now + timedelta(seconds=30)).isoformat(timespec="seconds")
        return reply.with_header("X-RateLimit-Reset", reset)

    return one_of_three(late)
