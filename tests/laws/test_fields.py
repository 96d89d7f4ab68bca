"""The header fields that a document declares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import schema as laws
from conformance.laws.answer import Answer
from conformance.laws.fields import fields_of
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange

INTEGER, WORD = {"type": "integer", "minimum": 0}, {"type": "string", "enum": ["asc", "desc"]}


@pytest.fixture
def judged(contract, operation):
    """What SCH-13 has against an answer with these fields, where one is declared so."""

    def judge(described, status=200, **given):
        responses = operation.responses | {
            "200": {"description": "x", "headers": {"X-A": described}}
        }
        schemas = Schemas(contract, replace(operation, responses=responses))
        found = exchange(status, {})
        fields = tuple((name.replace("_", "-"), value) for name, value in given.items())
        assert found.response is not None
        response = replace(found.response, headers=(*found.response.headers, *fields))
        return laws.fields(Answer(replace(found, response=response), schemas))

    return judge


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (INTEGER, "0"),
        (INTEGER, "23"),
        ({"type": "number"}, "1.5"),
        ({"type": "boolean"}, "true"),
        (WORD, "asc"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "42"),
        ({"type": "string", "format": "date-time"}, "2024-01-01T00:00:00Z"),
        ({"type": "array", "items": {"type": "string"}}, "a, b"),
        ({"type": "array", "items": {"type": "integer"}}, "1,2"),
        ({"type": "array", "items": {"type": "integer"}}, "1"),
        ({"type": "object", "properties": {"R": {"type": "integer"}}}, "R=1"),
        ({"type": "no type"}, "x"),
        ({}, "x"),
    ],
)
def test_what_a_schema_allows(judged, schema, value) -> None:
    """As a number, a word, several values; what cannot be judged is not."""
    assert not judged({"schema": schema}, x_a=value)
    assert not judged({"schema": schema, "required": True}, x_a=value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (INTEGER, "-1"),
        (INTEGER, "many"),
        (INTEGER, ""),
        (INTEGER, "1.5"),
        ({"type": "boolean"}, "yes"),
        (WORD, "up"),
        ({"type": "string", "format": "date-time"}, "Mon, 01 Jan 2024 00:00:00 GMT"),
        ({"type": "array", "items": {"type": "integer"}}, "1,b"),
    ],
)
def test_what_it_does_not_allow(judged, schema, value) -> None:
    """It is said what stands there."""
    [found] = judged({"schema": schema}, x_a=value)
    assert (found.actual, found.at) == (repr(value), "header X-A")


def test_a_field_may_hold_json(judged) -> None:
    """Where the document says so."""
    described = {"content": {"application/json": {"schema": {"type": "object", "required": ["n"]}}}}
    assert judged(described, x_a='{"n": 1}') == []
    assert judged(described, x_a="{}")
    assert judged(described, x_a="n")


def test_a_required_field_is_there(judged) -> None:
    """Any other may be left out, and an undeclared one is nobody's to judge."""
    [found] = judged({"required": True})
    assert (found.expected, found.actual) == ("the header field X-A", "it is not there")
    assert judged({"required": True}, x_a="") == []
    assert judged({"schema": INTEGER}) == []
    assert judged({}) is None
    assert judged({"required": True}, status=418) is None


def test_references_are_followed_and_the_media_type_is_not_judged(contract) -> None:
    """OpenAPI has a declared Content-Type ignored."""
    headers = {"Content-Type": {"required": True}, "X-B": {"schema": INTEGER}, "X-C": 5}
    assert [field.name for field in fields_of({"headers": headers}, contract)] == ["X-B"]
    assert fields_of({}, contract) == ()


@given(st.integers(), st.integers(0, 10**6))
def test_integers_within_their_bounds(contract, value, least) -> None:
    """As their schema has them."""
    [field] = fields_of(
        {"headers": {"X-A": {"schema": {"type": "integer", "minimum": least}}}}, contract
    )
    assert field.allows(str(value)) is (value >= least)
