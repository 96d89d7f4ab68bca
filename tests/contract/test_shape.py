"""Documents whose parts are of other types than they have to be."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.contract import ContractError, load_contract
from conformance.contract.shape import is_sound
from conformance.laws import document as laws
from conformance.plan import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Row"}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "a", "version": "1"},
    "servers": [{"url": "https://{h}.test", "variables": {"h": {"default": "a"}}}],
    "security": [{"k": []}],
    "components": {
        "securitySchemes": {"k": {"type": "http", "scheme": "bearer"}},
        "schemas": {"Row": ROW},
        "parameters": {"L": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "responses": {"E": {"description": "e", "content": CONTENT}},
    },
    "paths": {
        "/rows": {
            "parameters": [{"$ref": "#/components/parameters/L"}],
            "servers": [{"url": "/x"}],
            "get": {
                "operationId": "list-rows",
                "tags": ["t"],
                "security": [{"k": []}],
                "parameters": [{"name": "f", "in": "query", "content": CONTENT}],
                "responses": {
                    "200": {"description": "x", "content": CONTENT},
                    "401": {"$ref": "#/components/responses/E"},
                },
            },
            "post": {
                "requestBody": {"content": CONTENT},
                "responses": {"201": {"description": "x", "headers": {"Location": {}}}},
            },
        }
    },
}
WRONG: tuple[Any, ...] = (None, 5, "x", [], {}, [5], {"a": 5}, True, [None], [[]])


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each part of a document stands."""
    if at:
        yield at
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, entry in entries if isinstance(node, (dict, list)) else ():
        yield from places(entry, (*at, key))


def with_another(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The document with this in the place of a part."""
    document = copy.deepcopy(DOCUMENT)
    node: Any = document
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return document


@given(place=st.sampled_from(list(places(DOCUMENT))), value=st.sampled_from(WRONG))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_type_anywhere_is_read_or_refused(tmp_path, place, value) -> None:
    """A contract is made and planned with, or one sentence says with file and line why not."""
    document = with_another(place, value)
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    try:
        contract = load_contract(path)
    except ContractError as refusal:
        said = str(refusal)
    else:
        said = f"{path}:1: "
        if contract.operations:
            make_plan(contract, frozenset(contract.requirements), ["main"], unsafe=True)
    assert said.startswith(f"{path}:1: ")


@given(place=st.sampled_from(list(places(DOCUMENT))), value=st.sampled_from(WRONG))
@settings(max_examples=40, deadline=None)
def test_the_laws_of_documents_judge_any_type(place, value) -> None:
    """What is not sound breaks none of them, and is said to be no valid OpenAPI."""
    document = with_another(place, value)
    if "openapi" in place or "paths" in place[-1:]:
        return  # refused before anything is judged
    flaws = laws.valid(document)
    laws.schemes_applied(document)
    laws.nothing_shadowed(document)
    assert flaws or is_sound(document)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("info",), "x", "info: expected an object, it is a text."),
        (("security",), [5], "security/0: expected an object, it is a number."),
        (("components", "securitySchemes", "k"), None, "k: expected an object, it is null."),
        (("paths", "/rows", "parameters"), {}, "parameters: expected an array, it is an object."),
        (("paths", "/rows", "get", "operationId"), 5, "expected a text, it is a number."),
        (("paths", "/rows", "get", "tags"), True, "expected an array, it is a boolean."),
    ],
)
def test_a_part_of_another_type_is_named(tmp_path, place, value, said) -> None:
    """With what it is, and what it has to be."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(with_another(place, value)))
    with pytest.raises(ContractError) as refusal:
        load_contract(path)
    assert str(refusal.value).endswith(said)


def test_what_may_be_missing_may_be_null_and_extensions_anything() -> None:
    """A YAML document has null where nothing is written behind a name."""
    assert is_sound(with_another(("paths", "/rows", "parameters"), None))
    assert is_sound(with_another(("paths", "x-note"), "a text"))


def test_a_reference_to_no_file_is_one_sentence(tmp_path) -> None:
    """NUL stands in no name."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(with_another(("components", "schemas", "Row"), {"$ref": "a\0b"})))
    with pytest.raises(ContractError, match=r"the reference 'a\\x00b' names no file"):
        load_contract(path)


def test_a_server_of_a_host_that_is_none_is_a_region_like_any(tmp_path) -> None:
    """Whoever asks it says that its address is none."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(with_another(("servers",), [{"url": "https://[x]/v1"}])))
    assert load_contract(path).regions == {"server1": "https://[x]/v1"}
