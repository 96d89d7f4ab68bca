"""What is said to be sound or a picture: bytes, and no text of another kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.laws import schema as laws
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange

CONTRACT = load_contract()


@pytest.mark.parametrize(
    ("media", "body", "actual"),
    [
        ("audio/wav", b"RIFF\x24", None),
        ("audio/wav", b"", "no bytes"),
        ("audio/wav", b"<html>no</html>", "a text that begins with '<html>no</html>'"),
        ("audio/mpeg", b' {"error": 1}', "a text that begins with '{\"error\": 1}'"),
        ("text/csv", b"", None),
    ],
)
def test_sound_is_no_text(media, body, actual) -> None:
    """Nor nothing; what is a text may be empty."""
    described: dict[str, Any] = {"200": {"content": {media: {}}}}
    schemas = Schemas(CONTRACT, replace(CONTRACT.operations[0], responses=described))
    found = laws.strict_json(Answer(exchange(200, body, content_type=media), schemas)) or []
    assert [finding.actual for finding in found] == ([actual] if actual else [])


@given(st.binary(max_size=40))
def test_sound_begins_as_no_text_does(body) -> None:
    """Any bytes but those."""
    described: dict[str, Any] = {"200": {"content": {"audio/*": {}}}}
    schemas = Schemas(CONTRACT, replace(CONTRACT.operations[0], responses=described))
    found = laws.strict_json(Answer(exchange(200, body, content_type="audio/wav"), schemas))
    text = body.strip().lower()
    assert bool(found) is (
        not text or text.startswith((b"{", b"[", b"<html", b"<?xml", b"<!doctype"))
    )
