"""Documents against the schema of their OpenAPI version: the place of an error, and its mend."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.laws.validity import invalid

VERSIONS = ("3.0.3", "3.1.0", "3.2.0")


def document(version: str, operation: Any, **more: Any) -> dict[str, Any]:
    """One operation; `more` stands at the root."""
    info = {"title": "t", "version": "1"}
    return {"openapi": version, "info": info, "paths": {"/x": {"get": operation}}, **more}


FINE = {"responses": {"200": {"description": "ok"}}}


@pytest.mark.parametrize("version", [*VERSIONS, "3.9.0"])
def test_a_valid_document_has_no_flaw(version) -> None:
    """Of a version that nobody knows yet the newest schema is asked."""
    assert invalid(document(version, FINE)) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("operation", "more", "place"),
    [
        ({**FINE, "parameters": [{"name": "a", "in": "nowhere", "schema": {}}]}, {},
         ("paths", "/x", "get", "parameters", 0, "in")),
        ({**FINE, "parameters": [{"name": "a", "in": "query", "schema": {"type": "text"}}]}, {},
         ("paths", "/x", "get", "parameters", 0, "schema", "type")),
        (FINE, {"components": {"schemas": {"A": {"properties": {"b": {"required": True}}}}}},
         ("components", "schemas", "A", "properties", "b", "required")),
        ({"responses": {"200": {"description": 7}}}, {},
         ("paths", "/x", "get", "responses", "200", "description")),
    ],
    ids=["place", "type", "required", "description"],
)  # fmt: skip
def test_an_error_is_said_of_the_part_that_has_it(version, operation, more, place) -> None:
    """Not of the object around it, and with a status as the text that it is."""
    [flaw] = invalid(document(version, operation, **more))
    assert flaw.location == place
    assert flaw.grave
    assert flaw.mend == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_missing_gets_a_stand_in_and_what_is_not_allowed_goes(version) -> None:
    """Each as an action of an overlay."""
    wrong = document(version, FINE, pathes={})
    del wrong["info"]["version"]
    written = [action.written for flaw in invalid(wrong) for action in flaw.mend]
    assert [(one["target"], one.get("update"), one.get("remove")) for one in written] == [
        ("$.info", {"version": "0"}, None),
        ("$.pathes", None, True),
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_path_parameter_is_required(version) -> None:
    """That is what the error speaks of, not that its place is no other one."""
    parameter = {"name": "a", "in": "path", "schema": {}}
    flaws = invalid(document(version, {**FINE, "parameters": [parameter]}))
    assert [action.update for flaw in flaws for action in flaw.mend] == [{"required": True}]
