"""Faults over time: rare failures, slow answers, misstated rate limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain, count, repeat
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import NOT_FOUND
from conformance.mock.wrappers import each_list, fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("ROB-05")
def reset_in_epoch_seconds(service: Service) -> None:
    """`X-RateLimit-Reset` is a number of seconds."""
    _rate(
        service,
        "x-ratelimit-reset",
        lambda reset: str(int(datetime.fromisoformat(reset).timestamp())),
    )


@fault("ROB-05")
def limit_header_in_words(service: Service) -> None:
    """`X-RateLimit-Limit` is `50 per second`."""
    _rate(service, "x-ratelimit-limit", lambda limit: "50 per second")


@fault("ROB-05")
def remaining_below_zero(service: Service) -> None:
    """`X-RateLimit-Remaining` is -1."""
    _rate(service, "x-ratelimit-remaining", lambda remaining: "-1")


@fault("ROB-06")
def fails_every_50th_time(service: Service) -> None:
    """Every 50th list request gives 500."""
    _every(service, 50, lambda: service.error(500, "internal_error", "try again"))


@fault("ROB-06")
def unavailable_every_37th_time(service: Service) -> None:
    """Every 37th list request gives 503."""
    _every(service, 37, lambda: service.error(503, "internal_error", "upstream"))


@fault("ROB-06")
def fails_now_and_then(service: Service) -> None:
    """One list request of forty or so gives 500."""
    list_rows = service.list_rows
    service.list_rows = lambda call: fail() if service.random.random() < 0.025 else list_rows(call)


@fault("ROB-06")
def not_found_every_60th_time(service: Service) -> None:
    """Every 60th list request gives 404."""
    _every(service, 60, lambda: service.error(404, NOT_FOUND, "no such resource"))


@fault("SCH-09")
def slow_now_and_then(service: Service) -> None:
    """Every 120th list request, the 30th first, takes six seconds."""
    each_list(
        service,
        lambda call, answer: replace(answer, delay=6.0) if service.calls % 120 == 30 else answer,
    )


@fault("SCH-09")
def slow_first_deep_page(service: Service) -> None:
    """The first page past row 40 takes six seconds."""
    _slow_once(service)


def _rate(service: Service, name: str, change: Callable[[str], str]) -> None:
    headers = service.headers
    service.headers = lambda: (fields := headers()) | {name: change(fields[name])}


def _every(service: Service, period: int, respond: Callable[[], Answer]) -> None:
    list_rows, numbers = service.list_rows, count(1)
    service.list_rows = lambda call: respond() if next(numbers) % period == 0 else list_rows(call)


def _slow_once(service: Service) -> None:
    delays = chain([6.0], repeat(0.0))

    def slowed(call: Call, answer: Answer) -> Answer:
        deep = answer.status == 200 and service.window(call).offset > 40
        return replace(answer, delay=next(delays)) if deep else answer

    each_list(service, slowed)
