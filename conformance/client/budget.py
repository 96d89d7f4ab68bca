"""What a run may ask of one region in all: requests, time."""

from __future__ import annotations

import threading
import time

LONGEST_WAIT = 90.0  # seconds that a 429 may always ask for where the run's time has no limit
PATIENCE = 900.0  # seconds from the start of a run within which a longer wait may end


class Spent(Exception):
    """No further request may be sent; the text names the limit."""


class Budget:
    """Counts the requests that are sent; `most` of them, within `seconds` from now, where these are
    given.
    """

    def __init__(self, most: int | None = None, seconds: float | None = None) -> None:
        self.sent = 0
        self._most, self._seconds = most, seconds
        self._began = time.monotonic()
        self._ends = self._began + seconds if seconds is not None else None
        self._lock = threading.Lock()

    @property
    def longest_wait(self) -> float:
        """The seconds that may be waited for a server."""
        if self._ends is None:
            return max(LONGEST_WAIT, self._began + PATIENCE - time.monotonic())
        return max(0.0, self._ends - time.monotonic())

    def take(self) -> None:
        """Count one request; raises Spent where none is left."""
        with self._lock:
            if self._most is not None and self.sent >= self._most:
                raise Spent(f"was sent {self.sent} requests, as many as --max-requests allows")
            if self._ends is not None and time.monotonic() >= self._ends:
                raise Spent(
                    f"was sent {self.sent} requests in the {self._seconds:g} s of --max-time"
                )
            self.sent += 1
