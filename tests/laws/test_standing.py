"""The laws that every exchange is judged by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client.exchange import Request
from conformance.laws import standing as laws
from laws.model import exchange

PLAIN = Request("GET", "/v1/batch-calls", plain=True)
BODY = {"data": [], "has_more": False, "total": 0}


def broken(answer, schemas) -> list[str]:
    return [name for name, _, found in laws.standing(answer, schemas, 5.0) if found]


def test_a_plain_answer_is_evidence_for_many_laws(schemas) -> None:
    """Each law that applies is named with its kind of evidence, and none has a finding."""
    judged = list(laws.standing(exchange(200, BODY, request=PLAIN), schemas, 5.0))
    assert {"ROB-06", "ROB-05", "SCH-01", "SCH-03", "SCH-09", "AUT-13"} <= {name for name, _, _ in judged}
    assert not [found for *_, found in judged if found]


def test_a_plain_request_that_fails_is_always_a_finding(schemas) -> None:
    """A 404, a 500 and silence, each however rare."""
    assert "ROB-06" in broken(exchange(404, {}, request=PLAIN), schemas)
    assert "ROB-06" in broken(exchange(500, {}, request=PLAIN), schemas)
    silent = replace(exchange(request=PLAIN), response=None, error="ConnectionResetError")
    assert broken(silent, schemas) == ["ROB-06"]
    assert broken(replace(silent, request=Request("GET", "/")), schemas) == []


def test_a_slow_answer_breaks_the_budget_only(schemas) -> None:
    """Latency is a law of its own, with a budget that is the user's."""
    assert broken(replace(exchange(200, BODY), seconds=6.0), schemas) == ["SCH-09"]


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
def test_the_form_of_rate_limit_headers(header, value, fine) -> None:
    """Where they are present they have the documented form."""
    assert (laws.rate_headers(exchange(200, BODY, **{header: value})) == []) is fine


@pytest.mark.parametrize(
    ("control", "fine"),
    [
        ("private, no-store", True),
        ("", True),
        ("max-age=60", True),
        ("public, max-age=60", False),
        ("s-maxage=60", False),
        ("private, max-age=0, s-maxage=0", True),
    ],
)
def test_public_caching(control, fine) -> None:
    """What lets a shared cache keep an answer to an authenticated request (RFC 9111 3.5)."""
    assert (laws.private(exchange(200, BODY, cache_control=control)) == []) is fine
