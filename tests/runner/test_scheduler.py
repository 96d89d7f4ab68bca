"""The engine: checks run ahead, within bounds, and their results stay theirs."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from conformance.client import RegionLost
from conformance.runner.scheduler import AHEAD, Engine, run_check


class One:
    """As much of a subject as the engine needs."""

    seconds = 0.0
    lost: str | None = None


def test_every_check_is_run_once_and_timed() -> None:
    """However many there are."""
    subjects, seen = [One() for _ in range(3 * AHEAD)], []
    engine = Engine((one, lambda subject: seen.append(subject)) for one in subjects)  # type: ignore[misc]
    assert all(engine.result(one) for one in subjects)  # type: ignore[arg-type]
    assert {id(one) for one in seen} == {id(one) for one in subjects}
    assert len(seen) == len(subjects)
    assert all(one.seconds > 0 for one in subjects)


def test_what_was_found_is_not_piled_up() -> None:
    """Checks wait to be started while as many are not yet reported as may be."""
    begun: list[int] = []
    subjects: list[Any] = [One() for _ in range(AHEAD + 10)]
    engine = Engine((one, lambda subject: begun.append(1)) for one in subjects)
    for one in subjects[:3]:
        assert engine.result(one)
    assert len(begun) <= AHEAD + 3
    assert engine.has(subjects[3])
    assert engine.has(subjects[-1])
    assert not engine.has(subjects[0])
    engine.stop()
    assert not engine.result(subjects[-1])


def test_what_a_check_raises_is_raised_where_it_is_reported() -> None:
    """A broken check is the suite's own failure, of that check alone."""

    def broken(subject: One) -> None:
        raise LookupError("oops")

    first: Any = One()
    second: Any = One()
    engine = Engine([(first, broken), (second, lambda subject: None)])
    with pytest.raises(LookupError, match="oops"):
        engine.result(first)
    assert engine.result(second)


def test_a_lost_region_leaves_its_reason() -> None:
    """No answer is no failure of the check."""

    def lost(subject: One) -> None:
        raise RegionLost("region mars stopped answering")

    subject: Any = One()
    run_check(subject, lost)
    assert subject.lost == "region mars stopped answering"


def test_checks_overlap() -> None:
    """One that waits for another's answer gets it."""
    event = threading.Event()
    subjects: list[Any] = [One(), One()]
    engine = Engine(
        [(subjects[0], lambda subject: event.wait(10)), (subjects[1], lambda subject: event.set())]
    )
    assert all(engine.result(one) for one in subjects)
    assert event.is_set()
