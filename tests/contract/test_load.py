"""From document, overlays and catalogue to a contract; what cannot be used names file and line."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError, load_contract, load_requirements
from conformance.contract.requirements import TRAITS as EVERY_TRAIT
from tests.support.contracts import THINGS, TRAITS, facts, loaded


def test_the_bundled_contract() -> None:
    """The published document and the one of the pages beside it, with their overlays: two lists, two
    regions, what the documentation states.
    """
    contract = load_contract()
    operation = contract.operations[0]
    of_a_post = {"creates", "counts", "deletes", "replaces", "creates_once"}
    other = {"page_count", "links", "cursors", "sorts", "parents", "header_fields", *of_a_post}
    assert set(operation.traits) == {*EVERY_TRAIT} - other
    assert [one.id for one in contract.operations if one.pagination] == [
        "list-batch-calls",
        "list-conversations",
    ]
    assert {one.id: dict(one.feeds) for one in contract.operations if one.feeds} == {
        "get-batch-call": {"batch_id": "list-batch-calls"},
        "get-batch-call-metrics": {"batch_id": "list-batch-calls"},
        "get-conversation": {"conversation_id": "list-conversations"},
        "get-conversation-recording": {"conversation_id": "list-conversations"},
    }
    assert [one.id for one in contract.operations if one.is_lasting] == [
        "create-call",
        "create-batch-call",
    ]
    assert list(contract.regions) == ["global", "india"]
    assert contract.errors is not None
    assert contract.errors.types[401] == ("authentication_error",)
    assert contract.keys.variables("india") == ("FORMANT_API_KEY_INDIA", "FORMANT_API_KEY")
    assert contract.documents[0].data["paths"] != contract.document["paths"]
    assert contract.requirements == load_requirements()


def test_the_published_document_is_untouched() -> None:
    """The parameter that OpenAPI ignores is gone from what is checked, not from what was
    published.
    """
    contract = load_contract()
    assert contract.operations[0].query_names == ("agent_id", "limit", "offset")
    published = contract.documents[0].data["paths"]["/v1/batch-calls"]["get"]["parameters"]
    assert "Authorization" in {parameter["name"] for parameter in published}


def test_another_api_has_nothing_of_the_bundled_one(tmp_path) -> None:
    """Names, pointers and servers are its own; what its overlay does not state is off."""
    contract = loaded(tmp_path, THINGS, TRAITS)
    things, thing = contract.operations
    assert things.pagination is not None
    assert things.pagination.rows_pointer == "/rows"
    paged = (
        "pagination",
        "windows",
        "total",
        "has_more",
        "sizes",
        "integers",
        "page_query",
        "query_order",
        "item",
        "rows",
    )
    assert things.traits == (*paged, "json", "answers", "content")
    assert (thing.id, thing.plain_path) == ("get-things-key", None)
    assert contract.regions == {
        "server1": "https://one.example.com",
        "server2": "https://two.example.com",
    }
    assert (contract.errors, contract.rate_limits, contract.compared_headers) == (None, None, ())
    assert contract.keys.variables("eu-west") == ("CONFORMANCE_KEY_EU_WEST", "CONFORMANCE_KEY")


def test_overlays_apply_in_order(tmp_path) -> None:
    """One may state the traits and the next the facts; a later one overrides."""
    first = facts("{keys: {variable: 'A_{REGION}', shared: A}}")
    second = facts("{keys: {shared: B}, compared_headers: [ETag]}")
    contract = loaded(tmp_path, THINGS, TRAITS, first, second)
    assert contract.operations[0].traits == (
        "pagination",
        "windows",
        "total",
        "has_more",
        "sizes",
        "integers",
        "page_query",
        "query_order",
        "item",
        "rows",
        "json",
        "answers",
        "content",
    )
    assert contract.keys.variables("x") == ("A_X", "B")
    assert contract.compared_headers == ("etag",)
    assert [path.name for path in contract.overlays] == [
        "overlay.yaml",
        "overlay1.yaml",
        "overlay2.yaml",
    ]


@pytest.mark.parametrize("version", ["3.1", "'3.1'", "3.1.0", "3.0"])
def test_a_version_may_be_short_and_unquoted(tmp_path, version) -> None:
    """Tools are handed the whole one."""
    contract = loaded(tmp_path, THINGS.replace("3.1.0", version))
    assert contract.document["openapi"] == ("3.0.0" if version == "3.0" else "3.1.0")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("swagger: '2.0'", r"openapi\.yaml:1: not an OpenAPI 3\.x document"),
        ("[1]", r"openapi\.yaml:1: not an OpenAPI 3\.x document"),
        ("openapi: 3.1.0\npaths: {}", r"openapi\.yaml:2: the document has no paths"),
        ("openapi: [", r"openapi\.yaml:\d+: not valid YAML"),
    ],
)
def test_what_is_no_document_is_one_sentence(tmp_path, document, said) -> None:
    """What is wrong, in which file, on which line."""
    with pytest.raises(ContractError, match=said):
        loaded(tmp_path, document)


def test_a_file_that_is_not_there(tmp_path) -> None:
    """A document that cannot be read is named with the reason."""
    with pytest.raises(ContractError, match=r"none\.yaml: cannot be read"):
        load_contract(tmp_path / "none.yaml")
