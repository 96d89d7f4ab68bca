"""What a request has in its target."""

from __future__ import annotations

from conformance.client import Request


def test_half_of_a_character_is_sent_as_its_octets() -> None:
    """A server that gives such a cursor gets it back, and is judged by what it answers."""
    request = Request("GET", "/items", (("cursor", "7\ud800"),))
    assert request.query_string == "cursor=7%ED%A0%80"
