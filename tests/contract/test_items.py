"""Which operation fetches a row of a list."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError
from conformance.contract.items import is_named_by
from conformance.contract.parts_of_operation import Item
from tests.support.contracts import THINGS, TRAITS, loaded


def with_item(value: str) -> str:
    """The overlay with an item."""
    return TRAITS.replace("identity: /key", f"identity: /key\n        item: {value}")


def test_the_path_below_the_list_is_its_items(tmp_path) -> None:
    """Where the rows have an identity."""
    listed, one = loaded(tmp_path, THINGS, TRAITS).operations
    assert listed.item == Item("/things/{key}", "key")
    assert one.item is None
    without = TRAITS.replace("        identity: /key\n", "")
    assert loaded(tmp_path, THINGS, without).operations[0].item is None


@pytest.mark.parametrize(
    "path", ["/things/{key}/parts", "/things/all", "/thing/{key}", "/things-{key}"]
)
def test_other_paths_are_not(tmp_path, path) -> None:
    """A part of an item, a word in its place, another list's."""
    document = THINGS.replace("  /things/{key}:", f"  {path}:")
    assert loaded(tmp_path, document, TRAITS).operations[0].item is None


def test_an_overlay_may_name_the_path_or_none(tmp_path) -> None:
    """Any path that answers a GET, with one name that the list has not."""
    document = THINGS.replace("  /things/{key}:", "  /thing/{number}:")
    listed = loaded(tmp_path, document, with_item("'/thing/{number}'")).operations[0]
    assert listed.item == Item("/thing/{number}", "number", stated=True)
    assert loaded(tmp_path, THINGS, with_item("none")).operations[0].item is None


@pytest.mark.parametrize(
    ("item", "problem"),
    [("/nowhere", "expected the path of a GET"), ("/things", "expected one name in /things")],
)
def test_a_path_that_fetches_nothing_is_refused(tmp_path, item, problem) -> None:
    """With the line of the overlay."""
    with pytest.raises(ContractError, match=f"overlay.yaml:10: .*{problem}"):
        loaded(tmp_path, THINGS, with_item(item))


@pytest.mark.parametrize(
    ("item", "identity", "is_named"),
    [
        (Item("/batches/{batch_id}", "batch_id"), "/id", True),
        (Item("/accounts/{account-id}", "account-id"), "/accountId", True),
        (Item("/people/{id}", "id"), "/name", False),
        (Item("/people/{id}", "id", stated=True), "/name", True),
        (Item("/books/{book}", "book"), "/name", False),
    ],
)
def test_whether_names_say_what_stands_in_a_path(item, identity, is_named) -> None:
    """Else nothing but the paths does, unless an overlay states it."""
    assert is_named_by(item, identity) is is_named
