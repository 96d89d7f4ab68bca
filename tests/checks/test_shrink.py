"""Requests that fail are made smaller."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from conformance.checks.shrink import shrunk
from conformance.client import Request

ASKED = Request("GET", "/v1/x", raw_query="agent_id=42&limit=76&offset=9&q=text")


def values(request: Request) -> dict[str, list[str]]:
    return parse_qs(request.query_string, keep_blank_values=True)


@pytest.mark.parametrize(
    ("fails", "left"),
    [
        (lambda query: "q" in query, "q=text"),
        (lambda query: "agent_id" in query and "q" in query, "agent_id=0&q=text"),
        (lambda query: int(query.get("limit", ["0"])[0]) >= 30, "limit=38"),
        (lambda query: query.get("offset") == ["9"], "offset=9"),
        (lambda query: query.get("limit") == ["76"] and "offset" in query, "limit=76&offset=0"),
        (lambda query: True, ""),
    ],
)
def test_what_is_left_is_what_makes_it_fail(fails, left) -> None:
    """Parameters left out, integers halved while it fails still."""
    smaller = shrunk(ASKED, lambda request: fails(values(request)), 1)
    assert smaller.query_string == left
    assert (smaller.method, smaller.path) == ("GET", "/v1/x")


def test_what_the_operation_requires_is_never_left_out() -> None:
    """Without it another answer is right."""
    smaller = shrunk(ASKED, lambda request: True, 1, required={"limit"})
    assert smaller.query_string == "limit=0"


def test_a_request_that_fails_as_it_is_and_no_smaller_one_stays() -> None:
    """So does one that has nothing to leave out."""
    assert shrunk(ASKED, lambda request: False, 1) == ASKED
    plain = Request("GET", "/v1/x")
    assert shrunk(plain, lambda request: True, 1) == plain
