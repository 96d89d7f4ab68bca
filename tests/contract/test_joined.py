"""Several documents of one API, joined into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.contract import ContractError, load_contract
from tests.support.contracts import THINGS, TRAITS

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.contract import Contract

PARTS = """\
openapi: '3.1'
info: {title: Parts, version: '1'}
security: [{token: []}]
paths:
  /parts:
    get:
      operationId: list-parts
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}}
  /open:
    get: {operationId: open, security: [], responses: {'200': {description: Open}}}
components:
  schemas: {P: {type: object}}
  securitySchemes: {token: {type: http, scheme: bearer}}
"""


def joined(folder: Path, *documents: str) -> Contract:
    """The contract of these documents, with traits of the first."""
    paths = []
    for index, text in enumerate(documents):
        paths.append(folder / f"{index}.yaml")
        paths[-1].write_text(text)
    (folder / "overlay.yaml").write_text(TRAITS)
    return load_contract(paths, [folder / "overlay.yaml"])


def test_operations_of_all_documents_make_one_contract(tmp_path) -> None:
    """In the order of the documents, each with its own lines, and the servers of the first."""
    contract = joined(tmp_path, THINGS, PARTS)
    assert [one.id for one in contract.operations] == [
        "list-things",
        "get-things-key",
        "list-parts",
        "open",
    ]
    assert [contract.published(one).path.name for one in contract.operations] == [
        "0.yaml",
        "0.yaml",
        "1.yaml",
        "1.yaml",
    ]
    assert [one.line for one in contract.operations[2:]] == [6, 10]
    assert list(contract.regions.values()) == ["https://one.example.com", "https://two.example.com"]
    assert [document.data["info"]["title"] for document in contract.documents] == [
        "Things",
        "Parts",
    ]


def test_security_of_a_document_holds_for_its_own_operations(tmp_path) -> None:
    """For no other's, and not where an operation states its own."""
    security = {
        one.id: one.security is not None for one in joined(tmp_path, THINGS, PARTS).operations
    }
    assert security == {
        "list-things": False,
        "get-things-key": False,
        "list-parts": True,
        "open": False,
    }


def test_references_lead_to_what_the_own_document_has(tmp_path) -> None:
    """Components of both are there."""
    contract = joined(tmp_path, THINGS, PARTS)
    [content] = contract.operations[2].responses["200"]["content"].values()
    assert contract.resolve(content["schema"]) == {"type": "object"}


def test_a_path_may_have_its_methods_in_two_documents(tmp_path) -> None:
    """Reading in one, writing in the other."""
    writing = PARTS.replace("/parts:\n    get:", "/things:\n    post:")
    contract = joined(tmp_path, THINGS, writing)
    methods = [one.method for one in contract.operations if one.path == "/things"]
    assert sorted(methods) == ["GET", "POST"]


def test_what_two_documents_have_alike_is_no_conflict(tmp_path) -> None:
    """They often share a schema of errors."""
    shared = PARTS.replace("  /parts:", "  /other:").replace("list-parts", "others")
    shared = shared.replace(
        "  /open:\n    get: {operationId: open,", "  /o:\n    get: {operationId: o,"
    )
    assert len(joined(tmp_path, THINGS, PARTS, shared).operations) == 6


@pytest.mark.parametrize(
    ("changed", "place", "problem"),
    [
        (PARTS.replace("/parts:", "/things:"), 6, "paths /things get is another one in .*0.yaml:6"),
        (PARTS.replace("'3.1'", "'3.0.3'"), 1, "it is of OpenAPI 3.0, and .*0.yaml of 3.1"),
        ("paths: {}", 1, "not an OpenAPI 3.x document"),
        (
            PARTS.replace("list-parts", "list-things"),
            7,
            "the operationId list-things is that of GET /things",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused_with_its_place(tmp_path, changed, place, problem) -> None:
    """Two operations under one name, other versions, what is no document."""
    with pytest.raises(ContractError, match=rf"1.yaml:{place}: {problem}"):
        joined(tmp_path, THINGS, changed)


def test_two_meanings_of_one_name_are_refused(tmp_path) -> None:
    """A reference would lead to the wrong one."""
    other = (
        PARTS.replace("/parts", "/others")
        .replace("list-parts", "o")
        .replace("P: {type: object}", "P: {}")
    )
    other = other.replace("/open", "/shut").replace("operationId: open", "operationId: shut")
    with pytest.raises(
        ContractError, match=r"2.yaml:12: components schemas P is another one in .*1.yaml:12"
    ):
        joined(tmp_path, THINGS, PARTS, other)
