"""Path items and operations that are references, as overlays reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.contract import ContractError, load_contract

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
PET = "{responses: {'200': {description: ok}}}"
OVERLAY = """overlay: 1.0.0
info: {title: t, version: '1'}
actions:
  - target: "%s"
    update: {x-conformance: {writes: never}}
"""


@pytest.mark.parametrize(
    ("paths", "target"),
    [
        ("paths: {/pet: {$ref: 'item.yaml'}}\n", "$.paths['/pet'].get"),
        ("paths: {/pet: {$ref: 'item.yaml', summary: s}}\n", "$.paths['/pet'].get"),
        ("paths: {/pet: {get: {$ref: 'item.yaml#/get'}}}\n", "$.paths['/pet'].get"),
        (
            "paths: {/pet: {$ref: '#/components/pathItems/pet'}}\n"
            "components: {pathItems: {pet: {get: " + PET + "}}}\n",
            "$.paths['/pet'].get",
        ),
        (
            "paths: {/pet: {$ref: '#/components/pathItems/pet'}}\n"
            "components: {pathItems: {pet: {$ref: 'item.yaml'}}}\n",
            "$.paths['/pet'].get",
        ),
        (
            "paths: {/pet: {$ref: '#/components/pathItems/pet'}}\n"
            "components: {pathItems: {pet: {get: " + PET + "}}}\n",
            "$.components.pathItems.pet.get",
        ),
    ],
    ids=["file", "with a summary", "operation", "component", "chain", "by the component's name"],
)
def test_an_overlay_reaches_an_operation_behind_a_reference(
    tmp_path: Path, paths: str, target: str
) -> None:
    """By its path, as `init` writes it, or by the place that the reference names."""
    (tmp_path / "item.yaml").write_text(f"get: {PET}\n")
    (tmp_path / "api.yaml").write_text(HEAD + paths)
    (tmp_path / "overlay.yaml").write_text(OVERLAY % target)

    contract = load_contract(tmp_path / "api.yaml", [tmp_path / "overlay.yaml"])

    assert [(one.path, one.writes) for one in contract.operations] == [("/pet", "never")]


def test_an_error_behind_a_reference_names_the_file_that_has_it(tmp_path: Path) -> None:
    """Not the line of the reference."""
    (tmp_path / "item.yaml").write_text("summary: s\nget:\n  parameters: [{in: query}]\n")
    (tmp_path / "api.yaml").write_text(HEAD + "paths: {/pet: {$ref: 'item.yaml'}}\n")

    with pytest.raises(ContractError, match=r"item\.yaml:3"):
        load_contract(tmp_path / "api.yaml")
