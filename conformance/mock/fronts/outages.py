"""Outages: windows of time, now and then, starts and ends."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

from conformance.mock.fronts.model import Reply, front, page, unknown_key

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front

DEEP = re.compile(r"9\d|[1-9]\d{2,4}", re.ASCII)  # from 90 on
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
            return unknown_key()
        return ask()

    return answer


@front
def maintenance_page() -> Front:
    """From the first second on 200 with a page for people, for two seconds, whatever is asked."""
    return between(1, 3, page(200, "We are back in a minute"))


@front
def key_rotated_with_a_gap() -> Front:
    """From the first second on the key is refused for two seconds, then known again."""
    refused = unknown_key()
    return lambda call, ask: refused if call.has_key and 1 < call.age < 3 else ask()


@front
def deep_pages_time_out() -> Front:
    """504 to every page from offset 90 on: the query takes longer than the gateway waits."""

    def answer(call: Call, ask: Ask) -> Reply:
        is_deep = call.has_key and DEEP.fullmatch(call.asked_for("offset"))
        return page(504, "Gateway timeout") if is_deep and ask().status == 200 else ask()

    return answer


@front
def three_requests_at_once() -> Front:
    """503 to a request that comes while three others are answered, each of which takes 30 ms."""
    slots = threading.BoundedSemaphore(3)

    def answer(call: Call, ask: Ask) -> Reply:
        if not slots.acquire(blocking=False):
            return page(503, "Too many connections")
        try:
            time.sleep(0.03)
            return ask()
        finally:
            slots.release()

    return answer
