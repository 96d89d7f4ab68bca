"""How hard a region is driven: requests in flight, requests a second, and stepping back where it
slows.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING

from conformance.client.stop import INTERVAL, StopSignal

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW = 12  # answers that a judgement of the latency rests on
SLOWER = 2.0  # times the first latency from which on a region is driven no further
NOTICEABLE = 0.1  # seconds; below that it may as well be this machine that is busy
# From a 429 on, at most 40 a second: below the documented limit of 50 (docs: errors-rate-limits).
AFTER_429 = 0.025
SLOWEST = 1.0  # seconds between requests that further 429s lead to
MANY = 20  # answers between two 429s from which on the second one is no reason to go slower
CALM = 30  # answers without another 429 after which twice as many a second are tried again


class Throttle:
    """Turns to send one request each: so many in flight, so many a second, none while a 429 is
    honoured.

    What a region may be sent in a second is a promise to it: `processes` that ask at the same time
    share it. `rate` is in requests a second. Whoever waits for a turn occupies no place among those in
    flight, and hears the stop signal.
    """

    def __init__(
        self, workers: int, rate: float | None, processes: int = 1, stop: StopSignal | None = None
    ) -> None:
        self.workers = self.allowed = self._most = workers
        self.notes: list[str] = []
        self._stop = stop or StopSignal()
        self._interval = processes / rate if rate else 0.0
        self._fastest = self._interval
        self._after_429 = processes * AFTER_429
        self._calm = 0
        self._since = 0  # answers since the last 429
        self._next = 0.0  # when the next request may go
        self._resume = 0.0  # when a 429 lets requests go again
        self._settled = 0.0  # when requests that were in flight at the last 429 are surely answered
        self._in_flight = 0
        self._relieved = 0.0
        self._first_latency: float | None = None
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it while one request is under way; raises Stopped."""
        self._acquire()
        try:
            yield
        finally:
            with self._changed:
                self._in_flight -= 1
                self._changed.notify()

    @property
    def backing_off(self) -> float:
        """The seconds for which a 429 still asks to send nothing."""
        return max(0.0, self._resume - time.monotonic())

    def back_off(self, seconds: float) -> None:
        """Send nothing for so many seconds, as a 429 asks, and less from then on."""
        with self._changed:
            now = time.monotonic()
            if now >= self._settled:
                # Who lets many through before the next 429 limits something else than the rate.
                if self._since < MANY:
                    self._slow_down()
                self._since = 0
                self._settled = now + seconds + self._after_429 * self.workers
            self._resume = max(self._resume, now + seconds)

    def relieve(self, status: int, began: float) -> None:
        """Have fewer requests in flight, and so many never again, after an answer that says that
        there are too many. What was in flight at the last such answer says nothing new.
        """
        with self._changed:
            if self.allowed > 1 and began > self._relieved:
                self._relieved = time.perf_counter()
                self._most = self.allowed - 1
                self.allowed = max(1, self.allowed // 2)
                self._recent.clear()
                self.notes.append(
                    f"answered {status} under load: {self.allowed} of {self.workers} requests in flight"
                )

    def calm(self) -> None:
        """Take in an answer that is no 429."""
        with self._changed:
            self._since += 1
            self._speed_up_when_calm()

    def observe(self, seconds: float) -> None:
        """Take in the latency of a plain answer; latency doubled under load means fewer
        in flight.
        """
        with self._changed:
            self._recent.append(seconds)
            if len(self._recent) == WINDOW:
                self._adapt(median(self._recent))

    def _acquire(self) -> None:
        while True:
            self._stop.check()
            with self._changed:
                now = time.monotonic()
                delay = max(self._next, self._resume) - now
                if delay <= 0 and self._in_flight < self.allowed:
                    self._take(now)
                    return
                if delay <= 0:
                    self._changed.wait(INTERVAL)
            if delay > 0:
                self._stop.wait(delay)

    def _take(self, now: float) -> None:
        self._in_flight += 1
        # A sleep that lasted a little too long does not lower the rate.
        due = self._next if now - self._next < self._interval else now
        self._next = due + self._interval

    def _slow_down(self) -> None:
        self._interval = min(SLOWEST, max(self._after_429, 2 * self._interval))
        self._fastest = max(self._fastest, self._after_429)
        self._calm = 0
        self.notes.append(f"answered 429: slowed to {1 / self._interval:.3g} requests a second")

    def _speed_up_when_calm(self) -> None:
        self._calm += 1
        if self._calm >= CALM and self._interval > self._fastest:
            self._interval = max(self._fastest, self._interval / 2)
            self._calm = 0

    def _adapt(self, latency: float) -> None:
        if self._first_latency is None:
            self._first_latency = latency
        elif latency > max(SLOWER * self._first_latency, self._first_latency + NOTICEABLE):
            self._recent.clear()
            self._allow_fewer(self._first_latency, latency)
        elif self.allowed < self._most:
            self._recent.clear()
            self.allowed += 1
            self._changed.notify()

    def _allow_fewer(self, first: float, now: float) -> None:
        if self.allowed == 1:
            return
        self.allowed = max(1, self.allowed // 2)
        self.notes.append(
            f"slowed under load, {first * 1000:.0f} to {now * 1000:.0f} ms: "
            f"{self.allowed} of {self.workers} requests in flight"
        )
