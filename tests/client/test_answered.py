"""Answers that are shared by the checks that ask the same."""

from __future__ import annotations

from conformance.client import Request
from conformance.client.answered import Answered


def test_what_is_sent_alike_is_asked_once_however_it_was_made() -> None:
    """As names and values, or as a query written by hand."""
    answered = Answered()
    _, is_mine = answered.claim("list", Request("GET", "/v1/x", (("limit", "5"),)))
    assert is_mine
    _, is_mine = answered.claim("list", Request("GET", "/v1/x", raw_query="limit=5"))
    assert not is_mine


def test_another_header_or_operation_is_another_request() -> None:
    """So is another query."""
    answered = Answered()
    answered.claim("list", Request("GET", "/v1/x"))
    for operation, request in (
        ("other", Request("GET", "/v1/x")),
        ("list", Request("GET", "/v1/x", headers=(("Accept", "*/*"),))),
        ("list", Request("GET", "/v1/x", raw_query="limit=5")),
    ):
        assert answered.claim(operation, request)[1]
