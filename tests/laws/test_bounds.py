"""The laws of values outside the bounds: every answer that is allowed, and those that are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.laws import bounds as laws
from conformance.laws.finding import Finding
from conformance.laws.pages import Page
from tests.support.lists import exchange


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


@pytest.mark.parametrize(
    ("edge", "status", "fine"),
    [(True, None, True), (False, None, False), (True, 414, True), (True, 431, True), (False, 414, False),
     (True, 404, False), (True, 500, False), (True, 200, False)],
)  # fmt: skip
def test_only_at_the_edge_may_the_http_layer_answer_for_a_huge_integer(edge, status, fine) -> None:
    """Thousands of digits may be refused in another way or cut off; twenty may not."""
    answer = exchange(status or 200, request=Request("GET", "/v1/batch-calls", edge=edge))
    answer = answer if status else replace(answer, response=None, error="ConnectionResetError")
    assert (laws.huge(answer, rows(3) if status == 200 else None, "x", 100) == []) is fine


def test_a_huge_integer_answered_with_a_body_that_is_no_page_is_not_this_laws() -> None:
    """What a 2xx without page breaks are the schema laws."""
    assert laws.huge(exchange(200), None, "x", 100) == []


def test_what_was_expected_at_a_bound_is_said_with_what_came() -> None:
    """The rows that would have been right are named, and those that came are counted."""
    answer, wrong = exchange(200), exchange(404)
    assert laws.over_maximum(answer, rows(20), 100, 63) == [
        Finding("400, or the 63 rows of limit 100", "status 200, 20 rows", (answer,))
    ]
    assert laws.below_minimum(answer, rows(1), "limit=0", zero=True) == [
        Finding("400, or no rows, for limit=0", "status 200, 1 rows", (answer,))
    ]
    assert laws.below_minimum(wrong, None, "limit=-1", zero=False) == [
        Finding("400 for limit=-1", "status 404", (wrong,))
    ]
    assert laws.refused(answer, rows(2), "x") == [Finding("400 for x", "status 200, 2 rows", (answer,))]
    assert laws.huge(answer, rows(7), "limit=2^63", 100) == [
        Finding("400 or none or 100 rows for limit=2^63", "status 200, 7 rows", (answer,))
    ]
    assert laws.huge(wrong, None, "offset=2^63", 0) == [
        Finding("400 or no rows for offset=2^63", "status 404", (wrong,))
    ]
