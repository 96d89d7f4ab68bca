"""How hard a region is driven."""

from __future__ import annotations

import threading
import time

import pytest

from conformance.client.throttle import CALM, WINDOW, Pace


def learn(pace, seconds) -> None:
    for _ in range(WINDOW):
        pace.learn(seconds)


def test_latency_that_doubles_means_back_off() -> None:
    """Half as many requests in flight, down to one, and what was done is noted."""
    pace = Pace(4, None)
    learn(pace, 0.05)
    learn(pace, 0.2)
    assert pace.allowed == 2
    learn(pace, 0.2)
    learn(pace, 0.2)
    assert pace.allowed == 1
    assert "slowed under load, 50 to" in pace.notes[0]
    assert "2 of 4 requests in flight" in pace.notes[0]


def test_a_region_that_recovers_is_driven_again() -> None:
    """One more in flight for each window of quick answers, up to what was asked for."""
    pace = Pace(4, None)
    learn(pace, 0.05)
    learn(pace, 0.2)
    for _ in range(5):
        learn(pace, 0.05)
    assert pace.allowed == 4


def test_noise_of_a_few_milliseconds_is_no_slowing() -> None:
    """From 1 to 5 ms is five times as long, and nothing to act on."""
    pace = Pace(4, None)
    learn(pace, 0.001)
    learn(pace, 0.005)
    assert (pace.allowed, pace.notes) == (4, [])


def test_no_more_are_in_flight_than_allowed() -> None:
    """The third waits until one of two is back."""
    pace, entered = Pace(2, None), threading.Semaphore(0)

    def third() -> None:
        with pace:
            entered.release()

    pace.__enter__()
    pace.__enter__()
    thread = threading.Thread(target=third)
    thread.start()
    assert not entered.acquire(timeout=0.05)
    pace.__exit__(None, None, None)
    assert entered.acquire(timeout=2)
    thread.join()


def test_each_429_slows_further_but_those_under_way_count_once() -> None:
    """40 a second, then half of it; several at once are one."""
    pace = Pace(4, None)
    pace.hold(0.0)
    pace.hold(0.0)
    assert pace.notes == ["answered 429: slowed to 40 requests a second"]
    time.sleep(0.15)
    pace.hold(0.0)
    assert pace.notes[1:] == ["answered 429: slowed to 20 requests a second"]


def test_what_a_region_is_promised_is_shared_by_all_that_ask(monkeypatch) -> None:
    """Four processes each wait four times as long, from the start and after a 429."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    pace = Pace(4, 10, processes=4)
    pace.wait()
    pace.wait()
    assert slept == [pytest.approx(0.4)]
    pace = Pace(4, None, processes=4)
    pace.hold(0)
    assert pace.notes == ["answered 429: slowed to 10 requests a second"]


def test_a_region_that_stays_calm_is_asked_faster_again(monkeypatch) -> None:
    """Each further 429 halves the rate, each calm stretch doubles it, up to what one 429 leaves."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    pace = Pace(4, None)
    for _ in range(3):
        pace.hold(0)
        now[0] += 10
    assert pace.notes[-1].endswith("slowed to 10 requests a second")
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)

    def rate() -> float:
        slept.clear()
        now[0] += 10
        pace.wait()
        pace.wait()
        return round(1 / slept[0])

    assert rate() == 10
    for expected in (20, 40, 40):
        for _ in range(CALM):
            pace.learn(0.01)
        assert rate() == expected
