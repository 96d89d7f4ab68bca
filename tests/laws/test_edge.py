"""Refusals by what stands before the API, told from the API's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.client.blocking import LONG_TARGET
from conformance.contract import load_contract
from conformance.laws import edge
from conformance.laws.edge import (
    has_api_form,
    is_edge_refusal,
    named_by,
)
from tests.support.lists import exchange, own, refusal

ERRORS = load_contract().operations[0].errors
PAGE = "<html>blocked</html>"


@pytest.mark.parametrize(
    ("status", "media", "is_edge"),
    [
        (403, "text/html", True),
        (400, "text/html", True),
        (405, "text/plain", True),
        (501, "text/html", True),
        (403, "", True),
        (401, "text/html", False),
        (429, "text/html", False),
        (500, "text/html", False),
        (302, "text/html", False),
        (200, "text/html", False),
    ],
)
def test_a_refusal_in_another_form_is_the_edges(status: int, media: str, is_edge: bool) -> None:
    """Any 4xx but one about the key or the rate, and 501."""
    hostile = own(query=(("agent_id", "' OR 1=1"),))
    answer = exchange(status, PAGE, request=hostile, content_type=media)
    assert is_edge_refusal(answer, ERRORS) is is_edge


def test_a_refusal_of_a_plain_request_is_never_the_edges() -> None:
    """It is a failure, whoever answered."""
    assert not is_edge_refusal(exchange(403, PAGE, content_type="text/html"), ERRORS)


def test_a_refusal_in_the_documented_envelope_is_the_apis() -> None:
    """Whatever was asked."""
    hostile = own(query=(("agent_id", "'"),))
    answer = exchange(403, {"error": {"type": "invalid_request", "message": "no"}}, request=hostile)
    assert has_api_form(answer, ERRORS)
    assert not is_edge_refusal(answer, ERRORS)
    assert has_api_form(refusal(400, "invalid_request"), ERRORS)


def test_without_a_documented_envelope_json_is_the_apis() -> None:
    """There is nothing else to tell it by."""
    hostile = own(query=(("agent_id", "'"),))
    assert not is_edge_refusal(exchange(400, {"detail": "no"}, request=hostile), None)
    assert is_edge_refusal(exchange(400, {"detail": "no"}, request=hostile), ERRORS)


@pytest.mark.parametrize("status", [413, 414, 431])
def test_too_long_may_be_said_in_any_form(status: int) -> None:
    """Also in the API's envelope; of a short request it is the API's own answer."""
    long = own(raw_query="q=" + "a" * LONG_TARGET)
    said = refusal(status, "invalid_request", request=long)
    assert is_edge_refusal(said, ERRORS)
    assert not is_edge_refusal(refusal(status, "invalid_request", request=own()), ERRORS)


def test_an_edge_that_is_held_to_the_document_excuses_nothing() -> None:
    """Whatever was asked (`edge = strict`)."""
    assert ERRORS is not None
    blocked = exchange(403, PAGE, request=own(edge=True), content_type="text/html")
    assert is_edge_refusal(blocked, ERRORS)
    assert not is_edge_refusal(blocked, replace(ERRORS, strict=True))


def test_an_edge_is_named_by_its_headers() -> None:
    """As far as it has any."""
    blocked = exchange(403, PAGE, content_type="text/html", server="gw/1", via="1.1 edge")
    assert named_by(blocked) == "text/html, server: gw/1, via: 1.1 edge"


@pytest.mark.parametrize(
    ("path", "status", "is_rewriting"),
    [
        ("/items/..%2f", 307, True),
        ("/items/%2e%2e/x", 301, True),
        ("/items/'//x", 308, True),
        ("/items/x", 307, False),
        ("/items/..%2f", 404, False),
        ("/items/'", 302, False),
    ],
)
def test_a_path_that_is_not_normal_may_be_redirected(path, status, is_rewriting) -> None:
    """By a router ahead of the API; not where the edge is held to the document."""
    answer = exchange(status, b"", request=Request("GET", path))
    assert edge.is_rewriting(answer, None) is is_rewriting
    assert ERRORS is not None
    assert not edge.is_rewriting(answer, replace(ERRORS, strict=True))


@pytest.mark.parametrize(
    ("status", "is_edge"), [(404, True), (400, True), (401, False), (500, False)]
)
def test_a_target_in_absolute_form_is_the_http_layers(status, is_edge) -> None:
    """Whatever it refuses it with, but for its key."""
    answer = exchange(status, {"detail": "no"}, request=own(absolute=True))
    assert is_edge_refusal(answer, None) is is_edge
