"""The laws of the document itself, on small documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.security.bearer import Bearer
from conformance.laws import document as laws
from conformance.laws.finding import Finding
from tests.support.contracts import THINGS, TRAITS, loaded

PAGE = {"rows": [{"key": "a"}], "more": False, "count": 1}


@pytest.fixture
def things(tmp_path):
    return loaded(tmp_path, THINGS, TRAITS)


def operations(*described, **more):
    """A published document with a GET for each of the entries."""
    paths = {f"/{index}": {"get": entry} for index, entry in enumerate(described)}
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths} | more


def test_the_published_document_lacks_what_its_overlay_says(contract) -> None:
    """The bundled one: a scheme applied, nothing that shadows it, four statuses, a right
    example.
    """
    published = contract.documents[0].data
    operation = contract.operations[0]
    assert [one.expected for one in laws.schemes_applied(published)] == [
        "the security scheme bearerAuth applied"
    ]
    [shadow] = laws.nothing_shadowed(published)
    assert shadow.actual == "GET /v1/batch-calls has one, which OpenAPI ignores"
    [missing] = laws.statuses_listed(published, operation)
    assert missing.actual == "GET /v1/batch-calls lacks 400, 404, 429, 500"
    [finding] = laws.lawful_example(operation) or []
    assert finding.expected.startswith("has_more false")


def test_a_valid_document_has_no_finding() -> None:
    """By the version that it names."""
    fine = operations({"responses": {"200": {"description": "ok"}}})
    assert laws.valid(fine) == []
    assert laws.valid(fine | {"openapi": "3.0.3"}) == []
    assert laws.valid(fine | {"paths": {**fine["paths"], "x-own": True}}) == []


def test_an_invalid_document_is_said_with_what_is_wrong() -> None:
    """An operation of 3.0 needs responses; a member that is not OpenAPI's is none."""
    [flaw] = laws.valid(operations({}) | {"openapi": "3.0.3"})
    assert flaw.expected == "a valid OpenAPI 3.0 document"
    assert "responses" in flaw.actual
    assert laws.valid(operations({}, pathes={}))


def test_an_example_is_what_its_schema_allows(things) -> None:
    """Each error is one finding; without example or schema there is nothing to compare."""
    listed = things.operations[0]
    wrong = replace(listed, example=PAGE | {"count": "1", "more": None})
    expected = "an example of list-things that its schema allows"
    assert {one.expected for one in laws.valid_example(wrong, things)} == {expected}
    assert len(laws.valid_example(wrong, things)) == 2
    assert laws.valid_example(replace(listed, example=PAGE), things) == []
    assert laws.valid_example(listed, things) == []
    assert laws.valid_example(replace(listed, example=PAGE, responses={}), things) == []


@pytest.mark.parametrize(
    ("example", "actual"),
    [
        (PAGE | {"more": True}, "has_more true"),
        (PAGE | {"count": 2, "more": True}, "1 rows"),
        ({"rows": []}, "it has not the properties of one"),
    ],
)
def test_an_example_of_a_page_counts_right(things, example, actual) -> None:
    """It is read as the first page of the documented default."""
    [finding] = laws.lawful_example(replace(things.operations[0], example=example)) or []
    assert finding.actual == actual


def test_what_is_no_example_of_a_page_is_not_judged(things) -> None:
    """None published, or an operation without pages."""
    listed, single = things.operations
    assert laws.lawful_example(listed) is None
    assert laws.lawful_example(replace(single, example=PAGE)) is None
    assert laws.lawful_example(replace(listed, example=PAGE)) == []


def test_a_scheme_is_applied_by_the_document_or_by_an_operation() -> None:
    """In any alternative; what is required and not defined is another matter."""
    schemes: dict[str, Any] = {"components": {"securitySchemes": {"a": {}, "b": {}, "c": {}}}}
    published = operations({"security": [{}, {"b": [], "z": []}]}, **schemes, security=[{"a": []}])
    [flaw] = laws.schemes_applied(published)
    assert flaw.finding == Finding("the security scheme c applied", "no operation requires it")
    assert flaw.location == ("components", "securitySchemes", "c")
    assert [action.written.get("remove") for action in flaw.mend] == [True]
    assert laws.schemes_applied(operations({})) == []


def test_a_scheme_is_applied_to_everything_where_nothing_is_secured() -> None:
    """That it is defined says that it is meant."""
    [flaw] = laws.schemes_applied(operations({}, components={"securitySchemes": {"a": {}}}))
    assert [action.update for action in flaw.mend] == [{"security": [{"a": []}]}]


def test_only_a_header_parameter_shadows_a_scheme() -> None:
    """Whatever its case, and also by reference; a query parameter of that name is one."""
    shadow = {"name": "authorization", "in": "header"}
    parameters = [{"$ref": "#/components/parameters/A"}, shadow | {"in": "query"}]
    published = operations({"parameters": parameters}, components={"parameters": {"A": shadow}})
    assert [one.actual for one in laws.nothing_shadowed(published)] == [
        "GET /0 has one, which OpenAPI ignores"
    ]


def test_statuses_of_an_operation_that_an_overlay_added(things) -> None:
    """The published document lists none of them."""
    added = replace(things.operations[0], path="/added")
    [finding] = laws.statuses_listed(things.documents[0].data, added)
    assert finding.actual == "GET /added lacks 200"
    assert laws.statuses_listed(things.documents[0].data, things.operations[0]) == []


def test_an_operation_that_cannot_be_asked_is_not_covered(things) -> None:
    """The reason is the finding."""
    listed = things.operations[0]
    assert laws.covered(listed) == []
    single = replace(things.operations[1], feeds={})
    wanted = Finding("get-things-key covered", "the document gives no value for {key}")
    assert laws.covered(single) == [wanted]


def test_an_operation_that_requires_a_key_lists_how_it_refuses_one(things) -> None:
    """401, 403, the range or the default; where no key is required none is missing."""
    plain = things.operations[0]
    secured = replace(plain, security=Bearer())
    [finding] = laws.refusal_listed(secured)
    assert finding.actual == "GET /things requires a key and lists neither"
    assert laws.refusal_listed(plain) == []
    for status in ("401", "403", "4XX", "default"):
        assert laws.refusal_listed(replace(secured, responses={status: {}})) == []
