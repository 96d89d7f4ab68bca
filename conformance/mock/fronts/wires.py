"""The wire: requests that hang, answers that are slow or break off, connections that end."""

from __future__ import annotations

import threading
import time
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


@front
def upstream_of_http_1_0() -> Front:
    """HTTP/1.0 without a length: each body ends with its connection."""
    return each(1, version="HTTP/1.0")


@front
def early_hints() -> Front:
    """103 with links before each answer."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </app.css>; rel=preload\r\n\r\n"
    return each(1, early=hints)


@front
def chunks_with_trailers() -> Front:
    """Each body in chunks, with fields after it."""
    return each(1, trailers=(("Server-Timing", "db;dur=3"), ("X-Checksum", "abc")))


@front
def connections_end_after_seven() -> Front:
    """Each connection ends after seven answers, unannounced."""
    return lambda call, ask: replace(ask(), closes=call.turn == 6)


@front
def idle_connections_are_dropped() -> Front:
    """A connection that was unused for 300 ms is broken by the next request."""
    return lambda call, ask: Reply(0, cut=0) if call.idle > 0.3 else ask()


@front
def slow_after_idle() -> Front:
    """The first answer takes 3 s, and so does one after half a second of silence."""
    lock = threading.Lock()
    last = [float("-inf")]

    def answer(call: Call, ask: Ask) -> Reply:
        with lock:
            quiet, last[0] = time.monotonic() - last[0], time.monotonic()
        return replace(ask(), after=3.0) if quiet > 0.5 else ask()

    return answer


@front
def requests_wait_their_turn() -> Front:
    """Two requests are answered at once, 20 ms each; others wait."""
    slots = threading.BoundedSemaphore(2)

    def answer(call: Call, ask: Ask) -> Reply:
        with slots:
            time.sleep(0.02)
            return ask()

    return answer
