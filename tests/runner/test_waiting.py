"""Waiting for regions before a run."""

from __future__ import annotations

from conformance.runner.preflight import RegionState
from conformance.runner.waiting import INTERVAL, awaited

UP = RegionState(latency_ms=1.0)
DOWN = RegionState(problem="region one cannot be reached")
REFUSED = RegionState(problem="region one did not accept the key", final=True)


class Regions:
    """Answers with states in their order, the last one for ever; time passes in pauses alone."""

    def __init__(self, *states: RegionState) -> None:
        self.states, self.now, self.told = list(states), 0.0, 0

    def ask(self) -> dict[str, RegionState]:
        return {"one": self.states.pop(0) if len(self.states) > 1 else self.states[0]}

    def pause(self, seconds: float) -> bool:
        self.now += seconds
        return False

    def told_of(self, states: object, left: float) -> None:
        self.told += 1

    def after(self, seconds: float) -> RegionState:
        states = awaited(
            self.ask, seconds, self.pause, waiting=self.told_of, clock=lambda: self.now
        )
        return states["one"]


def test_a_region_that_comes_up_in_time_has_no_problem() -> None:
    """It is asked until it answers, and whoever watches hears of each wait."""
    regions = Regions(DOWN, DOWN, UP)
    assert regions.after(60) is UP
    assert (regions.now, regions.told) == (2 * INTERVAL, 2)


def test_a_region_that_stays_down_is_waited_for_no_longer_than_that() -> None:
    """What it last answered stands."""
    regions = Regions(DOWN)
    assert regions.after(7) is DOWN
    assert regions.now <= 7


def test_without_a_wait_it_is_asked_once() -> None:
    """Which is the default of a run."""
    regions = Regions(DOWN, UP)
    assert regions.after(0) is DOWN


def test_what_waiting_cannot_mend_is_not_waited_for() -> None:
    """A key that is refused now is refused in a minute."""
    regions = Regions(REFUSED)
    assert regions.after(60) is REFUSED
    assert regions.now == 0


def test_a_run_that_is_stopped_waits_no_further() -> None:
    """Ctrl-C ends it with what is known."""
    regions = Regions(DOWN, UP)
    states = awaited(regions.ask, 60, lambda seconds: True, clock=lambda: 0.0)
    assert states["one"] is DOWN
