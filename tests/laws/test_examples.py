"""Examples of a document against their schemas, and against the laws of paging."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws.examples import refused_examples, unlawful_examples
from tests.support.contracts import THINGS, TRAITS, loaded

NUMBER = {"type": "object", "properties": {"n": {"type": "integer"}}}


def document(content: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    responses = {"200": {"description": "ok", "content": {media: content}}}
    return {"openapi": "3.1.0", "paths": {"/x": {"get": {"responses": responses}}}}


CONTENT = ("paths", "/x", "get", "responses", "200", "content", "application/json")


@given(st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=5))
def test_each_example_that_its_schema_refuses_is_a_flaw(values: list[Any]) -> None:
    """And no other one."""
    examples = {str(index): {"value": {"n": value}} for index, value in enumerate(values)}
    flaws = refused_examples(document({"schema": NUMBER, "examples": examples}))
    refused = {str(index) for index, value in enumerate(values) if isinstance(value, str)}
    assert {flaw.location for flaw in flaws} == {(*CONTENT, "examples", name) for name in refused}


@pytest.mark.parametrize(
    ("schema", "places"),
    [
        ({"type": "integer", "example": "x"}, {("example",)}),
        ({"type": "integer", "examples": [1, "x", "y"]}, {("examples", 1), ("examples", 2)}),
        ({"type": "object", "properties": {"example": {"type": "integer"}}}, set()),
        ({"$ref": "#/nowhere", "example": 1}, set()),
    ],
)
def test_a_schema_has_examples_of_its_own(schema, places) -> None:
    """A property of that name is none."""
    described = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"A": schema}}}
    flaws = refused_examples(described)
    assert {flaw.location[3:] for flaw in flaws} == places


def test_a_property_that_is_only_sent_is_missing_from_no_answer() -> None:
    """The other way around too."""
    schema = {
        "type": "object",
        "required": ["secret", "id"],
        "properties": {"secret": {"writeOnly": True}, "id": {"readOnly": True}},
    }
    assert refused_examples(document({"schema": schema, "example": {"id": 1}})) == []
    assert len(refused_examples(document({"schema": schema, "example": {"secret": 1}}))) == 1
    body = {"content": {"application/json": {"schema": schema, "example": {"secret": 1}}}}
    sent = {"openapi": "3.1.0", "paths": {"/x": {"post": {"requestBody": body}}}}
    assert refused_examples(sent) == []


@pytest.mark.parametrize(
    ("content", "media"),
    [({"example": 1}, "application/json"), ({"schema": NUMBER, "example": "a,b"}, "text/csv")],
)
def test_what_no_schema_describes_is_not_judged(content, media) -> None:
    """Without a schema, or as text whose schema speaks of something else."""
    assert refused_examples(document(content, media)) == []


@pytest.mark.parametrize(
    ("example", "flaws"),
    [("{rows: [{key: a}], more: true, count: 1}", 1), ("{rows: [{key: a}], more: false, count: 1}", 0),
     ("{rows: 7}", 0)],
)  # fmt: skip
def test_a_page_in_the_document_counts_right(tmp_path, example, flaws) -> None:
    """What is no page breaks its schema, which is another flaw."""
    schema = "              schema:\n"
    text = THINGS.replace(schema, f"              example: {example}\n{schema}", 1)
    things = loaded(tmp_path, text, TRAITS)
    found = unlawful_examples(things.document, things.operations[0])
    assert len(found) == flaws
    assert unlawful_examples(things.document, things.operations[1]) == []
