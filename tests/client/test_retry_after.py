"""How long a 429 asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from conformance.client.response import Response
from conformance.client.retry_after import SHORTEST, UNSTATED, asked_wait


def limited(**headers: str) -> Response:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(429, "", "1.1", named, b"")


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=40)


def test_retry_after_is_seconds_or_a_date() -> None:
    """RFC 9110 10.2.3."""
    assert asked_wait(limited(retry_after="30")) == 30
    assert asked_wait(limited(retry_after=" 0 ")) == 0
    date = format_datetime(soon(), usegmt=True)
    assert asked_wait(limited(retry_after=date)) == pytest.approx(40, abs=3)


def test_a_header_of_the_api_s_own_counts_where_it_is_stated() -> None:
    """And only behind `Retry-After`; a header that no overlay names means nothing."""
    answer = limited(x_reset=soon().isoformat())
    assert asked_wait(answer, "x-reset") == pytest.approx(40, abs=3)
    assert asked_wait(answer) == UNSTATED
    both = limited(x_reset=soon().isoformat(), retry_after="5")
    assert asked_wait(both, "x-reset") == 5


@pytest.mark.parametrize("value", ["", "soon", "-5", "\u0663", "2026-01-01T00:00:00"])
def test_what_cannot_be_read_states_no_time(value: str) -> None:
    """The wait is then a short one."""
    assert asked_wait(limited(retry_after=value, x_reset=value), "x-reset") == UNSTATED


def test_a_time_that_has_passed_is_no_reason_to_ask_at_once() -> None:
    """Clocks differ."""
    past = (datetime.now(UTC) - timedelta(seconds=9)).isoformat()
    assert asked_wait(limited(x_reset=past), "x-reset") == SHORTEST
