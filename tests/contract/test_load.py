"""From document and overlay to operations, traits and regions; what cannot be used names file and line."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError, load_contract, load_requirements
from conformance.contract.load import spec_directory

DOCUMENT = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: 'https://one.example.com/'}, {url: 'https://two.example.com'}]
paths:
  /things:
    get:
      operationId: list-things
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: offset, in: query, schema: {type: integer}}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  rows: {type: array, items: {type: object, properties: {key: {type: string}}}}
                  more: {type: boolean}
                  count: {type: integer}
  /things/{key}:
    get:
      responses: {'200': {description: One}}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: Traits, version: '1'}
actions:
  - target: $.paths['/things'].get
    update:
      x-conformance:
        pagination: {limit: limit, offset: offset, items: /rows, has_more: /more, total: /count,
                     default_limit: 10, maximum_limit: 50}
        identity: /key
"""


@pytest.fixture
def load(tmp_path):
    def make(document=DOCUMENT, overlay=OVERLAY):
        (tmp_path / "openapi.yaml").write_text(document)
        (tmp_path / "overlay.yaml").write_text(overlay)
        return load_contract(tmp_path / "openapi.yaml", tmp_path / "overlay.yaml")

    return make


def test_the_bundled_contract() -> None:
    """The published document with its overlay: one list, two regions, the documented error types."""
    contract = load_contract()
    [operation] = contract.operations
    assert operation.traits == ("pagination", "filters", "bearer")
    assert list(contract.regions) == ["global", "india"]
    assert contract.error_types[401] == ("authentication_error",)
    assert contract.published["paths"] != contract.document["paths"]
    assert contract.requirements == load_requirements()


def test_the_published_document_is_untouched() -> None:
    """The parameter that OpenAPI ignores is gone from what is checked, not from what was published."""
    contract = load_contract()
    names = {one["name"] for one in contract.operations[0].parameters}
    assert names == {"agent_id", "limit", "offset"}
    published = contract.published["paths"]["/v1/batch-calls"]["get"]["parameters"]
    assert "Authorization" in {one["name"] for one in published}


def test_another_api(load) -> None:
    """Other names, other pointers, no bearer scheme: everything is read from the two files."""
    contract = load()
    things, thing = contract.operations
    assert things.pagination.items == "/rows"
    assert things.traits == ("pagination",)
    assert (thing.id, thing.plain_path) == ("get-things-key", None)
    assert contract.regions == {"server1": "https://one.example.com", "server2": "https://two.example.com"}


@pytest.mark.parametrize(
    ("document", "overlay", "said"),
    [
        (
            DOCUMENT,
            OVERLAY.replace("/things'", "/thing'"),
            r"overlay\.yaml:4: .*matches nothing in .*openapi\.yaml",
        ),
        (DOCUMENT, OVERLAY.replace("$.paths[", "$.paths[["), r"overlay\.yaml:4: .*is not a JSONPath"),
        (DOCUMENT, OVERLAY.replace("/rows", "/data"), r"pointer /data names no property of the answer"),
        (DOCUMENT, OVERLAY.replace("/key", "/id"), r"pointer /id names no property of a row"),
        (
            DOCUMENT,
            OVERLAY.replace("limit: limit", "limit: size"),
            r"parameter size is not a query parameter",
        ),
        (DOCUMENT, OVERLAY.replace("default_limit: 10,", ""), r"pagination: .*default_limit"),
        (DOCUMENT, "overlay: 2.0.0", r"overlay\.yaml:1: not an OpenAPI Overlay 1\.x"),
        ("swagger: '2.0'", OVERLAY, r"openapi\.yaml:1: not an OpenAPI 3\.x document"),
        ("openapi: 3.1.0\npaths: {}", OVERLAY, r"has no paths"),
        ("openapi: [", OVERLAY, r"openapi\.yaml:\d+: not valid YAML"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(load, document, overlay, said) -> None:
    """What is wrong, in which file, and where it can be told on which line."""
    with pytest.raises(ContractError, match=said):
        load(document, overlay)


def test_a_file_that_is_not_there(tmp_path) -> None:
    """A document that cannot be read is named with the reason."""
    with pytest.raises(ContractError, match=r"none\.yaml: cannot be read"):
        load_contract(tmp_path / "none.yaml")


def test_explanations_name_requirements_that_exist() -> None:
    """Every glob of `follows_from` and `explained_by` matches an id of the catalogue."""
    from fnmatch import fnmatchcase

    found = load_requirements()
    for one in found.values():
        for glob in (*one.follows_from, *one.explained_by):
            assert any(fnmatchcase(name, glob) for name in found), (one.id, glob)
    assert spec_directory().is_dir()
