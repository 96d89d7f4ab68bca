"""Schemas compiled from small documents of a test's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.laws import schemas as laws
from conformance.laws.schemas import Schemas

NUMBER = {"type": "integer"}
ROW = {"type": "object", "properties": {"id": NUMBER, "tags": {"type": "array", "items": {"type": "string"}}}}
DOCUMENT = {
    "components": {
        "schemas": {"Row": ROW, "Rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}}
    }
}
REFERENCE = {"$ref": "#/components/schemas/Row"}
ROWS = {"$ref": "#/components/schemas/Rows"}


@pytest.fixture
def compiled(contract, operation):
    def made(responses, document=DOCUMENT):
        return Schemas(replace(contract, document=document), replace(operation, responses=responses))

    return made


def answers(schema, media="application/json") -> dict:
    return {"content": {media: {"schema": schema}}}


def test_a_status_is_documented_by_itself_by_its_class_or_by_default(compiled) -> None:
    """In this order; a status that nothing describes has no key."""
    schemas = compiled({"404": {}, "4XX": {}, "default": {}})
    assert [schemas.documented(status) for status in (404, 400, 499, 500)] == ["404", "4XX", "4XX", "default"]
    assert compiled({"404": {}, "5XX": {}}).documented(400) is None
    assert compiled({"5XX": {}}).documented(599) == "5XX"


def test_the_paths_of_an_operation_are_its_template_and_its_plain_one(contract, operation) -> None:
    """A template that needs a value has no plain path."""
    assert Schemas(contract, operation).paths == ("/v1/batch-calls", "/v1/batch-calls")
    assert Schemas(contract, replace(operation, path="/v1/{id}")).paths == (None, "/v1/{id}")


@pytest.mark.parametrize(
    "response",
    [{}, {"content": None}, {"content": {}}, {"content": {"application/json": {}}}, answers(ROW, "text/csv")],
)
def test_a_status_that_promises_no_json_is_not_described(compiled, response) -> None:
    """No content, no schema, another type."""
    assert compiled({"200": response}).of("200") is None


def test_a_described_status_has_its_schema_its_types_and_three_tests(compiled) -> None:
    """As documented, with nothing that is not named, with all that is; compiled once."""
    content = {"text/csv": {}, "application/json": {"schema": REFERENCE}}
    schemas = compiled({"200": {"content": content}})
    found = schemas.of("200")
    assert found is not None
    assert (found.schema, found.media) == (REFERENCE, ("text/csv", "application/json"))
    bodies = ({"id": 1}, {"id": 1, "tags": []}, {"id": 1, "tags": [], "more": 1}, {"id": "x"})
    assert [found.validator.is_valid(body) for body in bodies] == [True, True, True, False]
    assert [found.closed.is_valid(body) for body in bodies] == [True, True, False, False]
    assert [found.full.is_valid(body) for body in bodies] == [False, True, True, False]
    assert schemas.of("200") is found


def test_a_response_may_be_a_reference_and_a_document_without_components(compiled) -> None:
    """What a response refers to is looked up; a schema written in place needs no components."""
    document = DOCUMENT | {"responses": {"Fine": answers(REFERENCE)}}
    assert compiled({"200": {"$ref": "#/responses/Fine"}}, document).of("200").validator.is_valid({"id": 1})
    assert not compiled({"200": answers(NUMBER)}, {}).of("200").validator.is_valid("x")


def test_objects_within_lists_and_unions_are_closed_and_filled_too(compiled) -> None:
    """However deep; a schema that says itself what else it allows is left as it is."""
    union = {"anyOf": [{"type": "null"}, {"type": "array", "items": ROW}]}
    found = compiled({"200": answers(union)}).of("200")
    assert not found.closed.is_valid([{"id": 1, "more": 1}])
    assert not found.full.is_valid([{"id": 1}])
    assert found.full.is_valid([{"id": 1, "tags": ["a"]}])
    open_one = compiled({"200": answers(ROW | {"additionalProperties": True})}).of("200")
    assert open_one.closed.is_valid({"more": 1})


def test_a_property_that_is_called_properties_is_no_object_schema() -> None:
    """A list under that name is left alone."""
    assert laws._each_object({"properties": ["a"], "x": [ROW, 3]}, lambda node: "changed") == {
        "properties": ["a"],
        "x": ["changed", 3],
    }


@pytest.mark.parametrize(("form", "wrong"), [("date-time", "yesterday"), ("uuid", "1"), ("email", "a b")])
def test_formats_are_enforced(form, wrong) -> None:
    """JSON Schema itself takes them for remarks."""
    assert not laws.validator({"type": "string", "format": form}).is_valid(wrong)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "string"}, {"type": "string"}),
        ({"type": "string", "nullable": "true"}, {"type": "string"}),
        ({"type": ["string", "null"], "nullable": True}, {"type": ["string", "null"]}),
        ({"nullable": True, "enum": [1]}, {"enum": [1]}),
        (
            {"anyOf": [{"type": "integer", "nullable": True}, 3]},
            {"anyOf": [{"type": ["integer", "null"]}, 3]},
        ),
    ],
)
def test_nullable_is_written_as_a_type(old, new) -> None:
    """As OpenAPI 3.1 has it, wherever it stands; the document itself is not changed."""
    before = repr(old)
    assert laws.modern(old) == new
    assert repr(old) == before


def test_scalars_are_named_with_place_and_schema() -> None:
    """Through references and lists; what no schema describes is left out."""
    body = [{"id": 1, "tags": ["a", "b"]}, {"id": None, "other": 2}, 7]
    assert list(laws.values(body, ROWS, DOCUMENT)) == [
        ("/0/id", 1, NUMBER),
        ("/0/tags/0", "a", {"type": "string"}),
        ("/0/tags/1", "b", {"type": "string"}),
        ("/1/id", None, NUMBER),
        ("/2", 7, ROW),
    ]
    assert list(laws.values({"id": 1}, {"type": "object"}, DOCUMENT)) == []
    assert list(laws.values([1], {"type": "array"}, DOCUMENT)) == []
    assert list(laws.values(1, NUMBER, DOCUMENT)) == [("", 1, NUMBER)]


def test_undocumented_properties_are_named_without_indexes() -> None:
    """Beside, within and behind documented ones; where the schema allows more there are none."""
    inner = {"type": "object", "properties": {"rows": ROWS}}
    body = {"rows": [{"id": 1, "a": 1}, {"b": {"c": 1}}], "more": 1}
    assert list(laws.undocumented(body, inner, DOCUMENT)) == ["/rows/*/a", "/rows/*/b", "/more"]
    assert list(laws.undocumented(body, inner | {"additionalProperties": True}, DOCUMENT)) == [
        "/rows/*/a",
        "/rows/*/b",
    ]
    closed = list(laws.undocumented(body, inner | {"additionalProperties": False}, DOCUMENT))
    assert closed == ["/rows/*/a", "/rows/*/b", "/more"]
    assert list(laws.undocumented([{"a": 1}], {"type": "array"}, DOCUMENT)) == []
    assert list(laws.undocumented({"a": 1}, {"type": "object"}, DOCUMENT)) == []
