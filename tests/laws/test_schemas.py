"""Schemas compiled from small documents of a test's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.laws.schemas import Schemas
from conformance.laws.validators import validator_of

NUMBER = {"type": "integer"}
ROW = {
    "type": "object",
    "properties": {"id": NUMBER, "tags": {"type": "array", "items": {"type": "string"}}},
}
DOCUMENT = {
    "components": {
        "schemas": {
            "Row": ROW,
            "Rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
        }
    }
}
REFERENCE = {"$ref": "#/components/schemas/Row"}
ROWS = {"$ref": "#/components/schemas/Rows"}


@pytest.fixture
def compiled(contract, operation):
    def made(responses, document=DOCUMENT):
        return Schemas(
            replace(contract, document=document), replace(operation, responses=responses)
        )

    return made


def answers(schema, media="application/json") -> dict:
    return {"content": {media: {"schema": schema}}}


def test_a_status_is_documented_by_itself_by_its_class_or_by_default(compiled) -> None:
    """In this order; a status that nothing describes has no key."""
    schemas = compiled({"404": {}, "4XX": {}, "default": {}})
    assert [schemas.documented(status) for status in (404, 400, 499, 500)] == [
        "404",
        "4XX",
        "4XX",
        "default",
    ]
    assert compiled({"404": {}, "5XX": {}}).documented(400) is None
    assert compiled({"5XX": {}}).documented(599) == "5XX"


def test_an_operation_has_the_paths_that_its_template_allows(contract, operation) -> None:
    """Each name in it stands for one segment that is not empty."""
    schemas = Schemas(contract, replace(operation, path="/v1/{id}/part"))
    assert schemas.has("/v1/12/part")
    assert not any(map(schemas.has, ("/v1//part", "/v1/1/2/part", "/v1/12/parts", "/v1/12")))


@pytest.mark.parametrize(
    "response",
    [
        {},
        {"content": None},
        {"content": {}},
        {"content": {"application/json": {}}},
        answers(ROW, "text/csv"),
    ],
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


def test_a_document_without_components(compiled) -> None:
    """A schema written in place needs none."""
    assert not compiled({"200": answers(NUMBER)}, {}).of("200").validator.is_valid("x")


def test_a_media_type_with_a_parameter_or_a_range_is_described(compiled) -> None:
    """Parameters do not make another type (RFC 9110 8.3.1); a range holds JSON as well."""
    for media in (
        "application/json; charset=utf-8",
        "application/problem+json",
        "application/*",
        "*/*",
    ):
        assert compiled({"200": answers(ROW, media)}).of("200") is not None


def test_objects_within_lists_and_unions_are_closed_and_filled_too(compiled) -> None:
    """However deep; a schema that says itself what else it allows is left as it is."""
    union = {"anyOf": [{"type": "null"}, {"type": "array", "items": ROW}]}
    found = compiled({"200": answers(union)}).of("200")
    assert not found.closed.is_valid([{"id": 1, "more": 1}])
    assert not found.full.is_valid([{"id": 1}])
    assert found.full.is_valid([{"id": 1, "tags": ["a"]}])
    open_one = compiled({"200": answers(ROW | {"additionalProperties": True})}).of("200")
    assert open_one.closed.is_valid({"more": 1})


@pytest.mark.parametrize(
    ("form", "wrong"), [("date-time", "yesterday"), ("uuid", "1"), ("email", "a b")]
)
def test_formats_are_enforced(contract, form, wrong) -> None:
    """JSON Schema itself takes them for remarks."""
    assert not validator_of({"type": "string", "format": form}, contract).is_valid(wrong)


def test_a_schema_that_is_none_describes_nothing(contract, operation) -> None:
    """That it is invalid is said of the document; answers are not held to it."""
    content = {"application/json": {"schema": {"type": "nonsense"}}}
    described = replace(operation, responses={"200": {"content": content}})
    assert Schemas(contract, described).of("200") is None


def test_each_media_type_has_its_own_schema(compiled) -> None:
    """Of JSON, by the type of the answer, the most specific first; the first one for any other."""
    content = {
        "application/ld+json": {"schema": ROW},
        "application/json": {"schema": ROWS},
        "application/*": {"schema": NUMBER},
    }
    schemas = compiled({"200": {"content": content}})

    def schema_of(given: str | None) -> object:
        described = schemas.of_status(200, given)
        assert described is not None
        return described.schema

    assert schema_of("application/json; charset=utf-8") is ROWS
    assert schema_of("application/ld+json") is ROW
    assert schema_of("application/problem+json") is NUMBER
    assert schema_of("text/html") is schema_of(None) is ROW
