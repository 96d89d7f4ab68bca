"""The laws of the service as a whole: the headers of rate limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.contract.conventions import RateLimits
from conformance.laws import service as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange


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
