"""Operations as the document describes them, references followed, and their traits."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError
from tests.support.contracts import THINGS, TRAITS, loaded


def document(paths: str, more: str = "") -> str:
    return f"openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{more}paths:\n{paths}"


def test_references_are_followed_wherever_they_stand(tmp_path) -> None:
    """Path items, parameters and responses of the document's components."""
    components = """\
components:
  pathItems:
    Pet:
      get:
        parameters: [{$ref: '#/components/parameters/N'}]
        responses: {200: {$ref: '#/components/responses/Ok'}}
  parameters: {N: {name: n, in: query, schema: {type: integer}}}
  responses: {Ok: {description: ok}}
"""
    [pet] = loaded(
        tmp_path, document("  /pet: {$ref: '#/components/pathItems/Pet'}\n", components)
    ).operations
    assert pet.query_names == ("n",)
    assert pet.responses == {"200": {"description": "ok"}}


def test_members_that_are_the_author_s_own_are_skipped(tmp_path) -> None:
    """`x-` stands anywhere: among paths, methods and responses."""
    text = (
        "  x-gateway: true\n  /a: {x-b: [1], get: {responses: {200: {description: ok}, x-c: 7}}}\n"
    )
    [operation] = loaded(tmp_path, document(text)).operations
    assert (operation.path, list(operation.responses)) == ("/a", ["200"])


def test_an_operation_s_parameter_overrides_its_path_s(tmp_path) -> None:
    """By name and place (OpenAPI, Operation Object)."""
    text = """\
  /a:
    parameters: [{name: n, in: query, required: true}, {name: m, in: query}]
    get: {parameters: [{name: n, in: query}, {name: n, in: header}], responses: {}}
"""
    [operation] = loaded(tmp_path, document(text)).operations
    assert [(entry["name"], entry["in"]) for entry in operation.parameters] == [
        ("n", "query"),
        ("m", "query"),
        ("n", "header"),
    ]
    assert "required" not in operation.parameters[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  /a: {$ref: '#/gone'}\n", r"openapi\.yaml:4: the reference #/gone leads nowhere"),
        (
            "  /a:\n    get:\n      parameters: [{name: n}]\n",
            r":6: a parameter of GET /a lacks `name` or `in`",
        ),
        (
            "  /a:\n    get:\n      responses: {200: 7}\n",
            r":6: the response 200 of GET /a is no object",
        ),
        ("  /a:\n    get: 7\n", r":5: GET /a is no Operation Object"),
        ("  /a: 7\n", r":4: /a is no Path Item Object"),
        (
            "  /a: {get: {operationId: x}}\n  /b: {get: {operationId: x}}\n",
            r":5: the operationId x is that of GET /a too",
        ),
        (
            "  /a:\n    get:\n      security: [{nope: []}]\n",
            r":6: the security scheme nope is not defined",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, text, said) -> None:
    """With the line of the document."""
    with pytest.raises(ContractError, match=said):
        loaded(tmp_path, document(text))


IDENTITY = "identity: /key"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "/rows",
            "/data",
            ":7: .*pagination.items: the pointer /data names no property of the answer",
        ),
        ("/key", "/id", ":9: .*identity: the pointer /id names no property of a row"),
        (
            "limit: limit",
            "limit: size",
            ":7: .*pagination.limit: the parameter size is not a query param",
        ),
        (
            "default_limit: 10,",
            "",
            ":7: .*pagination: default_limit is missing; expected a whole number",
        ),
        (
            "limit: 50",
            "limit: ten",
            ":8: .*pagination.maximum_limit: expected a whole number from 1 on",
        ),
        ("limit: 10", "limit: 60", "default_limit: expected at most maximum_limit .50., it is 60"),
        (
            "{limit:",
            "{style: zigzag, limit:",
            "style: expected one of .*limit_offset.*, it is 'zigzag'",
        ),
        ("{limit:", "{ofset: o, limit:", "ofset: no check reads ofset; did you mean offset"),
        (IDENTITY, "identities: /key", ":9: .*no check reads identities; did you mean identity"),
        (IDENTITY, "filters: [n]", ":9: .*filters: expected an object, it is .'n'."),
        (IDENTITY, "filters: {n: /key}", "filters.n: the parameter n is not a query parameter"),
        (IDENTITY, "words: /key", "words: expected a list of texts, it is '/key'"),
        (IDENTITY, "counts: [key]", "counts: expected JSON Pointers such as /status, one is 'key'"),
        (IDENTITY, "samples: [{body: 7}]", "samples.0.body: expected a text, it is 7"),
        (IDENTITY, "samples: {}", "samples: expected a list, it is {}"),
    ],
)
def test_a_trait_that_cannot_be_used_is_one_sentence(tmp_path, old, new, said) -> None:
    """File and line of the very value, whose it is, and what is expected instead."""
    assert old in TRAITS
    with pytest.raises(ContractError, match=said) as caught:
        loaded(tmp_path, THINGS, TRAITS.replace(old, new))
    assert "x-conformance of GET /things: " in str(caught.value)


