"""What is said to be sound or a picture: bytes, and no text of another kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.laws import schema as laws
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange

CONTRACT = load_contract()


def schemas_of(media: str) -> Schemas:
    """Of an operation that answers in this media type."""
    described: dict[str, Any] = {"200": {"content": {media.partition(";")[0]: {}}}}
    return Schemas(CONTRACT, replace(CONTRACT.operations[0], responses=described))


def of(media: str, body: bytes) -> Exchange:
    return exchange(200, body, content_type=media)


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
    found = laws.strict_json(Answer(of(media, body), schemas_of(media))) or []
    assert [finding.actual for finding in found] == ([actual] if actual else [])


SILENT = st.sampled_from(["audio/wav", "image/png; q=1", "application/pdf", "video/mp4"])


@given(SILENT, st.binary(max_size=40))
def test_any_bytes_may_be_sound_that_are_no_whole_text(media: str, body: bytes) -> None:
    """Raw sound may begin with any byte, a brace included."""
    found = laws.strict_json(Answer(of(media, body), schemas_of(media))) or []
    is_text = body.lstrip()[:1] in (b"<", b"{", b"[") and body.lstrip()[1:9].isascii()
    assert bool(found) <= (is_text or not body)
    assert found or body


def test_raw_sound_may_begin_with_a_brace() -> None:
    """What follows is no text."""
    body = b"{\x02\xf0\x11\x81 \x00\x7f\x03"
    assert laws.strict_json(Answer(of("audio/wav", body), schemas_of("audio/wav"))) == []


def test_a_picture_may_be_written_in_xml() -> None:
    """Its media type says so."""
    media, body = "image/svg+xml", b"<?xml version='1.0'?><svg/>"
    assert laws.strict_json(Answer(of(media, body), schemas_of(media))) == []
