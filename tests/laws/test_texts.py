"""The laws of the texts in a body."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import texts
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.checks import make_context
from tests.support.lists import exchange

CONTEXT = make_context()
SCHEMAS = Schemas(CONTEXT.contract, CONTEXT.operation)


def answer(body: Any) -> Answer:
    """A success with a body: JSON, or a text of it."""
    return Answer(exchange(200, body), SCHEMAS)


def named(text: str) -> dict[str, Any]:
    return {"data": [{"name": text}], "has_more": False, "total": 1}


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("M\u00c3\u00bcller", "'M\u00fcller'"),
        ("caf\u00c3\u00a9", "'caf\u00e9'"),
        ("it\u00e2\u20ac\u2122s", "'it\u2019s'"),
    ],
)
def test_a_text_that_was_encoded_twice_is_found(text, once) -> None:
    """The finding says what it was meant to be, and in which property."""
    [finding] = texts.whole(answer(named(text))) or []
    assert finding.expected == f"{once}, encoded once"
    assert finding.at == "name"


@pytest.mark.parametrize(
    "text",
    [
        "Z\u00fcrich",
        "\u00c2",
        "S\u00c3O PAULO",
        "20 \u20ac",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "\U0001fa94",
        "",
    ],
)
def test_a_text_that_reads_as_it_stands_is_left_alone(text) -> None:
    """Letters that also come of a wrong encoding are letters of some language."""
    assert texts.whole(answer(named(text))) == []


def test_half_of_a_pair_is_found() -> None:
    """It is strict JSON, and no text (RFC 8259 8.2)."""
    [finding] = texts.whole(answer(named("x\ud83d"))) or []
    assert finding.actual == "half of a surrogate pair in 'x\\ud83d'"


@given(st.text(min_size=1))
def test_what_is_encoded_once_more_is_found(text) -> None:
    """Unless nothing of it is beyond ASCII; a text of the first 256 characters may read both ways."""
    doubled = text.encode("utf-8", "ignore").decode("latin-1")
    found = texts.whole(answer(named(doubled)))
    assert bool(found) == (not text.encode("utf-8", "ignore").isascii())


@pytest.mark.parametrize(
    ("value", "is_zero"),
    [
        ("0001-01-01T00:00:00Z", True),
        ("0001-01-01", True),
        ("0001-01-01T00:00:00+00:00", True),
        ("2001-01-01T00:00:00Z", False),
        ("Batch 0001-01-01 of many", False),
        (None, False),
    ],
)
def test_a_time_of_year_1_is_found(value, is_zero) -> None:
    """Wherever it stands."""
    body = {"data": [{"scheduled_for": value}], "has_more": False, "total": 1}
    assert bool(texts.dated(answer(body))) == is_zero


def test_refusals_and_bodies_of_other_types_say_nothing() -> None:
    """Their form is judged by other laws."""
    refusal = Answer(exchange(400, json.dumps(named("\u00c3\u00bc"))), SCHEMAS)
    assert texts.whole(refusal) is None
    assert texts.dated(refusal) is None
