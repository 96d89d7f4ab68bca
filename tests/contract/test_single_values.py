"""Single values of query parameters: of a list, and of the members of an object."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.contract.single_values import single_values
from tests.support.contracts import loaded

WORDS = {"type": "string", "enum": ["a", "b"]}
REFERENCE = {"$ref": "#/components/schemas/Words"}


def resolve(node: Any) -> Any:
    return WORDS if node == REFERENCE else node


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        ({"schema": WORDS}, {"p": WORDS}),
        ({}, {"p": None}),
        ({"schema": {"type": "array", "items": WORDS}}, {"p": WORDS}),
        ({"schema": {"type": "array", "items": REFERENCE}}, {"p": WORDS}),
        ({"schema": {"type": "array"}}, {"p": {"type": "array"}}),
        (
            {"style": "deepObject", "schema": {"properties": {"x": REFERENCE}}},
            {"p": {"properties": {"x": REFERENCE}}, "p[x]": WORDS},
        ),
        (
            {"schema": {"properties": {"x": WORDS}}},
            {"p": {"properties": {"x": WORDS}}},
        ),
    ],
)
def test_a_value_has_a_schema(parameter, values) -> None:
    """That of one member, where several may be given."""
    found = single_values([{"name": "p", "in": "query", **parameter}], resolve)
    assert {name: one["schema"] for name, one in found} == values


def test_parameters_elsewhere_are_not_of_the_query() -> None:
    """A list in a path is one value there."""
    assert not list(single_values([{"name": "p", "in": "path", "schema": WORDS}], resolve))


STATE = {"$ref": "#/components/schemas/State"}
STATES = {"name": "states", "in": "query", "schema": {"type": "array", "items": STATE}}
FILTER = {
    "name": "filter",
    "in": "query",
    "style": "deepObject",
    "schema": {"type": "object", "properties": {"state": STATE}},
}
ROWS = {"type": "array", "items": {"properties": {"state": {"type": "string"}}}}
ANSWER = {"description": "ok", "content": {"application/json": {"schema": ROWS}}}
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {"/things": {"get": {"parameters": [STATES, FILTER], "responses": {"200": ANSWER}}}},
    "components": {"schemas": {"State": {"type": "string", "enum": ["open", "shut"]}}},
}
OVERLAY = """\
overlay: 1.0.0
actions:
  - target: $.paths['/things'].get
    update:
      x-conformance:
        pagination: {style: unpaged, items: ""}
        filters: {states: /state, "filter[state]": /state}
"""


def test_a_filter_may_be_a_list_or_a_member(tmp_path) -> None:
    """An overlay names it as a request does; what its value may be is known."""
    [operation] = loaded(tmp_path, json.dumps(DOCUMENT), OVERLAY).operations
    assert set(operation.filters) == {"states", "filter[state]"}
    for name in operation.filters:
        assert operation.value_schema(name)["enum"] == ["open", "shut"]
        assert [part["type"] for part in operation.query_schemas(name)] == ["string"]
