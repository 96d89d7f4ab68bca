"""What each request of an operation must carry."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.inputs import InputReader

READER = InputReader(lambda node: node)
FORM = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}


def parameter(name: str, place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string"}} | more


def test_required_parameters_have_values_in_their_places() -> None:
    """Path, query, header and cookie; what is optional is left out."""
    inputs = READER.read(
        "/pets/{id}",
        [
            parameter("id", "path", example=7),
            parameter("q", example="rex"),
            parameter("X-Tenant", "header", schema={"enum": ["a"]}),
            parameter("session", "cookie"),
            parameter("page", required=False),
        ],
        {},
        {},
    )
    assert inputs.path == {"id": "7"}
    assert inputs.query == (("q", "rex"),)
    assert inputs.headers == (("X-Tenant", "a"),)
    assert inputs.cookies == (("session", "value"),)
    assert inputs.missing == ()


def test_a_path_names_a_resource_so_no_value_is_made_up_for_it() -> None:
    """Not even where the schema would allow one, nor where the parameter is not described."""
    described = [parameter("id", "path", schema={"type": "integer"})]
    inputs = READER.read("/pets/{id}/{part}", described, {}, {})
    assert inputs.missing == ("{id}", "{part}")


def test_the_overlay_counts_first_and_may_add_what_is_optional() -> None:
    """It knows the account."""
    parameters = [parameter("id", "path", example=7), parameter("page", required=False)]
    inputs = READER.read("/pets/{id}", parameters, {}, {"id": 9, "page": 2})
    assert (inputs.path, inputs.query) == ({"id": "9"}, (("page", "2"),))


def test_what_has_no_value_is_named_with_its_place() -> None:
    """There is no text that has the pattern."""
    inputs = READER.read("/p", [parameter("code", schema={"pattern": "^[A-Z]$(?!)"})], {}, {})
    assert inputs.missing == ("code (query)",)


def test_headers_that_the_document_describes_elsewhere_are_ignored() -> None:
    """Accept, Content-Type, Authorization (OpenAPI, Parameter Object)."""
    named = [parameter(name, "header") for name in ("Accept", "content-type", "Authorization")]
    assert READER.read("/p", named, {}, {}).headers == ()


def test_a_required_body_is_json() -> None:
    """Its example, or one that the schema allows; one of another type has no value."""
    content = {"application/json": {"schema": {"type": "object"}, "example": {"name": "x"}}}
    body = {"requestBody": {"required": True, "content": content}}
    assert READER.read("/p", [], body, {}).body == '{"name": "x"}'
    other = {"requestBody": {"required": True, "content": {"text/csv": {}}}}
    assert READER.read("/p", [], other, {}).missing == ("its body",)
    assert READER.read("/p", [], {"requestBody": {"content": content}}, {}).body is None


def test_parameters_are_written_in_their_style() -> None:
    """Each where it belongs, its value as OpenAPI writes it."""
    parameters = [
        {"name": "id", "in": "path", "style": "matrix", "example": 7},
        {"name": "ids", "in": "query", "required": True, "example": [1, 2]},
        {"name": "at", "in": "query", "required": True, "style": "deepObject", "example": {"x": 1}},
        {"name": "X-Ids", "in": "header", "required": True, "example": [1, 2]},
        {
            "name": "q",
            "in": "query",
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": {"a": 1}}},
        },
    ]
    inputs = READER.read("/p/{id}", parameters, {}, {})
    assert inputs.query == (("ids", "1"), ("ids", "2"), ("at[x]", "1"), ("q", '{"a":1}'))
    assert (inputs.leading, inputs.headers) == ({"id": ";id="}, (("X-Ids", "1,2"),))
    assert inputs.assumed == ("id",)


def test_a_query_that_is_written_behind_the_path_is_sent() -> None:
    """Before the parameters that the operation requires."""
    inputs = READER.read("/p?beta=true", [parameter("q", example="rex")], {}, {})
    assert inputs.query == (("beta", "true"), ("q", "rex"))


@pytest.mark.parametrize(
    ("described", "guessed"),
    [
        ({"schema": {"type": "string"}}, ("q (query)",)),
        ({"schema": {"type": "integer", "minimum": 1}}, ("q (query)",)),
        ({"content": {"application/json": {"schema": {"type": "object"}}}}, ("q (query)",)),
        ({"schema": {"type": "integer", "minimum": 1, "maximum": 9}}, ()),
        ({"schema": {"type": "boolean"}}, ()),
        ({"schema": {"enum": ["a"]}}, ()),
        ({"example": "a"}, ()),
    ],
)
def test_a_value_that_only_an_open_schema_gives_is_a_guess(described, guessed) -> None:
    """What is stated, and what is one of a few, is none."""
    entry = {"name": "q", "in": "query", "required": True, **described}
    assert READER.read("/p", [entry], {}, {}).guessed == guessed
    assert READER.read("/p", [entry], {}, {"q": "b"}).guessed == ()


@pytest.mark.parametrize(
    ("content", "body", "media", "guessed"),
    [
        (
            {"application/vnd.api+json": {"example": {"a": 1}}},
            '{"a": 1}',
            "application/vnd.api+json",
            (),
        ),
        (
            {"application/x-www-form-urlencoded": {"schema": FORM}},
            "a=value",
            "application/x-www-form-urlencoded",
            ("its body",),
        ),
    ],
)
def test_a_body_is_in_a_media_type_of_the_document(content, body, media, guessed) -> None:
    """And is a guess where no example says what is right."""
    inputs = READER.read("/p", [], {"requestBody": {"required": True, "content": content}}, {})
    assert (inputs.body, inputs.media, inputs.guessed) == (body, media, guessed)


def test_a_body_that_cannot_be_written_is_missing() -> None:
    """XML is written by nobody here."""
    content = {"application/xml": {"schema": {"type": "object"}}}
    inputs = READER.read("/p", [], {"requestBody": {"required": True, "content": content}}, {})
    assert (inputs.body, inputs.missing) == (None, ("its body",))


@pytest.mark.parametrize(
    ("media", "fields"),
    [
        (("application/xml", "application/hal+json"), (("Accept", "application/hal+json"),)),
        (("application/json",), ()),
        (("application/json", "*/*"), ()),
        (("application/xml", "text/csv"), ()),
    ],
)
def test_json_is_asked_for_where_there_is_a_choice(media, fields) -> None:
    """An answer in XML would be right too, and could not be judged."""
    content: dict[str, Any] = {name: {} for name in media}
    described = {"responses": {"200": {"content": content}}}
    assert READER.read("/p", [], described, {}).headers == fields
