"""All checks at once: each waits for its own answers, so together they keep every region's slots full.

pytest still reports them one after another, in its own order; what it runs is waiting for a check that was
started before.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from conformance.client import RegionLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.subject import Subject

    Check = Callable[..., None]

# Enough that some check always has a request to send; more only makes more of them wait.
AT_ONCE = 32


class Engine:
    """Runs checks ahead of the one that is asked for."""

    def __init__(self, checks: Iterable[tuple[Subject, Check]]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="check")
        self._running: dict[int, Future[None]] = {
            id(subject): self._pool.submit(run_check, subject, check) for subject, check in checks
        }

    def result(self, subject: Subject) -> bool:
        """Wait for a subject's check and raise what it raised; false where it was never started."""
        future = self._running.pop(id(subject), None)
        if future is None:
            return False
        future.result()
        return True

    def stop(self) -> None:
        """Start no further check."""
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
