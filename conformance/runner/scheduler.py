"""All checks at once: each waits for its own answers, so together they keep every region's slots full.

pytest still reports them one after another, in its own order; what it runs is waiting for a check that was
started before.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from conformance.client import RegionLost
from conformance.runner.recorder import same_operation, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.checks.context import Subject

    Check = Callable[..., None]

# Enough that some check always has a request to send; more only makes more of them wait.
AT_ONCE = 32
# Checks that may have been started and not yet reported: what they found is kept until then.
AHEAD = 2 * AT_ONCE


ENGINE: pytest.StashKey[Engine] = pytest.StashKey()


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

    def has(self, subject: Subject) -> bool:
        """Whether a subject's check is started, or will be."""
        return id(subject) in self._running or any(one is subject for one, _ in self._waiting)

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


def start(config: pytest.Config, items: Iterable[Any]) -> None:
    """Run checks at once, in the order in which they are reported."""
    # Other styles parse the source, which CPython 3.11 may not do in two threads at once:
    # "AST constructor recursion depth mismatch"; Hypothesis does it in the threads of the checks.
    config.option.tbstyle = "native"
    if ENGINE in config.stash:
        config.stash[ENGINE].stop()
    config.stash[ENGINE] = Engine((subject, item.obj) for item in items if (subject := subject_of(item)))


def ahead(item: pytest.Item, subject: Subject) -> None:
    """In a process of pytest-xdist: run its own operations ahead, or one that another process left to it."""
    config, items = item.config, item.session.items
    worker = getattr(config, "workerinput", None)
    if not worker or not worker.get("conformance", {}).get("together"):
        return
    from conformance.pytest_plugin.xdist import share

    if ENGINE not in config.stash:
        start(config, share(items, worker))
    if not config.stash[ENGINE].has(subject):
        start(config, [one for one in items if same_operation(one, subject)])
