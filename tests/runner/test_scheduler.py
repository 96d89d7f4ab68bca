"""The scheduler: checks run ahead, within bounds, and their results stay theirs."""

from __future__ import annotations

import threading

import pytest

from conformance.runner.scheduler import AHEAD, Scheduler
from tests.support.checks import make_check


def test_every_check_is_run_once_and_timed() -> None:
    """However many there are, each is executed once and takes its time."""
    seen: list[int] = []
    checks = [make_check(lambda: seen.append(1)) for _ in range(AHEAD + 5)]
    scheduler = Scheduler(checks)
    assert all(scheduler.result(check) for check in checks)
    assert len(seen) == len(checks)
    assert all(check.seconds > 0 for check in checks)


def test_results_do_not_pile_up() -> None:
    """Checks wait to be started while as many are not yet reported as may be."""
    begun: list[int] = []
    checks = [make_check(lambda: begun.append(1)) for _ in range(AHEAD + 10)]
    scheduler = Scheduler(checks)
    for check in checks[:3]:
        assert scheduler.result(check)
    assert len(begun) <= AHEAD + 3
    assert scheduler.has(checks[3])
    assert scheduler.has(checks[-1])
    assert not scheduler.has(checks[0])
    scheduler.stop()
    assert not scheduler.result(checks[-1])


def test_an_error_is_raised_where_its_check_is_reported() -> None:
    """A broken check is the suite's own failure, of that check alone."""

    def broken() -> None:
        raise LookupError("oops")

    first, second = make_check(broken), make_check()
    scheduler = Scheduler([first, second])
    with pytest.raises(LookupError, match="oops"):
        scheduler.result(first)
    assert scheduler.result(second)


def test_checks_overlap() -> None:
    """A check that waits for another's answer gets it."""
    event = threading.Event()

    def wait() -> None:
        event.wait(10)

    checks = [make_check(wait), make_check(event.set)]
    scheduler = Scheduler(checks)
    assert all(scheduler.result(check) for check in checks)
    assert event.is_set()
