"""Outages: windows of time, now and then, starts and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.fronts.model import Reply, front, page, refusal

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front

BROKEN = Reply(0, cut=0)


def between(start: float, end: float, failure: Reply) -> Front:
    """A front that gives one answer to everything in a window of time."""
    return lambda call, ask: failure if start < call.age < end else ask()


def each(count: int, failure: Reply) -> Front:
    """A front that gives one answer to every so many-th request."""
    return lambda call, ask: failure if call.number % count == count - 1 else ask()


@front
def unavailable_for_two_seconds() -> Front:
    """From the first second on 503 for two seconds, whatever is asked."""
    return between(1, 3, page(503, "No server is available"))


@front
def restarted_with_bad_gateways() -> Front:
    """From the first second on 502 for one second, whatever is asked."""
    return between(1, 2, page(502, "Bad gateway"))


@front
def connections_reset_for_a_second() -> Front:
    """From the first second on every connection is reset, for a second and a half."""
    return between(1, 2.5, BROKEN)


@front
def bad_gateway_now_and_then() -> Front:
    """Every 40th request gets 502."""
    return each(40, page(502, "Bad gateway"))


@front
def timeout_of_the_gateway_now_and_then() -> Front:
    """Every 60th request gets 504."""
    return each(60, page(504, "Gateway timeout"))


@front
def starting() -> Front:
    """503 for the first four seconds: the servers behind are not up yet."""
    return between(-1, 4, page(503, "No healthy upstream"))


@front
def never_up() -> Front:
    """503 to everything."""
    return between(-1, 1e9, page(503, "No healthy upstream"))


@front
def gone_for_good() -> Front:
    """After a second and a half nothing is answered any more."""
    return between(1.5, 1e9, page(503, "No server is available"))


@front
def key_revoked() -> Front:
    """After a second and a half the key is refused."""

    def answer(call: Call, ask: Ask) -> Reply:
        if call.age > 1.5 and call.has_key:
            return refusal(
                401,
                "authentication_error",
                "Invalid or missing API key",
                www_authenticate="Bearer",
            )
        return ask()

    return answer