def test_traits_of_a_document_without_overlay(tmp_path) -> None:
    """The document may state them itself; the place of an error is then its own."""
    own = THINGS.replace(
        "      operationId: list-things",
        "      x-conformance: {identity: /no}\n      operationId: x",
    )
    with pytest.raises(
        ContractError, match=r"openapi\.yaml:7: x-conformance of GET /things: identity"
    ):
        loaded(tmp_path, own)
    [things, _] = loaded(tmp_path, own.replace("/no", "/count")).operations
    assert things.row.identity == "/count"


def test_an_operation_that_cannot_be_asked_says_why(tmp_path) -> None:
    """A value that its path needs, a scheme that cannot be presented."""
    more = """\
components:
  securitySchemes: {k: {type: http, scheme: digest}, b: {type: http, scheme: bearer}}
"""
    text = """\
  /a/{b}: {get: {responses: {}}}
  /k: {get: {security: [{k: []}], responses: {}}}
  /both: {get: {security: [{k: [], b: []}], responses: {}}}
  /either: {get: {security: [{k: []}, {b: []}], responses: {}}}
  /none: {get: {security: [{}, {b: []}], responses: {}}}
"""
    by_path = {
        operation.path: operation for operation in loaded(tmp_path, document(text, more)).operations
    }
    assert by_path["/a/{b}"].obstacle == "the document gives no value for {b}"
    assert by_path["/k"].obstacle == "it needs the security scheme k, which cannot be presented"
    assert by_path["/both"].unsupported == ("b", "k")
    assert (by_path["/either"].obstacle, by_path["/none"].obstacle) == (None, None)
    assert by_path["/either"].security is not None
    assert by_path["/none"].security is None


def test_the_schemas_of_a_parameter_are_read_through_references(tmp_path) -> None:
    """At the root and in what it is composed of, a circle included."""
    schemas = """
components:
  schemas:
    State: {type: string, enum: [open, closed]}
    Round: {anyOf: [{$ref: '#/components/schemas/Round'}, {type: integer}]}
"""
    parameters = """
        - {name: state, in: query, schema: {anyOf: [{$ref: '#/components/schemas/State'}, {type: 'null'}]}}
        - {name: round, in: query, schema: {$ref: '#/components/schemas/Round'}}
        - {name: offset"""
    document = THINGS.replace("\n        - {name: offset", parameters, 1) + schemas
    operation = loaded(tmp_path, document).operations[0]
    words = [part["enum"] for part in operation.query_schemas("state") if "enum" in part]
    assert words == [["open", "closed"]]
    assert {"type": "integer"} in operation.query_schemas("round")
    assert operation.query_schemas("other") == ()


def test_paths_that_differ_in_punctuation_have_names_of_their_own(tmp_path) -> None:
    """Where the document gives none: by a number, which no other operation has as its id."""
    text = """\
  /a: {get: {responses: {}}}
  /a/: {get: {responses: {}}}
  /-a: {get: {responses: {}}}
  /b: {get: {operationId: get-a-2, responses: {}}}
"""
    operations = loaded(tmp_path, document(text)).operations
    assert [one.id for one in operations] == ["get-a", "get-a-3", "get-a-4", "get-a-2"]


def test_methods_beyond_the_usual_ones_are_listed(tmp_path) -> None:
    """Those of OpenAPI 3.2, with the reason why they are not asked."""
    text = "  /a: {query: {responses: {}}, additionalOperations: {LINK: {responses: {}}}}\n"
    operations = loaded(tmp_path, document(text)).operations
    assert [one.method for one in operations] == ["QUERY", "LINK"]
    assert all("are not made" in str(one.obstacle) for one in operations)


def test_json_is_judged_where_the_document_says_what_is_in_it(tmp_path) -> None:
    """Without a schema, or without any answer, there is nothing to hold it against."""
    text = """\
  /a: {get: {responses: {200: {description: ok, content: {application/json: {}}}}}}
  /b: {get: {}}
  /c: {get: {responses: {200: {description: ok, content: {text/html: {}}}}}}
"""
    bare, silent, page = loaded(tmp_path, document(text)).operations
    assert bare.answers_json
    assert set(bare.traits) == {"answers", "content"}
    assert set(silent.traits) == set()
    assert (bare.promises_page, page.promises_page) == (False, True)


@pytest.mark.parametrize("bound", ["maximum: 30", "exclusiveMaximum: 31"])
def test_how_far_pages_go_is_read_from_the_document(bound, tmp_path) -> None:
    """A schema bounds the offset as an overlay would."""
    text = THINGS.replace("name: offset, in: query, schema: {type: integer", "&, " + bound, 1)
    text = text.replace("&, ", "name: offset, in: query, schema: {type: integer, ")
    [listing] = [
        one for one in loaded(tmp_path, text, TRAITS).operations if one.id == "list-things"
    ]
    paging = listing.pagination
    assert paging is not None
    assert paging.parameters[1].maximum == 30


def test_a_size_below_which_no_page_may_be_is_no_size_for_the_laws(tmp_path) -> None:
    """They ask for pages of one row; the sentence says what to leave out."""
    document = THINGS.replace(
        "{name: limit, in: query, schema: {type: integer}}",
        "{name: limit, in: query, schema: {type: integer, minimum: 5}}",
    )
    assert document != THINGS
    with pytest.raises(ContractError, match=r"limit is at least 5, .*: leave limit out"):
        loaded(tmp_path, document, TRAITS)
