"""One signal that ends every wait: whatever sleeps, reads or connects on behalf of a run
hears it.
"""

from __future__ import annotations

import time

# A wait looks at the signal this often. Polling needs no lock, so a signal handler may set the
# signal while the thread that it interrupts is waiting for it (`threading.Event.set` would deadlock
# there).
INTERVAL = 0.1


class Stopped(Exception):
    """The run was stopped; the text says why."""


class StopSignal:
    """Set once, with a reason, and never cleared.

    A signal with a parent is set as well when its parent is: a region that is lost stops its own
    waits, a run that is interrupted those of every region.
    """

    def __init__(self, parent: StopSignal | None = None) -> None:
        self._parent = parent
        self._reason: str | None = None

    @property
    def reason(self) -> str | None:
        """Why everything stops; None while nothing does."""
        if self._reason is not None or self._parent is None:
            return self._reason
        return self._parent.reason

    def set(self, reason: str) -> None:
        """Stop everything that waits; the first reason stands. Safe within a signal handler."""
        if self._reason is None:
            self._reason = reason

    def check(self) -> None:
        """Raise Stopped once the signal is set."""
        reason = self.reason
        if reason is not None:
            raise Stopped(reason)

    def wait(self, seconds: float) -> bool:
        """Sleep for so many seconds, or until the signal is set; whether it is set."""
        until = time.monotonic() + seconds
        while self.reason is None:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, INTERVAL))
        return True
