"""The item of a list that does not stand below it: what answers with the schema of a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conformance.contract import load_contract
from conformance.inference import suggestions
from tests.support.inference import INTEGER, STRING, objects

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = {"$ref": "#/components/schemas/Project"}
QUERY = [{"name": name, "in": "query", "schema": INTEGER} for name in ("limit", "offset")]


def answering(schema: Any, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """A path whose GET answers with a schema."""
    content = {"application/json": {"schema": schema}}
    answer = {"description": "ok", "content": content}
    return {"get": {"parameters": parameters, "responses": {"200": answer}}}


def traits(folder: Path, **items: Any) -> dict[str, Any]:
    """What is suggested for a list at /projects/search, beside GETs at these paths below /."""
    listing = answering(objects(values={"type": "array", "items": REFERENCE}), QUERY)
    row = objects(id=STRING, key=STRING, name=STRING)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {"/projects/search": listing, **{f"/{path}": at for path, at in items.items()}},
        "components": {"schemas": {"Project": row}},
    }
    file = folder / "openapi.json"
    file.write_text(json.dumps(document))
    found = suggestions(load_contract(file))
    return {one.name: one.value for one in found[0].suggested}


@pytest.mark.parametrize(
    ("path", "schema", "item"),
    [
        ("projects/{projectIdOrKey}", REFERENCE, "/projects/{projectIdOrKey}"),
        ("project/{key}", REFERENCE, "/project/{key}"),
        ("project/{key}", objects(id=STRING), None),
        ("project/{number}", REFERENCE, None),
        ("teams/{team}/projects/{key}", REFERENCE, None),
        ("projects/{key}/lead", REFERENCE, None),
    ],
)
def test_what_answers_with_a_row_is_its_item(tmp_path, path, schema, item) -> None:
    """Where one property of a row is known to stand in its path, and nothing else has to."""
    names = [name[1:-1] for name in path.split("/") if name.startswith("{")]
    parameters = [{"name": one, "in": "path", "required": True, "schema": STRING} for one in names]
    assert traits(tmp_path, **{path: answering(schema, parameters)}).get("item") == item


def test_of_two_that_answer_with_a_row_none_is_known(tmp_path) -> None:
    """Either may need more than a row has."""
    key = [{"name": "key", "in": "path", "required": True, "schema": STRING}]
    items = {f"{kind}/{{key}}": answering(REFERENCE, key) for kind in ("project", "archived")}
    assert "item" not in traits(tmp_path, **items)
