"""Values for what a request must carry: stated first, else made by the schema."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.values import (
    NONE,
    filled_path,
    made,
    missing_names,
    path_names,
    path_pattern,
    stated,
    written_query,
)


def same(node: Any) -> Any:
    """Resolve nothing."""
    return node


@pytest.mark.parametrize(
    ("described", "value"),
    [
        ({"example": 7, "schema": {"default": 1}}, 7),
        ({"examples": {"a": {"value": "x"}, "b": {"value": "y"}}}, "x"),
        ({"schema": {"example": 3}}, 3),
        ({"schema": {"examples": [4, 5]}}, 4),
        ({"schema": {"const": "only"}}, "only"),
        ({"schema": {"default": 0}}, 0),
        ({"schema": {"enum": ["b", "a"]}}, "b"),
        ({"schema": {"type": "array", "items": {"enum": [2]}}}, [2]),
        ({"example": None}, None),
        ({"schema": {"type": "integer"}}, NONE),
        ({}, NONE),
    ],
)
def test_stated_values(described: dict[str, Any], value: Any) -> None:
    """By example, examples, and what the schema states; a false value is a value."""
    assert stated(described, same) is value or stated(described, same) == value


SCHEMAS: list[dict[str, Any]] = [
    {"type": "integer"},
    {"type": "integer", "minimum": 10, "maximum": 12},
    {"type": "integer", "maximum": -5},
    {"type": "integer", "multipleOf": 10, "minimum": 15},
    {"type": "number", "exclusiveMinimum": 2},
    {"type": "boolean"},
    {"type": "string"},
    {"type": "string", "minLength": 9, "maxLength": 10},
    {"type": "string", "maxLength": 2},
    {"type": "string", "format": "uuid"},
    {"type": "string", "format": "date-time"},
    {"type": ["null", "integer"]},
    {"type": "array", "minItems": 2, "items": {"type": "string"}},
    {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
    {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
    {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
            {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}},
        ]
    },
    {"oneOf": [{"type": "string", "pattern": "^x"}, {"type": "integer"}]},
    {"anyOf": [{"type": "boolean"}]},
    {"type": "string", "pattern": "^[A-Z]{3}$"},
    {"type": "string", "pattern": r"^\d+-\d+$", "minLength": 6, "maxLength": 8},
    {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=str)
def test_what_is_made_is_valid(schema: dict[str, Any]) -> None:
    """By a validator that shares no code with it."""
    value = made(schema, same)
    assert value is not NONE
    assert jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)


@pytest.mark.parametrize("schema", [{"type": "string", "pattern": "^[A-Z]$(?!)"}, {}, {"not": {}}])
def test_what_cannot_be_made_is_no_value(schema: dict[str, Any]) -> None:
    """A guess would be invalid."""
    assert made(schema, same) is NONE


def test_properties_of_answers_alone_are_left_out() -> None:
    """A request does not carry what is readOnly."""
    schema = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "integer", "readOnly": True}, "name": {"type": "string"}},
    }
    assert made(schema, same) == {"name": "value"}


def test_a_schema_that_contains_itself_ends() -> None:
    """In no value, rather than in no end."""
    schema: dict[str, Any] = {"type": "object", "required": ["next"]}
    schema["properties"] = {"next": schema}
    assert made(schema, same) is NONE


@given(st.integers(-(10**6), 10**6), st.integers(0, 10**6))
def test_integers_keep_their_bounds(low: int, span: int) -> None:
    """Wherever they are."""
    value = made({"type": "integer", "minimum": low, "maximum": low + span}, same)
    assert low <= value <= low + span


def test_paths_are_filled_and_encoded() -> None:
    """Each name with its value; None where one has none, or an empty one."""
    assert filled_path("/a/{x}/b/{y}", {"x": "1/2", "y": "é"}) == "/a/1%2F2/b/%C3%A9"
    assert filled_path("/a", {}) == "/a"
    assert filled_path("/a/{x}", {}) is None
    assert filled_path("/a/{x}", {"x": ""}) is None
    assert missing_names("/a/{x}/{y}", ["y"]) == ["x"]


def test_texts_of_a_path_are_encoded_too() -> None:
    """What a target cannot carry, once; commas part the members of a value."""
    assert filled_path("/größe/a%20b/{x}:run", {"x": "1,2"}) == "/gr%C3%B6%C3%9Fe/a%20b/1,2:run"
    assert path_pattern("/größe/{x}").fullmatch("/gr%C3%B6%C3%9Fe/7")


def test_a_fragment_is_not_sent() -> None:
    """It tells operations of one path apart."""
    assert filled_path("/a/{x}#copy", {"x": "7"}) == "/a/7"
    assert path_pattern("/a/{x}#copy").fullmatch("/a/7")


def test_a_query_behind_a_path_is_no_part_of_it() -> None:
    """Its pairs are sent as any query, but for those that need a value."""
    assert filled_path("/a/{x}?beta=true", {"x": "7"}) == "/a/7"
    assert path_pattern("/a/{x}?beta=true").fullmatch("/a/7")
    asked = written_query("/a/{x}?beta=true&y={y}&z={z}&w#copy", {"x": "7", "z": "1 2"})
    assert asked == [("beta", "true"), ("z", "1 2"), ("w", "")]
    assert path_names("/a/{x}?y={y}") == ["x"]


def test_a_style_leads_its_value() -> None:
    """In a path, by name."""
    assert filled_path("/a/{x}", {"x": "7"}, {"x": ";x="}) == "/a/;x=7"


def test_numbers_between_whole_ones() -> None:
    """The lowest one that is allowed, where 1 is not near."""
    assert made({"type": "number", "minimum": 0.5, "maximum": 0.75}, same) == 0.5


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "minItems": 10**9, "items": {"type": "integer"}},
        {"type": "string", "minLength": 10**9},
        {"type": "string", "minLength": 10**9, "pattern": "^a+$"},
        {"type": "number", "minimum": 10**400, "multipleOf": 0.5},
        {"type": "integer", "minimum": "a"},
    ],
)
def test_no_value_is_made_that_fills_memory(schema: dict[str, Any]) -> None:
    assert made(schema, same) is NONE


def test_arrays_within_arrays_do_not_multiply() -> None:
    schema: dict[str, Any] = {"type": "integer"}
    for _ in range(5):
        schema = {"type": "array", "minItems": 1000, "items": schema}
    assert made(schema, same) is NONE


def test_objects_within_objects_do_not_multiply() -> None:
    schema: dict[str, Any] = {"type": "string", "minLength": 1000}
    for _ in range(6):
        properties = {f"p{number}": schema for number in range(12)}
        schema = {"type": "object", "properties": properties, "required": list(properties)}
    assert made(schema, same) is NONE


def test_a_bound_that_is_none_does_not_count() -> None:
    assert made({"type": "array", "minItems": True, "items": {"type": "integer"}}, same) == []
    assert made({"type": "string", "minLength": "7", "maxLength": None}, same) == "value"
    assert made({"type": "array", "minItems": 2.0, "items": {"type": "integer"}}, same) == [1, 1]
