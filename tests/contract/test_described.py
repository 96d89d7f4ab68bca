"""What a schema says of the parts of a value."""

from __future__ import annotations

from functools import partial

from conformance.contract.described import admits_null, property_names, scalars, undocumented
from conformance.contract.references import resolve

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}
ROW = {"type": "object", "properties": {"id": NUMBER, "tags": {"type": "array", "items": TEXT}}}
DOCUMENT = {
    "components": {
        "schemas": {
            "Row": ROW,
            "Rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}], "properties": {"a": NUMBER}},
        }
    }
}
ROWS = {"$ref": "#/components/schemas/Rows"}
followed = partial(resolve, DOCUMENT)


def test_scalars_are_named_with_place_and_schema() -> None:
    """Through references and lists; what no schema describes is left out."""
    body = [{"id": 1, "tags": ["a", "b"]}, {"id": None, "other": 2}, 7]
    assert list(scalars(body, [ROWS], followed)) == [
        ("/0/id", 1, [NUMBER]),
        ("/0/tags/0", "a", [TEXT]),
        ("/0/tags/1", "b", [TEXT]),
        ("/1/id", None, [NUMBER]),
        ("/2", 7, [ROW]),
    ]
    assert list(scalars({"id": 1}, [{"type": "object"}], followed)) == []
    assert list(scalars([1], [{"type": "array"}], followed)) == []
    assert list(scalars(1, [NUMBER], followed)) == [("", 1, [NUMBER])]


def test_undocumented_properties_are_named_without_indexes() -> None:
    """Beside, within and behind documented ones; where the schema allows more there are none."""
    inner = {"type": "object", "properties": {"rows": ROWS}}
    body = {"rows": [{"id": 1, "a": 1}, {"b": {"c": 1}}], "more": 1}
    within = ["/rows/*/a", "/rows/*/b"]
    assert list(undocumented(body, [inner], followed)) == [*within, "/more"]
    for allowed in (True, {}, TEXT):
        assert (
            list(undocumented(body, [inner | {"additionalProperties": allowed}], followed))
            == within
        )
    assert list(undocumented(body, [inner | {"additionalProperties": False}], followed)) == [
        *within,
        "/more",
    ]
    assert (
        list(undocumented(body, [inner | {"patternProperties": {"^mo": {}}}], followed)) == within
    )


def test_what_names_no_property_allows_any() -> None:
    """A list of anything, an object of anything."""
    assert list(undocumented([{"a": 1}], [{"type": "array"}], followed)) == []
    assert list(undocumented({"a": 1}, [{"type": "object"}], followed)) == []


def test_a_composition_is_read_whole() -> None:
    """Properties that a part of `allOf`, `oneOf` or `anyOf` names are documented; a part may be
    itself.
    """
    for keyword in ("allOf", "oneOf", "anyOf"):
        schema = {
            keyword: [{"$ref": "#/components/schemas/Row"}],
            "properties": {"hunts": {"type": "boolean"}},
        }
        assert list(undocumented({"id": 1, "hunts": True, "x": 0}, [schema], followed)) == ["/x"]
        assert set(property_names(schema, followed)) == {"id", "tags", "hunts"}
    loop = {"$ref": "#/components/schemas/Loop"}
    assert list(undocumented({"a": 1, "b": 2}, [loop], followed)) == ["/b"]


def test_null_is_admitted_by_type_enumeration_or_nullable() -> None:
    """Whichever of the schemas says so."""
    for schema in (
        {"type": "null"},
        {"type": ["string", "null"]},
        TEXT | {"nullable": True},
        {"enum": [1, None]},
    ):
        assert admits_null([TEXT, {"anyOf": [schema]}], followed)
    assert not admits_null([TEXT, {"enum": [0, False, ""]}], followed)
