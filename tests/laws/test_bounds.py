"""The laws of values outside the bounds: every answer that is allowed, and those that are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.laws import bounds as laws
from conformance.laws.finding import Finding
from conformance.laws.pages import Page
from tests.support.lists import exchange, unanswered


def rows(count) -> Page:
    return Page(0, 0, (None,) * count, tuple(range(count)), False, 200)


def listed(count):
    body = {"data": [{"id": at} for at in range(count)], "has_more": True, "total": 200}
    return exchange(200, body)


def at_the_edge(status):
    """The answer to a request that the HTTP layer may refuse; without a status it is cut off."""
    request = Request("GET", "/v1/batch-calls", edge=True)
    return exchange(status, request=request) if status else unanswered(request)


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
    """Refused with 400, or as many rows as the maximum gives; other bodies are others' laws."""
    assert (laws.over_maximum(exchange(status), seen, 100, 100) == []) is fine


@pytest.mark.parametrize("status", [200, 401, 404, 422, 500])
def test_only_400_refuses_a_value_that_is_not_documented(status) -> None:
    """Another status, a success among them, is a finding that says what was seen."""
    [finding] = laws.refused(exchange(status), None, "limit='abc'")
    assert finding.expected == "400 for limit='abc'"
    assert finding.actual == f"status {status}"
    assert laws.refused(exchange(400), None, "limit='abc'") == []


@pytest.mark.parametrize(("status", "fine"), [(200, True), (400, True), (404, True), (500, False)])
def test_no_value_makes_the_server_fail(status, fine) -> None:
    """Whatever else it is taken for is another law's."""
    answer = exchange(status)
    broken = [Finding("no 5xx for offset=2^63", f"status {status}", (answer,))]
    assert laws.not_failed(answer, "offset=2^63") == ([] if fine else broken)


@pytest.mark.parametrize(
    ("status", "fine"),
    [(None, True), (414, True), (431, True), (400, True), (404, False), (500, False)],
)
def test_what_the_http_layer_may_refuse_it_may_refuse_in_its_own_way(status, fine) -> None:
    """Thousands of digits may be refused with another status, or cut off; only there."""
    assert (laws.refused(at_the_edge(status), None, "x") == []) is fine
    plain = replace(at_the_edge(status), request=Request("GET", "/v1/batch-calls"))
    assert (laws.refused(plain, None, "x") == []) is (status == 400)


def test_a_silent_server_did_not_answer_with_a_failure() -> None:
    """That nothing came is said by the laws of availability."""
    assert laws.not_failed(at_the_edge(None), "x") == []


def test_values_of_a_class_are_taken_for_the_same(operation) -> None:
    """All refused, or all read as one window; which of them is told by the number of rows."""
    refused, empty, full = exchange(400), listed(0), listed(20)
    assert laws.one_reading("limit", {"-1": refused, "-50": exchange(400)}, operation) == []
    assert laws.one_reading("limit", {"-1": full, "-50": listed(20)}, operation) == []
    assert laws.one_reading("limit", {"-1": full}, operation) == []
    assert laws.one_reading("limit", {"-1": empty, "-50": full}, operation) == [
        Finding("one reading of every negative limit", "-1: 0 rows, -50: 20 rows", (empty, full))
    ]
    [finding] = laws.one_reading("offset", {"-1": refused, "-50": full}, operation)
    assert finding.actual == "-1: status 400, -50: 20 rows"


@given(st.lists(st.sampled_from([200, 400, 422, 429, 500]), min_size=1, max_size=4))
def test_a_value_beyond_the_bound_is_refused_always_or_never(statuses: list[int]) -> None:
    """Failures and limits of the rate tell nothing of it."""
    answers = {f"limit=101 {at}": exchange(status) for at, status in enumerate(statuses)}
    found = laws.one_treatment("limit=101", answers)
    told = {status == 200 for status in statuses if status in (200, 400, 422)}
    assert bool(found) is (len(told) > 1)


def test_what_was_expected_at_a_bound_is_said_with_what_came() -> None:
    """The rows that would have been right are named, and those that came are counted."""
    answer = exchange(200)
    assert laws.over_maximum(answer, rows(20), 100, 63) == [
        Finding("400, or the 63 rows of limit 100", "status 200, 20 rows", (answer,))
    ]
    assert laws.refused(answer, rows(2), "x") == [
        Finding("400 for x", "status 200, 2 rows", (answer,))
    ]
