"""Bodies in the media types that a document may offer."""

from __future__ import annotations

from email import message_from_string
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.bodies import chosen_media, sent_type, written

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ((FORM, "application/json"), "application/json"),
        (("application/vnd.api+json", FORM), "application/vnd.api+json"),
        ((MULTIPART, FORM), FORM),
        (("application/xml", "text/plain"), "text/plain"),
        (("*/*",), "*/*"),
        (("application/xml",), None),
    ],
)
def test_a_media_type_that_can_be_written_is_chosen(offered, chosen) -> None:
    """JSON before forms, and these before text."""
    assert chosen_media({media: {} for media in offered}) == chosen


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ("application/merge-patch+json", "application/merge-patch+json"),
        ("application/json; charset=utf-8", "application/json; charset=utf-8"),
        ("*/*", "application/json"),
        (FORM, FORM),
    ],
)
def test_a_body_is_said_to_be_what_the_document_calls_it(media, said) -> None:
    """A range is not sent."""
    assert sent_type(media) == said


def test_a_form_has_a_field_for_each_member() -> None:
    """A list is repeated; an object is JSON, or as its encoding says."""
    value = {"a": True, "tags": ["x", "y z"], "address": {"city": "Rome"}, "meta": {"k": 1}}
    body = written(FORM, {"encoding": {"meta": {"style": "deepObject"}}}, value)
    assert parse_qsl(body or "") == [
        ("a", "true"),
        ("tags", "x"),
        ("tags", "y z"),
        ("address", '{"city":"Rome"}'),
        ("meta[k]", "1"),
    ]


@pytest.mark.parametrize(
    ("media", "value"), [(FORM, ["a"]), (MULTIPART, "a"), ("text/plain", 1), ("image/png", "a")]
)
def test_what_a_media_type_has_no_words_for_is_no_body(media, value) -> None:
    """Nothing is sent in its place."""
    assert written(media, {}, value) is None


@given(st.dictionaries(WORDS.filter(bool), WORDS, min_size=1, max_size=4))
def test_a_form_is_read_back_as_it_was(value) -> None:
    """By whoever decodes it."""
    body = written(FORM, {}, value) or ""
    assert dict(parse_qsl(body, keep_blank_values=True)) == value


def test_parts_are_read_back_as_they_were() -> None:
    """By a reader of MIME."""
    value = {"name": "Rex", 'a "b"': "line\r\nline"}
    head = f"Content-Type: {sent_type(MULTIPART)}\r\n\r\n"
    message = message_from_string(head + (written(MULTIPART, {}, value) or ""))
    parts = [part for part in message.walk() if not part.is_multipart()]
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["name", "a %22b%22"]
    assert [str(part.get_payload()).splitlines() for part in parts] == [["Rex"], ["line", "line"]]
