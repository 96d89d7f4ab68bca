"""How hard a region is driven."""

from __future__ import annotations

import threading
import time

import pytest

from conformance.client.stop import Stopped, StopSignal
from conformance.client.throttle import CALM, MANY, WINDOW, Throttle


class Clock(StopSignal):
    """A clock that only waits move, and that keeps them."""

    def __init__(self, monkeypatch) -> None:
        super().__init__()
        self.now = 100.0
        self.waits: list[float] = []
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def wait(self, seconds: float) -> bool:
        self.waits.append(round(seconds, 6))
        self.now += seconds
        return False


def observe(throttle, seconds) -> None:
    for _ in range(WINDOW):
        throttle.observe(seconds)


def take(throttle, times=1) -> None:
    for _ in range(times):
        with throttle.turn():
            pass


def test_latency_that_doubles_means_back_off() -> None:
    """Half as many requests in flight, down to one, and what was done is noted."""
    throttle = Throttle(4, None)
    observe(throttle, 0.05)
    observe(throttle, 0.2)
    assert throttle.allowed == 2
    observe(throttle, 0.2)
    observe(throttle, 0.2)
    assert throttle.allowed == 1
    assert "slowed under load, 50 to" in throttle.notes[0]
    assert "2 of 4 requests in flight" in throttle.notes[0]


def test_a_region_that_recovers_is_driven_again() -> None:
    """One more in flight for each window of quick answers, up to what was asked for."""
    throttle = Throttle(4, None)
    observe(throttle, 0.05)
    observe(throttle, 0.2)
    for _ in range(5):
        observe(throttle, 0.05)
    assert throttle.allowed == 4


def test_noise_of_a_few_milliseconds_is_no_slowing() -> None:
    """From 1 to 5 ms is five times as long, and nothing to act on."""
    throttle = Throttle(4, None)
    observe(throttle, 0.001)
    observe(throttle, 0.005)
    assert (throttle.allowed, throttle.notes) == (4, [])


def test_no_more_are_in_flight_than_allowed() -> None:
    """The third waits until one of two is back."""
    throttle, entered = Throttle(2, None), threading.Semaphore(0)

    def third() -> None:
        with throttle.turn():
            entered.release()

    with throttle.turn():
        with throttle.turn():
            thread = threading.Thread(target=third)
            thread.start()
            assert not entered.acquire(timeout=0.05)
        assert entered.acquire(timeout=2)
    thread.join()


def test_each_429_slows_further_but_those_under_way_count_once(monkeypatch) -> None:
    """40 a second, then half of it; several at once are one."""
    clock = Clock(monkeypatch)
    throttle = Throttle(4, None, stop=clock)
    throttle.back_off(0.0)
    throttle.back_off(0.0)
    assert throttle.notes == ["answered 429: slowed to 40 requests a second"]
    clock.now += 0.15
    throttle.back_off(0.0)
    assert throttle.notes[1:] == ["answered 429: slowed to 20 requests a second"]


def test_nothing_is_sent_while_a_429_is_honoured(monkeypatch) -> None:
    """The next request goes when the time that the server asked for is over."""
    clock = Clock(monkeypatch)
    throttle = Throttle(4, None, stop=clock)
    throttle.back_off(7.0)
    assert throttle.backing_off == 7.0
    take(throttle)
    assert clock.waits == [7.0]
    assert throttle.backing_off == 0.0


def test_what_a_region_is_promised_is_shared_by_all_that_ask(monkeypatch) -> None:
    """Four processes each wait four times as long, from the start and after a 429."""
    clock = Clock(monkeypatch)
    take(Throttle(4, 10, processes=4, stop=clock), times=2)
    assert clock.waits == [0.4]
    throttle = Throttle(4, None, processes=4)
    throttle.back_off(0)
    assert throttle.notes == ["answered 429: slowed to 10 requests a second"]


def test_a_wait_that_lasted_too_long_does_not_lower_the_rate(monkeypatch) -> None:
    """Ten a second stay ten a second, though each request goes a little late."""
    clock = Clock(monkeypatch)
    throttle = Throttle(4, 10, stop=clock)
    take(throttle)
    clock.now += 0.13
    take(throttle, times=2)
    assert clock.waits == [0.07]


def test_a_region_that_stays_calm_is_asked_faster_again(monkeypatch) -> None:
    """Each further 429 halves the rate, each calm stretch doubles it, up to what one 429 leaves."""
    clock = Clock(monkeypatch)
    throttle = Throttle(4, None, stop=clock)
    for _ in range(3):
        throttle.back_off(0)
        clock.now += 10
    assert throttle.notes[-1].endswith("slowed to 10 requests a second")

    def rate() -> float:
        clock.waits.clear()
        clock.now += 10
        take(throttle, times=2)
        return round(1 / clock.waits[0])

    assert rate() == 10
    for expected in (20, 40, 40):
        for _ in range(CALM):
            throttle.calm()
        assert rate() == expected


@pytest.mark.parametrize("busy", [True, False])
def test_whoever_waits_for_a_turn_hears_the_stop(busy) -> None:
    """Neither a full throttle nor a 429 of ten minutes holds a thread once the run is stopped."""
    stop, ended = StopSignal(), []
    throttle = Throttle(1, None, stop=stop)
    if not busy:
        throttle.back_off(600)

    def wait() -> None:
        with pytest.raises(Stopped), throttle.turn():
            pass
        ended.append(True)

    thread = threading.Thread(target=wait)
    if busy:
        with throttle.turn():
            thread.start()
            stop.set("interrupted")
            thread.join(1)
    else:
        thread.start()
        stop.set("interrupted")
        thread.join(1)
    assert ended == [True]


def test_a_region_that_says_it_is_overloaded_is_never_driven_so_hard_again() -> None:
    """Half at once; then up to one fewer than were too many. What was in flight then says no more."""
    throttle = Throttle(8, None)
    now = time.perf_counter()
    throttle.relieve(503, now)
    throttle.relieve(503, now)
    assert throttle.allowed == 4
    for _ in range(8):
        observe(throttle, 0.05)
    assert throttle.allowed == 7
    assert throttle.notes == ["answered 503 under load: 4 of 8 requests in flight"]


def test_a_429_among_many_answers_is_no_reason_to_go_slower(monkeypatch) -> None:
    """Who limits the rate does it again soon; who limits at random does not."""
    clock = Clock(monkeypatch)
    throttle = Throttle(4, None, stop=clock)
    for _ in range(5):
        throttle.back_off(0)
        clock.now += 10
        for _ in range(MANY):
            throttle.calm()
    assert throttle.notes == ["answered 429: slowed to 40 requests a second"]
