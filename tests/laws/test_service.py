"""The laws of the service as a whole: the headers of rate limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.conventions import RateLimits
from conformance.laws import service as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.client.exchange import Exchange


@pytest.mark.parametrize(
    ("header", "value", "fine"),
    [
        ("x_ratelimit_limit", "50", True),
        ("x_ratelimit_limit", "50 per second", False),
        ("x_ratelimit_remaining", "-1", False),
        ("x_ratelimit_reset", "2026-03-18T20:54:00+00:00", True),
        ("x_ratelimit_reset", "2026-03-18T20:54:00.123Z", True),
        ("x_ratelimit_reset", "1773867240", False),
    ],
)
def test_the_form_of_rate_limit_headers(schemas, header, value, fine) -> None:
    """Where they are present they have the documented form."""
    answer = Answer(exchange(200, {}, **{header: value}), schemas)
    assert (laws.rate_headers(answer) == []) is fine


def test_each_rate_limit_header_of_another_form_is_said(schemas) -> None:
    """All three at once, in their order; digits of another script are no number."""
    headers = {
        "x_ratelimit_limit": "many",
        "x_ratelimit_remaining": "\u0663",
        "x_ratelimit_reset": "soon",
    }
    answer = exchange(200, {}, fields=headers)
    assert laws.rate_headers(Answer(answer, schemas)) == [
        Finding("x-ratelimit-limit: a whole number", "'many'", (answer,)),
        Finding("x-ratelimit-remaining: a whole number", "'\u0663'", (answer,)),
        Finding("x-ratelimit-reset: a moment in ISO 8601 with an offset", "'soon'", (answer,)),
    ]


def test_headers_are_those_that_the_overlay_states(contract, operation) -> None:
    """Another API has other names; one that states none is not judged."""
    answer = exchange(200, {}, x_ratelimit_limit="many", x_left="few")
    other = replace(operation, rate_limits=RateLimits({"x-left": "integer"}))
    [finding] = laws.rate_headers(Answer(answer, Schemas(contract, other))) or []
    assert finding.expected == "x-left: a whole number"
    silent = Schemas(contract, replace(operation, rate_limits=None))
    assert laws.rate_headers(Answer(answer, silent)) is None


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        ("0", True),
        ("120", True),
        ("Wed, 25 Nov 2026 09:00:00 GMT", True),
        ("soon", False),
        ("-5", False),
        ("1.5", False),
        ("", False),
    ],
)
def test_the_form_of_retry_after(schemas, value, fine) -> None:
    """Seconds or an HTTP date (RFC 9110 10.2.3)."""
    answer = exchange(429, {}, fields={"retry-after": value or " "})
    assert (laws.rate_headers(Answer(answer, schemas)) == []) is fine


def test_a_reset_is_a_moment_that_there_is(schemas) -> None:
    """A month 13 has the form of a date, and is none."""
    answer = exchange(200, {}, x_ratelimit_reset="2026-13-01T00:00:00Z")
    [finding] = laws.rate_headers(Answer(answer, schemas)) or []
    assert finding.actual == "'2026-13-01T00:00:00Z'"


STATUSES = st.lists(st.sampled_from([200, 404, 429, 503]), max_size=12)


def in_turn(statuses: Iterable[int]) -> list[Exchange]:
    """Answers to one request, each asked for when the one before was there."""
    return [at(moment, status) for moment, status in enumerate(statuses)]


def at(moment: float, status: int) -> Exchange:
    answer = exchange(status)
    answer.began, answer.seconds = moment, 0.5
    return answer


@given(STATUSES)
def test_what_was_served_before_and_after_is_served_in_between(statuses: list[int]) -> None:
    """404 before the first success, or behind the last one, may be a row that came or went."""
    found = laws.now_and_then(in_turn(statuses))
    text = "".join("s" if status == 200 else "m" if status == 404 else "." for status in statuses)
    assert bool(found) is bool(re.search("s.*m.*s", text))


def test_what_was_asked_for_together_says_nothing_of_what_came_first() -> None:
    """A row that goes is seen by one request, and not by another that was under way."""
    assert laws.now_and_then([at(0.0, 200), at(1.0, 404), at(1.2, 200), at(3.0, 404)]) == []
    assert laws.now_and_then([at(0.0, 200), at(0.3, 404), at(2.0, 200)]) == []


def test_how_often_it_was_missing_is_said() -> None:
    """Of how many like requests, with the first ones."""
    answers = in_turn([404, 200, 404, 200, 404, 404, 200])
    [found] = laws.now_and_then(answers)
    assert found.actual == "status 404 to 3 of 7 like requests"
    assert found.exchanges == (answers[2], answers[4], answers[5])


def _plain(operation, contract, responses, status) -> list[Finding] | None:
    """What ROB-06 says of the answer to a plain request, where these responses are documented."""
    described = replace(operation, responses={key: {"description": "x"} for key in responses})
    answered = exchange(status, {})
    answered.request = replace(answered.request, plain=True)
    return laws.plain_answered(Answer(answered, Schemas(contract, described)))


@pytest.mark.parametrize(
    ("responses", "status", "fine"),
    [
        (("200",), 200, True),
        (("302", "404"), 302, True),
        (("200", "302"), 302, True),
        (("200",), 302, False),
        (("200", "404"), 400, False),
        (("404",), 404, True),
        (("404", "default"), 404, False),
        ((), 404, False),
    ],
)
def test_a_plain_request_gets_what_is_promised(
    contract, operation, responses, status, fine
) -> None:
    """A 2xx, or a documented redirect; another status only where the document has no better one."""
    assert (_plain(operation, contract, responses, status) == []) is fine
