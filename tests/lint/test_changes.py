"""What a document promised and its successor does not."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.lint.changes import breaking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.contract import Contract

    Change = Callable[[dict[str, Any]], object]

ORDER = {
    "type": "object",
    "required": ["id", "lines"],
    "properties": {
        "id": {"type": "integer"},
        "note": {"type": "string"},
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
    },
}
LINE = {
    "type": "object",
    "required": ["sku"],
    "properties": {"sku": {"type": "string"}, "of": {"$ref": "#/components/schemas/Line"}},
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "orders", "version": "1"},
    "components": {"schemas": {"Order": ORDER, "Line": LINE}},
    "paths": {
        "/orders": {
            "get": {
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "schema": {"type": "integer", "maximum": 100, "default": 20},
                    },
                    {
                        "name": "state",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["open", "closed"]},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Order"}}
                        },
                    },
                    "404": {"description": "none"},
                },
            },
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Order"}}
                    }
                },
                "responses": {"201": {"description": "made"}},
            },
        }
    },
}


def contract(document: dict[str, Any], path: Path) -> Contract:
    path.write_text(json.dumps(document), "utf-8")
    return load_contract([path])


def changed(tmp_path: Path, change: Change) -> list[str]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    old = contract(DOCUMENT, tmp_path / "old.json")
    return breaking(old, contract(document, tmp_path / "new.json"))


def listed(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/orders"]["get"]
    return found


def limit(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = listed(document)["parameters"][0]
    return found


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda d: d["paths"]["/orders"].pop("post"), ["the operation is gone"]),
        (lambda d: listed(d)["parameters"].pop(1), ["parameter state is gone"]),
        (lambda d: limit(d).update(required=True), ["parameter limit is required now"]),
        (
            lambda d: limit(d)["schema"].update(maximum=50),
            ["parameter limit has maximum 50, which was 100"],
        ),
        (
            lambda d: limit(d)["schema"].update(minimum=1),
            ["parameter limit has minimum 1, which was not bounded so"],
        ),
        (
            lambda d: limit(d)["schema"].update(default=10),
            ["parameter limit has the default 10, which was 20"],
        ),
        (
            lambda d: limit(d)["schema"].update(type="string"),
            ["parameter limit may not be integer any more"],
        ),
        (
            lambda d: listed(d)["parameters"][1]["schema"].update(enum=["open"]),
            ["parameter state may not be closed any more"],
        ),
        (
            lambda d: listed(d)["parameters"].append(
                {"name": "tenant", "in": "query", "required": True, "schema": {"type": "string"}}
            ),
            ["parameter tenant is new and required"],
        ),
        (lambda d: listed(d)["responses"].pop("404"), ["status 404 is gone"]),
        (
            lambda d: d["components"]["schemas"]["Line"].update(
                properties={"sku": {"type": ["string", "null"]}}
            ),
            ["answer 200/lines/*/sku may be null now", "answer 200/lines/*/of is gone"],
        ),
        (
            lambda d: d["components"]["schemas"]["Order"]["properties"].pop("note"),
            ["answer 200/note is gone"],
        ),
        (
            lambda d: d["components"]["schemas"]["Order"].update(required=["id"]),
            ["answer 200/lines may be left out now"],
        ),
        (
            lambda d: d["components"]["schemas"]["Order"].update(required=["id", "lines", "note"]),
            ["body/note is required now"],
        ),
        (
            lambda d: d["paths"]["/orders"]["post"]["requestBody"].update(required=True),
            ["a body is required now"],
        ),
    ],
)
def test_what_breaks_clients_is_said(tmp_path: Path, change: Change, sentences: list[str]) -> None:
    """With the operation, and the place in what is sent or answered."""
    found = [sentence.partition(": ")[2] for sentence in changed(tmp_path, change)]
    assert list(dict.fromkeys(found)) == sentences


@pytest.mark.parametrize(
    "change",
    [
        lambda d: limit(d)["schema"].update(maximum=500),
        lambda d: listed(d)["parameters"].append(
            {"name": "page", "in": "query", "schema": {"type": "integer"}}
        ),
        lambda d: listed(d)["responses"].update({"409": {"description": "busy"}}),
        lambda d: d["paths"].update(
            {"/more": {"get": {"responses": {"200": {"description": ""}}}}}
        ),
        lambda d: listed(d)["parameters"][1]["schema"]["enum"].append("sent"),
        lambda d: d["components"]["schemas"]["Order"]["properties"].update(
            {"more": {"type": "string"}}
        ),
    ],
)
def test_what_is_offered_in_addition_breaks_nobody(tmp_path: Path, change: Change) -> None:
    """Wider bounds, further parameters, statuses, operations, words and properties."""
    assert changed(tmp_path, change) == []


BOUNDS = st.one_of(st.none(), st.integers(-5, 5))


@given(BOUNDS, BOUNDS, st.sampled_from(["minimum", "maximum"]))
def test_a_bound_breaks_whom_it_refuses(
    tmp_path_factory: pytest.TempPathFactory, before: int | None, after: int | None, keyword: str
) -> None:
    """A value that was within the bounds is not any more; as often as it is asked."""
    old, new = copy.deepcopy(DOCUMENT), copy.deepcopy(DOCUMENT)
    for document, bound in ((old, before), (new, after)):
        schema = limit(document)["schema"]
        schema.pop("maximum")
        schema.pop("default")
        if bound is not None:
            schema[keyword] = bound
    path = tmp_path_factory.getbasetemp() / "document.json"
    contracts = [contract(document, path) for document in (old, new)]

    def allows(bound: int | None, value: int) -> bool:
        return bound is None or (value >= bound if keyword == "minimum" else value <= bound)

    refused = [
        value for value in range(-9, 10) if allows(before, value) and not allows(after, value)
    ]
    assert bool(breaking(*contracts)) is bool(refused)
    assert breaking(contracts[0], contracts[0]) == []
