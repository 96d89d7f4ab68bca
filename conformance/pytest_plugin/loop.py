"""The run around pytest's own loop: servers, stream, checks that run ahead, an ordered end."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from conformance.pytest_plugin.collection import expected
from conformance.pytest_plugin.state import (
    RECORDER,
    REPORTED,
    SCHEDULER,
    check_of,
    checks_of,
    is_worker,
    parts_of,
    session_of,
)
from conformance.runner.forecast import Asking, asking_of
from conformance.runner.part_file import PartFile, part_path
from conformance.runner.pytest_run import UNVERIFIED
from conformance.runner.recorder import usable
from conformance.settings import ConfigError
from conformance.settings.transfer import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from conformance.runner.check_run import CheckRun
    from conformance.runner.session import Session

# Of those that end a process, the ones that the platform has: Windows has no SIGHUP.
ENDING_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
PATIENCE = 10.0  # seconds from the first signal within which further ones change nothing


def begin(session: pytest.Session) -> None:
    """Open the servers; in a process that runs its own checks, open the stream and start them."""
    config = session.config
    if not is_worker(config):
        _claim(session_of(config))
    session_of(config).planned.count(_asking(session))
    session_of(config).open()
    if is_worker(config):
        return

    # A shard may have nothing to do, and says so in its stream.
    if (
        session.items or session_of(config).settings.shard
    ):  # under pytest-xdist the workers collect, and the stream waits for what they say
        record(config, (item.nodeid for item in session.items if check_of(item)))
        start(config, checks_of(session))


def _asking(session: pytest.Session) -> list[Asking]:
    """What the checks are going to ask; where workers collect them, those of the plan."""
    run = session_of(session.config)
    if not session.items and not run.settings.shard:
        return asking_of(run.plan)
    return [
        Asking(check.name, check.context.region, check.context.operation_id)
        for check in checks_of(session)
    ]


def _claim(session: Session) -> None:
    """Claim the directory of the run before anything is asked."""
    try:
        with usable(session.claim):
            pass
    except ConfigError as error:
        raise pytest.UsageError(str(error)) from None


def record(config: pytest.Config, names: Iterable[str] | None = None) -> None:
    """Open the stream of a run that is to report these tests; None: all of the plan."""
    if RECORDER in config.stash:
        return

    from conformance.runner.recorder import Recorder

    session = session_of(config)
    try:
        entries = session.plan.judged if names is None else expected(session, names)
        config.stash[RECORDER] = recorder = Recorder(session, entries, parts_of(config))
        session.log = recorder.log
    except ConfigError as error:
        raise pytest.UsageError(str(error)) from None


def hand_over(config: pytest.Config, worker: str, local: bool) -> dict[str, Any]:
    """What a worker of pytest-xdist needs to know; a local one records its exchanges in a file of
    its own.
    """
    session = session_of(config)
    session.open()
    part = None
    if local:
        part = parts_of(config)[worker] = _part(session, worker)
    return {
        "run": session.run,
        "urls": session.regions,
        "problems": session.problems,
        "settings": encode(session.settings),
        "together": config.option.dist == "load",
        "part": str(part.path.resolve()) if part else None,
    }


def _part(session: Session, worker: str) -> PartFile:
    part = PartFile(part_path(session.settings.out, worker))
    try:
        with usable(session.claim):
            part.remove()  # an earlier run that was killed may have left one
    except ConfigError as error:
        raise pytest.UsageError(str(error)) from None
    return part


def start(config: pytest.Config, checks: Iterable[CheckRun]) -> None:
    """Run checks at once, in the order in which they are reported."""
    from conformance.runner.scheduler import Scheduler

    # Other styles parse the source, which CPython 3.11 may not do in two threads at once:
    # "AST constructor recursion depth mismatch"; Hypothesis does it in the threads of the checks.
    config.option.tbstyle = "native"
    # Checks import Hypothesis in their threads, this one imports its database where one fails: at
    # once, CPython 3.11 finds a module without its parent (KeyError). Here there is one thread.
    import_module("hypothesis.database")
    if SCHEDULER in config.stash:
        config.stash[SCHEDULER].stop()
    config.stash[SCHEDULER] = Scheduler(checks)


def execute(item: pytest.Item, check: CheckRun) -> None:
    """Run a check, or wait for it, and complete its judgements; raises what the check raised."""
    config = item.config
    _reporting(item, check)
    if SCHEDULER not in config.stash or not config.stash[SCHEDULER].result(check):
        check.execute()
    check.conclude()


def _reporting(item: pytest.Item, check: CheckRun) -> None:
    """At the first check of an operation, drop the last one's answers and run ahead into
    this one.
    """
    config, operation = item.config, check.context.operation_id
    previous = config.stash.get(REPORTED, None)
    if previous == operation:
        return

    config.stash[REPORTED] = operation
    if previous is not None:
        session_of(config).release(previous)
    if is_worker(config):
        _run_ahead(item, check)


def _run_ahead(item: pytest.Item, check: CheckRun) -> None:
    """In a process of pytest-xdist: run its own operations ahead, or one that another process left
    to it.
    """
    from conformance.runner.shares import share

    config, checks = item.config, checks_of(item.session)
    worker = config.workerinput  # type: ignore[attr-defined]  # pytest-xdist's
    if not worker.get("conformance", {}).get("together"):
        return

    if SCHEDULER not in config.stash:
        start(config, share(checks, worker["workerid"], worker["workercount"]))
    if not config.stash[SCHEDULER].has(check):
        same = check.context.operation_id
        start(config, [other for other in checks if other.context.operation_id == same])


def end(config: pytest.Config, reason: str | None = None) -> None:
    """Start no further check, and wake every wait: a run that is over owes nobody an answer."""
    if SCHEDULER in config.stash:
        config.stash[SCHEDULER].stop()
    if reason:
        _end_in_peace()
        session_of(config).stop.set(reason)
        if RECORDER in config.stash:
            config.stash[RECORDER].stopped = config.stash[RECORDER].stopped or reason


def _end_in_peace() -> None:
    """Once a run ends, it ends: a second Ctrl-C must not break the reports of the first one. If the
    end has hung for a while, it ends all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    patience = time.monotonic() + PATIENCE

    def again(number: int, frame: FrameType | None) -> None:
        if time.monotonic() > patience:
            os._exit(UNVERIFIED)

    for number in (signal.SIGINT, *ENDING_SIGNALS):
        signal.signal(number, again)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end a run as Ctrl-C does: with its reports, and exit code 3."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt(signal.Signals(number).name)

    before = {number: signal.signal(number, interrupt) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is interrupt:  # else the run is ending already
                signal.signal(number, handler)
