"""Several checks at once: each waits for its own answers, so together they keep every region's
slots full.

They are reported one after another, in the order in which they were handed over; who reports one waits for a
check that was started before.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.runner.check_run import CheckRun

# Some check of a region always has a request to send; more at once would only wait for each other
# (measured at 60 ms). A region that is slow, or asks to wait, keeps no other one waiting.
AT_ONCE = 6
# Checks that may have been started and not yet reported: what they found is kept until then.
AHEAD = 64


class Scheduler:
    """Runs checks ahead of the one that is asked for."""

    def __init__(self, checks: Iterable[CheckRun]) -> None:
        self._pools: dict[str | None, ThreadPoolExecutor] = {}  # by region, none for all together
        self._waiting = deque(checks)
        self._running: dict[CheckRun, Future[None]] = {}
        self._start()

    def _start(self) -> None:
        while self._waiting and len(self._running) < AHEAD:
            check = self._waiting.popleft()
            self._running[check] = self._pool(check.context.region).submit(check.execute)

    def _pool(self, region: str | None) -> ThreadPoolExecutor:
        if region not in self._pools:
            self._pools[region] = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="check")
        return self._pools[region]

    def has(self, check: CheckRun) -> bool:
        """Whether a check is started, or will be."""
        return check in self._running or check in self._waiting

    def result(self, check: CheckRun) -> bool:
        """Wait for a check and raise what it raised; false where it was never started."""
        future = self._running.get(check)
        if future is None:
            return False

        try:
            future.result()
        finally:
            del self._running[check]
            self._start()

        return True

    def stop(self) -> None:
        """Start no further check."""
        self._waiting.clear()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
