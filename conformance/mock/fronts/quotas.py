"""Quotas: so many requests in a window of time, and every way to say that it is over."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from conformance.mock.fronts.model import front, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.fronts.model import Ask, Call, Front, Reply

    Say = Callable[[float], dict[str, str]]  # the fields that say for how many seconds


def _limited(**headers: str) -> Reply:
    return refusal(429, "rate_limit_exceeded", "Too many requests", **headers)


def window(most: int, seconds: float, say: Say) -> Front:
    """A front that lets so many requests through in so many seconds."""
    lock = threading.Lock()
    state = {"began": 0.0, "used": 0.0}

    def answer(call: Call, ask: Ask) -> Reply:
        with lock:
            now = time.monotonic()
            if now - state["began"] > seconds:
                state.update(began=now, used=0)
            state["used"] += 1
            left = seconds - (now - state["began"])
            is_over = state["used"] > most
        return _limited(**say(left)) if is_over else ask()

    return answer


def _seconds(left: float) -> dict[str, str]:
    return {"retry_after": str(int(left) + 1)}


@front
def quota_in_seconds() -> Front:
    """120 requests in 3 s, then 429 with Retry-After in seconds."""
    return window(120, 3, _seconds)


@front
def quota_as_a_date() -> Front:
    """120 requests in 3 s, then 429 with Retry-After as an HTTP date."""

    def date(left: float) -> dict[str, str]:
        at = datetime.now(UTC) + timedelta(seconds=left + 1)
        return {"retry_after": format_datetime(at, usegmt=True)}

    return window(120, 3, date)


@front
def quota_with_a_reset_header() -> Front:
    """120 requests in 3 s, then 429 with the documented moment of the reset."""

    def reset(left: float) -> dict[str, str]:
        at = datetime.now(UTC) + timedelta(seconds=left)
        return {"x_ratelimit_reset": at.isoformat(timespec="milliseconds")}

    return window(120, 3, reset)


@front
def quota_without_a_time() -> Front:
    """120 requests in 3 s, then 429 that names no time."""
    return window(120, 3, lambda left: {})


@front
def quota_with_a_nonsensical_time() -> Front:
    """120 requests in 3 s, then 429 with `Retry-After: soon`."""
    return window(120, 3, lambda left: {"retry_after": "soon"})


@front
def quota_of_the_day() -> Front:
    """100 requests, then 429 for half an hour and more."""
    return window(100, 2_000, lambda left: {"retry_after": "2000"})


@front
def quota_of_a_slow_minute() -> Front:
    """40 requests in 5 s, then 429 with Retry-After in seconds."""
    return window(40, 5, _seconds)


@front
def key_guessing_is_throttled() -> Front:
    """After 12 requests with a wrong key, or none, such requests get 429."""
    lock = threading.Lock()
    refused: list[int] = []

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        if reply.status != 401:
            return reply
        with lock:
            refused.append(call.number)
            return _limited(retry_after="1") if len(refused) > 12 else reply

    return answer


@front
def token_bucket() -> Front:
    """40 requests at once and 60 more each second, counted down in every answer; then 429."""
    lock = threading.Lock()
    state = {"left": 40.0, "at": time.monotonic()}

    def take() -> float:
        with lock:
            now = time.monotonic()
            state["left"] = min(40.0, state["left"] + 60 * (now - state["at"])) - 1
            state["at"] = now
            left = state["left"]
            state["left"] = max(0.0, left)
            return left

    def answer(call: Call, ask: Ask) -> Reply:
        left = take()
        reply = _limited(retry_after="1") if left < 0 else ask()
        return reply.with_header("X-RateLimit-Limit", "40").with_header(
            "X-RateLimit-Remaining", str(max(0, int(left)))
        )

    return answer


@front
def limited_at_random() -> Front:
    """2 requests in 100 get 429 with Retry-After of a second, whatever was asked before."""
    chance = random.Random(7)  # noqa: S311 - the same requests each time
    lock = threading.Lock()

    def answer(call: Call, ask: Ask) -> Reply:
        with lock:
            is_limited = chance.random() < 0.02
        return _limited(retry_after="1") if is_limited else ask()

    return answer
