"""The laws of methods and queries that no client should send, on literal answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.laws import robustness as laws
from conformance.laws.finding import Finding
from tests.support.lists import exchange


def answer(method, status, **headers):
    return exchange(status, request=Request(method, "/v1/batch-calls"), **headers)


@pytest.mark.parametrize(
    ("method", "status"),
    [("OPTIONS", 200), ("OPTIONS", 204), ("OPTIONS", 299), ("DELETE", 405), ("TRACE", 405)],
)
def test_a_method_may_be_refused_with_allow_and_options_answered(method, status) -> None:
    """405 that names what is allowed is right, and OPTIONS serves no resource."""
    assert laws.method_refused(answer(method, status, allow="GET")) == []


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("DELETE", 200),
        ("TRACE", 204),
        ("PUT", 302),
        ("OPTIONS", 300),
        ("POST", 399),
        ("POST", 500),
        ("PUT", 502),
    ],
)
def test_a_method_that_is_served_led_on_or_fails_breaks_the_law(method, status) -> None:
    """Whatever is no 4xx is a finding."""
    seen = answer(method, status)
    assert laws.method_refused(seen) == [Finding(f"4xx for {method}", f"status {status}", (seen,))]


@pytest.mark.parametrize("status", [400, 401, 404, 406, 499, 501])
def test_another_refusal_of_a_method_is_no_405(status) -> None:
    """A 4xx that is not 405, or an HTTP layer's own 501, refuses all the same, with or without
    Allow.
    """
    seen = answer("PROPFIND", status, allow="GET")
    assert laws.method_refused(seen) == []
    expected = Finding("405 for PROPFIND", f"status {status}", (seen,))
    assert laws.method_refused_as_such(seen) == [expected]


def test_a_common_method_is_known_to_every_server() -> None:
    """501 says of DELETE that the server fails."""
    assert laws.method_refused(answer("DELETE", 501))
    assert laws.method_refused_as_such(answer("DELETE", 501)) is None


def test_405_without_allow_lacks_a_header() -> None:
    """It is a refusal, and lacks the header that RFC 9110 15.5.6 asks for."""
    seen = answer("DELETE", 405)
    text = "Allow with a 405 (RFC 9110 15.5.6)"
    assert laws.method_refused(seen) == []
    assert laws.method_refused_as_such(seen) == [Finding(text, "no such header", (seen,))]
    assert laws.method_refused_as_such(answer("DELETE", 405, allow="GET")) == []


def test_only_a_refusal_has_the_form_of_one() -> None:
    """What is served, fails or stays silent is another law's."""
    for seen in (answer("DELETE", 200), answer("OPTIONS", 204), answer("POST", 500)):
        assert laws.method_refused_as_such(seen) is None
    silent = replace(answer("DELETE", 200), response=None, error="TimeoutError")
    assert laws.method_refused_as_such(silent) is None


def test_a_method_that_nothing_answers_serves_nothing() -> None:
    """Silence is another law's to judge."""
    assert (
        laws.method_refused(replace(answer("DELETE", 200), response=None, error="TimeoutError"))
        == []
    )


@pytest.mark.parametrize(
    ("status", "fine"), [(200, True), (404, True), (499, True), (500, False), (503, False)]
)
def test_only_a_5xx_fails_a_query(status, fine) -> None:
    """Whatever else a broken query is answered with is not this law's."""
    seen = exchange(status)
    broken = [Finding("no 5xx for a query that is with NUL", f"status {status}", (seen,))]
    assert laws.no_failure(seen, "with NUL") == ([] if fine else broken)


def test_the_same_meaning_gets_the_same_status() -> None:
    """Two successes agree, and two refusals; a 400 beside a 200 shows the request that was changed
    first.
    """
    plain, same, other = exchange(200), exchange(200, {"data": []}), exchange(400)
    assert laws.same_answer(plain, same, "without a body") == []
    assert laws.same_answer(other, exchange(400), "without a body") == []
    [finding] = laws.same_answer(plain, other, "without a body")
    assert finding == Finding("status 200, as without a body", "status 400", (other, plain))


def test_a_removed_row_is_named() -> None:
    """A row that is gone while nothing came is removed."""
    assert laws.removed([1, 2, 3, 4], [1, 3, 4]) == [2]
    assert laws.removed([1, 2, 3], [1, 2, 3]) == []


@given(st.lists(st.integers(0, 99), unique=True, min_size=3), st.integers(0, 5))
def test_insertions_push_rows_off_the_page(rows: list[int], count: int) -> None:
    """Rows that come at the head take the place of the last ones, and remove none."""
    page = [*range(100, 100 + count), *rows][: len(rows)]
    assert laws.removed(rows, page) == []


@pytest.mark.parametrize("status", [200, 400, 404, 405, 501])
def test_head_as_get_or_refused(status) -> None:
    """What GET gives, or a refusal, is right; a GET that failed says nothing of HEAD."""
    got, head = exchange(200), exchange(status, request=Request("HEAD", "/v1/batch-calls"))
    assert laws.head_as_get(got, head) == []
    assert laws.head_as_get(exchange(500), exchange(200)) == []


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_head_has_the_length_of_get_as_far_as_bodies_vary(told, length) -> None:
    """A length that is far off is that of another page; one that is near may be of another moment."""
    got = exchange(200, content_length=str(length))
    head = exchange(200, content_length=str(told))
    is_far = abs(told - length) > max(64, length // 10)
    assert bool(laws.head_as_get(got, head)) is is_far
    packed = exchange(200, content_length=str(told), content_encoding="gzip")
    assert laws.head_as_get(got, packed) == []


@given(st.integers(200, 599).filter(lambda s: s != 200 and not 400 <= s < 500 and s != 501))
def test_head_with_another_status_is_always_seen(status) -> None:
    """Whatever it is; and another media type under the same status."""
    [found] = laws.head_as_get(exchange(200), exchange(status))
    assert found.actual == f"status {status}"
    [typed] = laws.head_as_get(exchange(200), exchange(200, content_type="text/html"))
    assert typed.actual == "Content-Type text/html"


def test_a_version_that_is_none_is_not_the_present_one() -> None:
    """Where answers have an entity tag at all."""
    [finding] = laws.not_unchanged(exchange(304))
    assert finding.actual == "status 304"
    assert not any(laws.not_unchanged(exchange(status)) for status in (0, 200, 412, 500))
    tagged = exchange(200)
    assert tagged.response is not None
    tagged.response = replace(tagged.response, headers=(("ETag", '"a"'),))
    assert laws.has_tags([exchange(200), tagged])
    assert not laws.has_tags([exchange(200), exchange(0)])
