"""The names of a document: references, operation ids, path parameters, security schemes."""

from __future__ import annotations

from typing import Any

from conformance.laws import naming

PARAMETER = {"name": "id", "in": "path", "required": True, "schema": {}}


def document(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": paths, **more}


def actions(flaws: list[Any]) -> list[dict[str, Any]]:
    return [action.written for flaw in flaws for action in flaw.mend]


def test_a_reference_that_leads_nowhere_is_one_flaw_with_its_place() -> None:
    """A schema is defined as any value; what a parameter might be nobody knows. Words of examples
    refer to nothing, and a fragment without a slash is an anchor.
    """
    nowhere = {"$ref": "#/components/schemas/A~1B"}
    parameters = [{"$ref": "#/components/parameters/P"}, {"schema": {"$ref": "#anchor"}}]
    operation = {"parameters": parameters, "x": nowhere, "example": {"$ref": "#/none"}}
    flaws = naming.dangling(document({"/a": {"get": operation}}))
    assert {flaw.location[3:] for flaw in flaws} == {("x",), ("parameters", 0)}
    [action] = actions(flaws)
    assert list(action["update"]["components"]["schemas"]) == ["A/B"]
    assert naming.dangling(document({}, components={"schemas": {"A": {"$ref": "#/paths"}}})) == []


def test_an_operation_id_is_the_operation_s_own() -> None:
    """The second one is renamed; one operation at two paths, by reference, is the same one."""
    one = {"get": {"operationId": "x"}}
    assert naming.duplicate_ids(document({"/a": one, "/b": {"$ref": "#/paths/~1a"}})) == []
    [flaw] = naming.duplicate_ids(document({"/a": one, "/b": one, "/c": {"get": {}}}))
    assert flaw.location == ("paths", "/b", "get", "operationId")
    assert flaw.actual == "GET /b is called x as GET /a is"
    assert actions([flaw])[0]["update"] != {"operationId": "x"}


def test_names_in_a_path_are_parameters() -> None:
    """Of the item, of the operation, or by reference."""
    shared = {"parameters": [{"$ref": "#/components/parameters/id"}], "get": {}}
    components = {"parameters": {"id": PARAMETER}}
    paths = {"/a/{id}": shared, "/b/{id}": {"get": {"parameters": [PARAMETER]}}, "x-own": 1}
    assert naming.undeclared_placeholders(document(paths, components=components)) == []
    [missing] = naming.undeclared_placeholders(document({"/c/{id}": {"get": {}}}))
    assert missing.location == ("paths", "/c/{id}", "get")
    assert actions([missing])[0]["update"]["parameters"][0]["name"] == "id"


def test_a_path_parameter_is_a_name_in_the_path() -> None:
    """One that is not is taken out, by its name or its reference, wherever it stands in the list."""
    reference = {"$ref": "#/components/parameters/id"}
    described = document(
        {"/a": {"parameters": [PARAMETER], "get": {"parameters": [reference]}}},
        components={"parameters": {"id": PARAMETER}},
    )
    flaws = naming.undeclared_placeholders(described)
    assert [action["target"] for action in actions(flaws)] == [
        "$.paths['/a'].parameters[?@.name == 'id' && @.in == 'path']",
        "$.paths['/a'].get.parameters[?@['$ref'] == '#/components/parameters/id']",
    ]


def test_a_scheme_that_is_named_is_defined() -> None:
    """For the whole document and for an operation; an empty alternative names none."""
    paths: dict[str, Any] = {"/a": {"get": {"security": [{}, {"key": []}, {"gone": []}]}}}
    schemes: dict[str, Any] = {"securitySchemes": {"key": {}}}
    flaws = naming.undefined_schemes(document(paths, components=schemes, security=[{"lost": []}]))
    assert [flaw.location for flaw in flaws] == [
        ("security", 0),
        ("paths", "/a", "get", "security", 2),
    ]
    assert actions(flaws) == []
