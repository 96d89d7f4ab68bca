"""All checks at once: each waits for its own answers, so together they keep every region's slots full.

pytest still reports them one after another, in its own order; what it runs is waiting for a check that was
started before.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from conformance.client import RegionLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.subject import Subject

    Check = Callable[..., None]

# Enough that some check always has a request to send; more only makes more of them wait.
AT_ONCE = 32
# Checks that may have been started and not yet reported: what they found is kept until then.
AHEAD = 2 * AT_ONCE


class Engine:
    """Runs checks ahead of the one that is asked for, in the order in which they will be asked for."""

    def __init__(self, checks: Iterable[tuple[Subject, Check]]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="check")
        self._waiting = deque(checks)
        self._running: dict[int, Future[None]] = {}
        self._start()

    def _start(self) -> None:
        while self._waiting and len(self._running) < AHEAD:
            subject, check = self._waiting.popleft()
            self._running[id(subject)] = self._pool.submit(run_check, subject, check)

    def result(self, subject: Subject) -> bool:
        """Wait for a subject's check and raise what it raised; false where it was never started."""
        future = self._running.get(id(subject))
        if future is None:
            return False
        try:
            future.result()
        finally:
            del self._running[id(subject)]
            self._start()
        return True

    def stop(self) -> None:
        """Start no further check."""
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)


def run_check(subject: Subject, check: Check) -> None:
    """Run one check; a region that was lost leaves its reason with the subject."""
    began = time.perf_counter()
    try:
        check(subject=subject)
    except RegionLost as error:
        subject.lost = str(error)
    finally:
        subject.seconds = time.perf_counter() - began
