"""The laws of values outside the bounds: every answer that is allowed, and those that are not."""

from __future__ import annotations

import pytest

from conformance.laws import bounds as laws
from conformance.laws.pages import Page
from laws.model import exchange


def rows(count) -> Page:
    return Page(0, 0, (None,) * count, tuple(range(count)), False, 200)


@pytest.mark.parametrize(
    ("status", "seen", "fine"),
    [
        (400, None, True),
        (200, rows(100), True),
        (200, None, True),
        (200, rows(101), False),
        (200, rows(20), False),
        (200, rows(0), False),
        (404, None, False),
        (422, None, False),
        (500, None, False),
    ],
)
def test_over_the_maximum(status, seen, fine) -> None:
    """Refused with 400, or as many rows as the maximum gives; a body that is no page is not this law's."""
    assert (laws.over_maximum(exchange(status), seen, 100, 100) == []) is fine


@pytest.mark.parametrize(
    ("status", "seen", "zero", "fine"),
    [
        (400, None, False, True),
        (200, rows(0), True, True),
        (200, rows(0), False, False),
        (200, rows(1), True, False),
        (200, rows(20), False, False),
        (500, None, True, False),
    ],
)
def test_below_the_minimum(status, seen, zero, fine) -> None:
    """400; only limit 0 may give an empty page."""
    assert (laws.below_minimum(exchange(status), seen, "limit=0", zero=zero) == []) is fine


@pytest.mark.parametrize("status", [200, 401, 404, 422, 500])
def test_only_400_refuses_what_is_no_integer(status) -> None:
    """Another status, a success among them, is a finding that says what was seen."""
    [finding] = laws.refused(exchange(status), None, "limit='abc'")
    assert finding.expected == "400 for limit='abc'"
    assert finding.actual == f"status {status}"
    assert laws.refused(exchange(400), None, "limit='abc'") == []


@pytest.mark.parametrize(
    ("status", "count", "most", "fine"),
    [(400, None, 0, True), (200, 0, 0, True), (200, 1, 0, False), (200, 100, 100, True),
     (200, 101, 100, False), (500, None, 0, False), (404, None, 0, False)],
)  # fmt: skip
def test_huge_integers(status, count, most, fine) -> None:
    """Refused, or no more rows than there may be; never a failure."""
    seen = None if count is None else rows(count)
    assert (laws.huge(exchange(status), seen, "offset=2^63", most) == []) is fine
