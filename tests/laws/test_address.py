"""A wrong URL is told from an API that is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.laws.address import wrong_address
from tests.support.lists import exchange

CONTRACT = load_contract()
OPERATION = CONTRACT.operations[0]
ENVELOPE = {"error": {"type": "not_found", "message": "no such resource"}}


@pytest.mark.parametrize(
    ("status", "body", "headers", "words"),
    [
        (301, b"", {"location": "https://elsewhere/"}, "301 to https://elsewhere/"),
        (302, b"", {}, "302 without a Location"),
        (404, b"not found", {"content_type": "text/plain"}, "404 without the documented envelope"),
        (404, {"detail": "Not Found"}, {}, "404 without the documented envelope"),
        (
            200,
            b"<!DOCTYPE html><title>Sign in</title>",
            {"content_type": "text/html"},
            "a page for people",
        ),
        (
            403,
            b"<html>Attention required",
            {"content_type": "text/html"},
            "403 with a page for people",
        ),
        (200, {"status": "ok"}, {}, "none of the documented properties, but status"),
    ],
)
def test_another_server(status: int, body: Any, headers: dict[str, str], words: str) -> None:
    """Redirects, pages for people, foreign refusals and foreign JSON name what answered."""
    said = wrong_address(CONTRACT, OPERATION, exchange(status, body, fields=headers))
    assert said is not None
    assert words in said


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, {"data": [], "has_more": False, "total": 0}, {}),
        (200, {"data": [], "has_more": False, "total": 0}, {"content_type": "text/html"}),
        (200, {"total": 3}, {}),
        (200, {"result": {"data": [], "has_more": False, "total": 0}}, {}),
        (200, b"{broken", {}),
        (200, [], {}),
        (404, ENVELOPE, {}),
        (500, {"error": {"type": "internal_error", "message": "x"}}, {}),
        (401, {"error": {"type": "authentication_error", "message": "x"}}, {}),
    ],
)
def test_the_api_itself(status: int, body: Any, headers: dict[str, str]) -> None:
    """An answer of the API, however wrong, is judged by its laws and not called a wrong URL."""
    assert wrong_address(CONTRACT, OPERATION, exchange(status, body, fields=headers)) is None


@given(st.integers(200, 599), st.binary(max_size=60))
def test_no_answer_is_too_odd(status: int, body: bytes) -> None:
    """Whatever the bytes, there is a sentence or none."""
    said = wrong_address(CONTRACT, OPERATION, exchange(status, body))
    assert said is None or said.startswith(str(status))


@pytest.mark.parametrize(("status", "is_own"), [(400, True), (404, True), (500, False)])
def test_xml_that_is_documented_is_no_page_for_people(status: int, is_own: bool) -> None:
    """The media type tells, as far as the document has it for the status."""
    described: dict[str, Any] = {"content": {"application/json": {}, "application/xml": {}}}
    operation = replace(OPERATION, responses={"400": described, "4XX": described})
    answer = exchange(
        status, b"<?xml version='1.0'?><e/>", fields={"content_type": "application/xml"}
    )
    assert (wrong_address(CONTRACT, operation, answer) is None) is is_own
