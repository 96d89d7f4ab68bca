"""Schemas of OpenAPI as JSON Schema 2020-12."""

from __future__ import annotations

import jsonschema_rs
import pytest

from conformance.contract.dialect import each_schema, for_answers

OLD, NEW = {"openapi": "3.0.3"}, {"openapi": "3.1.0"}


def accepts(schema, value, document=OLD) -> bool:
    return jsonschema_rs.Draft202012Validator(for_answers(schema, document)).is_valid(value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"], "nullable": True}),
        ({"type": "string", "nullable": False}, {"type": "string", "nullable": False}),
        ({"type": "string", "nullable": "true"}, {"type": "string", "nullable": "true"}),
        ({"nullable": True, "enum": [1]}, {"nullable": True, "enum": [1]}),
        ({"minimum": 0, "exclusiveMinimum": True}, {"exclusiveMinimum": 0}),
        ({"maximum": 9, "exclusiveMaximum": False}, {"maximum": 9}),
        ({"exclusiveMinimum": 3}, {"exclusiveMinimum": 3}),
    ],
    ids=str,
)
def test_what_openapi_3_0_writes_its_own_way(old, new) -> None:
    """`nullable` beside a type, exclusive bounds as booleans; the document itself is not
    changed.
    """
    before = repr(old)
    assert for_answers(old, OLD) == new
    assert repr(old) == before


def test_a_property_named_like_a_keyword_is_a_property() -> None:
    """Names under `properties` are the author's; `nullable` there is no keyword."""
    schema = {
        "type": "object",
        "properties": {"nullable": {"type": "boolean"}, "enum": {"type": "string"}},
    }
    assert for_answers(schema, OLD) == schema
    assert not accepts(schema, {"nullable": "yes"})


def test_data_within_a_schema_is_not_converted() -> None:
    """A default or an enumerated value may look like a schema."""
    schema = {
        "enum": [{"type": "string", "nullable": True}],
        "default": {"minimum": 1, "exclusiveMinimum": True},
    }
    assert for_answers(schema, OLD) == schema


def test_what_stands_beside_a_reference_counts_in_3_1_only() -> None:
    """OpenAPI 3.0: a Reference Object has no other members."""
    components = {"components": {"schemas": {"Short": {"type": "string", "maxLength": 3}}}}
    schema = {"$ref": "#/components/schemas/Short", "minLength": 2}
    assert accepts(schema, "a", OLD | components)
    assert not accepts(schema, "a", NEW | components)
    assert not accepts(schema, "abcd", NEW | components)


def test_a_schema_may_contain_itself() -> None:
    """A tree is described once and checked at every depth."""
    node = {
        "type": "object",
        "properties": {"kids": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}},
    }
    document = OLD | {"components": {"schemas": {"Node": node}}}
    reference = {"$ref": "#/components/schemas/Node"}
    assert accepts(reference, {"kids": [{"kids": []}]}, document)
    assert not accepts(reference, {"kids": [{"kids": [7]}]}, document)


def test_references_lead_anywhere_in_the_document() -> None:
    """Also into paths, and by percent-encoded names (RFC 6901 6)."""
    document = OLD | {"paths": {"/a b": {"x": {"type": "integer"}}}}
    assert not accepts({"$ref": "#/paths/~1a%20b/x"}, "7", document)


def test_a_property_that_is_only_sent_is_not_required_of_an_answer() -> None:
    """`writeOnly`, beside the type or in the schema that is referred to."""
    secret = {"type": "string", "writeOnly": True}
    document = OLD | {"components": {"schemas": {"Secret": secret}}}
    for password in (secret, {"$ref": "#/components/schemas/Secret"}):
        schema = {
            "type": "object",
            "required": ["name", "password"],
            "properties": {"name": {"type": "string"}, "password": password},
        }
        assert accepts(schema, {"name": "a"}, document)
        assert not accepts(schema, {"password": "b"}, document)


def test_every_schema_within_a_schema_is_changed_once() -> None:
    """Under names, in lists and by itself; what is no schema stays."""
    schema = {
        "properties": {"a": {"items": {}}},
        "allOf": [{}, True],
        "not": {},
        "required": ["a"],
        "default": {"b": {}},
    }
    marked = each_schema(schema, lambda node: {**node, "seen": node.get("seen", 0) + 1})
    assert marked == {
        "properties": {"a": {"items": {"seen": 1}, "seen": 1}},
        "allOf": [{"seen": 1}, True],
        "not": {"seen": 1},
        "required": ["a"],
        "default": {"b": {}},
        "seen": 1,
    }


def test_what_makes_a_schema_invalid_and_changes_nothing_is_left_out() -> None:
    """As published documents have it: a name required twice, a flag of an earlier draft."""
    node = {"type": "object", "required": ["a", "b", "a"], "$recursiveAnchor": True}
    assert for_answers(node, {"openapi": "3.1.0"}) == {"type": "object", "required": ["a", "b"]}
