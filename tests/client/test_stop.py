"""The stop signal: heard by every wait, set once, inherited from its parent."""

from __future__ import annotations

import threading
import time

import pytest

from conformance.client.stop import Stopped, StopSignal


def test_a_wait_without_a_signal_lasts_its_time() -> None:
    """Nothing stops it, and it says so."""
    began = time.monotonic()
    assert not StopSignal().wait(0.02)
    assert time.monotonic() - began >= 0.02


def test_a_wait_ends_when_the_signal_is_set() -> None:
    """A thread that would sleep for a minute ends at once, and knows why."""
    stop, heard = StopSignal(), []
    thread = threading.Thread(target=lambda: heard.append(stop.wait(60)))
    thread.start()
    stop.set("interrupted")
    thread.join(1)
    assert heard == [True]
    assert stop.reason == "interrupted"


def test_the_first_reason_stands() -> None:
    """Whatever stops it again changes nothing."""
    stop = StopSignal()
    stop.set("interrupted")
    stop.set("the run is over")
    assert stop.reason == "interrupted"
    with pytest.raises(Stopped, match="interrupted"):
        stop.check()


def test_a_parent_stops_its_children_but_not_the_reverse() -> None:
    """A lost region leaves the run alone; an interrupted run ends every region."""
    run = StopSignal()
    first, second = StopSignal(run), StopSignal(run)
    first.set("region lost")
    assert (run.reason, second.reason) == (None, None)
    run.set("interrupted")
    assert (first.reason, second.reason) == ("region lost", "interrupted")
    assert second.wait(60)
