"""What an operation creates, as far as an overlay allows its writes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from conformance.contract import load_contract
from conformance.contract.parts_of_operation import Creation
from conformance.plan import make_plan
from tests.support.orders import DOCUMENT


def operations(tmp_path, change=lambda paths: None) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    change(document["paths"])
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(document))
    return {one.id: one for one in load_contract(path).operations}


def test_a_post_to_a_list_creates_a_row(tmp_path) -> None:
    """With all that is allowed of its item."""
    found = operations(tmp_path)
    assert found["createOrder"].creation == Creation(
        listing="listOrders",
        item="getOrder",
        path="/orders/{id}",
        name="id",
        identity="/id",
        counted=True,
        deleted_by="deleteOrder",
        replaced_by="replaceOrder",
        key="Idempotency-Key",
    )
    assert {name for name, one in found.items() if one.made_by == "createOrder"} == {
        "replaceOrder",
        "deleteOrder",
    }
    wanted = {"creates", "counts", "deletes", "replaces", "creates_once"}
    assert wanted <= set(found["createOrder"].traits)


def forbid(path: str, method: str):
    return lambda paths: paths[path][method]["x-conformance"].pop("writes")


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (forbid("/orders", "post"), {"creates", "counts", "deletes", "replaces", "creates_once"}),
        (forbid("/orders/{id}", "delete"), {"deletes"}),
        (forbid("/orders/{id}", "put"), {"replaces"}),
        (lambda paths: paths["/orders"]["post"]["parameters"].clear(), {"creates_once"}),
        (lambda paths: paths["/orders"].pop("get"), {"creates", "counts"}),
    ],
    ids=["post", "delete", "put", "key", "list"],
)
def test_what_is_not_allowed_is_not_asked(tmp_path, change, lost) -> None:
    """Each by itself."""
    assert not lost & set(operations(tmp_path, change)["createOrder"].traits)


def test_an_overlay_names_the_field_of_the_key(tmp_path) -> None:
    """Where the document has none, or another."""

    def change(paths: dict[str, Any]) -> None:
        paths["/orders"]["post"]["x-conformance"]["idempotency_key"] = "X-Once"

    assert operations(tmp_path, change)["createOrder"].creation.key == "X-Once"


def test_what_is_asked_about_creations_alone_says_so(tmp_path) -> None:
    """With the flag; without it, that the flag is missing."""
    operations(tmp_path)
    contract = load_contract(tmp_path / "orders.json")
    plan = make_plan(contract, frozenset(contract.requirements), ["a"], unsafe=True)
    assert plan.unasked["deleteOrder"] == "only what createOrder creates is replaced and deleted"
    plan = make_plan(contract, frozenset(contract.requirements), ["a"], unsafe=False)
    assert "createOrder" in plan.unasked
    assert "creates is replaced" not in plan.unasked["deleteOrder"]
