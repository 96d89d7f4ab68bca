"""References into other files, which become references within the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.contract import ContractError, load_contract
from conformance.contract.files import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.contract import Contract

HEAD = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n"
PET = "{type: object, required: [id], properties: {id: {type: integer}}}\n"


def loaded(folder: Path, paths: str, **files: str) -> Contract:
    """A contract of a document with these paths, beside other files (`_` in a name is a dot)."""
    for name, text in files.items():
        path = folder / name.replace("_", ".").replace("__", "/")
        path.write_text(text)
    (folder / "api.yaml").write_text(HEAD + paths)
    return load_contract(folder / "api.yaml")


def schema_of(contract: Contract) -> object:
    [operation] = contract.operations
    media = operation.responses["200"]["content"]["application/json"]
    return contract.resolve(media["schema"])


ANSWER = "responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'pet.yaml'}}}}}"


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        ("paths: {/pet: {get: {" + ANSWER + "}}}\n", {}),
        ("paths: {/pet: {get: {$ref: 'op.yaml'}}}\n", {"op_yaml": ANSWER}),
        ("paths: {/pet: {$ref: 'item.yaml'}}\n", {"item_yaml": "get: {" + ANSWER + "}"}),
        (
            "paths: {/pet: {get: {responses: {'200': {$ref: 'all.yaml#/answers/ok'}}}}}\n",
            {
                "all_yaml": "answers: {ok: {description: ok, content: {application/json: "
                "{schema: {$ref: '#/pet'}}}}}\npet: {$ref: 'pet.yaml'}\n"
            },
        ),
    ],
    ids=["schema", "operation", "path item", "response, through another file"],
)
def test_any_part_may_stand_in_another_file(
    tmp_path: Path, paths: str, files: dict[str, str]
) -> None:
    """Path items, operations, responses, schemas, and what those refer to in turn."""
    contract = loaded(tmp_path, paths, pet_yaml=PET, **files)
    assert schema_of(contract) == {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer"}},
    }


def test_files_may_refer_to_each_other_in_a_circle(tmp_path: Path) -> None:
    """Each is read once, and a file may lead back into the document."""
    node = (
        "type: object\n"
        "properties: {next: {$ref: 'node.yaml'}, name: {$ref: 'api.yaml#/components/schemas/Name'}}\n"
    )
    paths = (
        "paths: {/n: {get: {responses: {'200': {description: ok, content: {application/json: "
        "{schema: {$ref: 'node.yaml'}}}}}}}}\n"
        "components: {schemas: {Name: {type: string}}}\n"
    )
    contract = loaded(tmp_path, paths, node_yaml=node)
    assert list(contract.document[FILES]) == ["node.yaml"]
    schema = contract.document[FILES]["node.yaml"]
    assert contract.resolve(schema["properties"]["next"]) is schema
    assert contract.resolve(schema["properties"]["name"]) == {"type": "string"}


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("none.yaml", r"api.yaml:\d+: the reference none.yaml: .*none.yaml: cannot be read"),
        ("https://example.com/pet.yaml", r"api.yaml:\d+: .* leads to another host"),
        ("pet.yaml#/nowhere", r"api.yaml:\d+: the reference .* leads nowhere"),
        ("broken.yaml", r"broken.yaml:\d+"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_said_with_its_line(
    tmp_path: Path, reference: str, said: str
) -> None:
    """The file and the line of the reference, and what is wrong with what it names."""
    paths = "paths: {/p: {get: {" + ANSWER.replace("pet.yaml", reference) + "}}}\n"
    with pytest.raises(ContractError, match=said):
        loaded(tmp_path, paths, pet_yaml=PET, broken_yaml="a: [\n")
