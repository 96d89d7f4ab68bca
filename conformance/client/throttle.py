"""How hard a region is driven: requests in flight, requests a second, and stepping back where it slows."""

from __future__ import annotations

import threading
import time
from collections import deque
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

WINDOW = 12  # answers that a judgement of the latency rests on
SLOWER = 2.0  # times the first latency from which on a region is driven no further
NOTICEABLE = 0.1  # seconds; below that it may as well be this machine that is busy
# From a 429 on, at most 40 a second: below the documented limit of 50 (docs: errors-rate-limits).
AFTER_429 = 0.025
SLOWEST = 1.0  # seconds between requests that further ones lead to
CALM = 30  # answers without another 429 after which twice as many a second are tried again


class Throttle:
    """Slots for requests in flight; enter it around each request.

    How many a region is sent in a second is a promise to it: `processes` that ask at the same time share it.
    """

    def __init__(self, workers: int, rate: float | None, processes: int = 1) -> None:
        self.workers = self.allowed = workers
        self.notes: list[str] = []
        self._interval = processes / rate if rate else 0.0
        self._after_429 = processes * AFTER_429
        self._fastest = self._interval
        self._calm = 0
        self._next = 0.0
        self._held = 0.0
        self._busy = 0
        self._first: float | None = None
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self._slot = threading.Condition()

    def __enter__(self) -> None:
        with self._slot:
            self._slot.wait_for(lambda: self._busy < self.allowed)
            self._busy += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._slot:
            self._busy -= 1
            self._slot.notify()

    def wait(self) -> None:
        """Sleep until the rate allows one more request."""
        with self._slot:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._interval
        if at > now:
            time.sleep(at - now)

    def back_off(self, seconds: float) -> None:
        """Send nothing for a while, as a 429 asks, and less from then on."""
        with self._slot:
            now = time.monotonic()
            if now >= self._held:  # not one of those that were under way when the first was answered
                self._interval = min(SLOWEST, max(self._after_429, 2 * self._interval))
                self._fastest, self._calm = max(self._fastest, self._after_429), 0
                self.notes.append(f"answered 429: slowed to {1 / self._interval:.3g} requests a second")
                self._held = now + seconds + self._after_429 * self.workers
            self._next = max(self._next, now + seconds)

    def observe(self, seconds: float) -> None:
        """Take in the latency of a plain answer; latency doubled under load means back off."""
        with self._slot:
            self._calm += 1
            if self._calm >= CALM and self._interval > self._fastest:
                self._interval, self._calm = max(self._fastest, self._interval / 2), 0
            self._recent.append(seconds)
            if len(self._recent) < WINDOW:
                return
            now = median(self._recent)
            if self._first is None:
                self._first = now
            elif now > max(SLOWER * self._first, self._first + NOTICEABLE):
                self._slower(now)
            elif self.allowed < self.workers:
                self.allowed += 1
                self._recent.clear()
                self._slot.notify()

    def _slower(self, now: float) -> None:
        self._recent.clear()
        if self.allowed > 1:
            self.allowed = max(1, self.allowed // 2)
            assert self._first is not None
            self.notes.append(
                f"slowed under load, {self._first * 1000:.0f} to {now * 1000:.0f} ms: "
                f"{self.allowed} of {self.workers} requests in flight"
            )
