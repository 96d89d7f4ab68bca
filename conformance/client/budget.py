"""What a run may ask of one region in all, and hold of its answers: requests, time, bytes."""

from __future__ import annotations

import threading
import time

from conformance.client.limits import shown_size

LONGEST_WAIT = 90.0  # seconds that a 429 may always ask for where the run's time has no limit
PATIENCE = 900.0  # seconds from the start of a run within which a longer wait may end

LARGE = 1_000_000  # bytes from which on an answer, parsed, is a large one
HELD = 160_000_000  # bytes of large answers, as they came and parsed, that a run can hold


class Spent(Exception):
    """No further request may be sent; the text names the limit."""


class Budget:
    """Counts the requests that are sent; `most` of them, within `seconds` from now, where these are
    given. Of large answers `held` bytes in all may come.
    """

    def __init__(
        self, most: int | None = None, seconds: float | None = None, held: int = HELD
    ) -> None:
        self.sent = 0
        self._large, self._held, self._room = 0, 0, held
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

    def hold(self, weight: int) -> None:
        """Count the bytes of an answer that the checks keep; raises Spent where there is no room.

        Judging compares hundreds of answers with each other, so they are held, and a server that
        sends megabytes each time would take the machine's memory.
        """
        if weight < LARGE:
            return
        with self._lock:
            self._large += 1
            self._held += weight
            if self._held > self._room:
                answers = f"{self._large} answers" if self._large > 1 else "an answer"
                raise Spent(
                    f"sent {answers} of over {shown_size(LARGE)}, {shown_size(self._held)} in all "
                    "once parsed: more than a run holds (--max-body)"
                )
