"""How hard a region is driven."""

from __future__ import annotations

import threading
import time

import pytest

from conformance.client.throttle import CALM, WINDOW, Throttle


def observe(throttle, seconds) -> None:
    for _ in range(WINDOW):
        throttle.observe(seconds)


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
        with throttle:
            entered.release()

    throttle.__enter__()
    throttle.__enter__()
    thread = threading.Thread(target=third)
    thread.start()
    assert not entered.acquire(timeout=0.05)
    throttle.__exit__(None, None, None)
    assert entered.acquire(timeout=2)
    thread.join()


def test_each_429_slows_further_but_those_under_way_count_once() -> None:
    """40 a second, then half of it; several at once are one."""
    throttle = Throttle(4, None)
    throttle.back_off(0.0)
    throttle.back_off(0.0)
    assert throttle.notes == ["answered 429: slowed to 40 requests a second"]
    time.sleep(0.15)
    throttle.back_off(0.0)
    assert throttle.notes[1:] == ["answered 429: slowed to 20 requests a second"]


def test_what_a_region_is_promised_is_shared_by_all_that_ask(monkeypatch) -> None:
    """Four processes each wait four times as long, from the start and after a 429."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    throttle = Throttle(4, 10, processes=4)
    throttle.wait()
    throttle.wait()
    assert slept == [pytest.approx(0.4)]
    throttle = Throttle(4, None, processes=4)
    throttle.back_off(0)
    assert throttle.notes == ["answered 429: slowed to 10 requests a second"]


def test_a_region_that_stays_calm_is_asked_faster_again(monkeypatch) -> None:
    """Each further 429 halves the rate, each calm stretch doubles it, up to what one 429 leaves."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    throttle = Throttle(4, None)
    for _ in range(3):
        throttle.back_off(0)
        now[0] += 10
    assert throttle.notes[-1].endswith("slowed to 10 requests a second")
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)

    def rate() -> float:
        slept.clear()
        now[0] += 10
        throttle.wait()
        throttle.wait()
        return round(1 / slept[0])

    assert rate() == 10
    for expected in (20, 40, 40):
        for _ in range(CALM):
            throttle.observe(0.01)
        assert rate() == expected
