"""What an overlay states of rows: in which orders they come, and what they belong to."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError, load_contract
from conformance.contract.parts_of_operation import Sort
from conformance.mock.orders import DOCUMENT
from tests.support.contracts import THINGS, TRAITS, loaded

SORTS = "identity: /key\n        sorts:\n          - "
BELOW = "identity: /key\n        parents: "


def test_orders_are_read_with_their_words() -> None:
    """And say themselves; the lines of an order belong to it."""
    orders, *_, lines = load_contract(DOCUMENT).operations
    first, second = orders.sorts[:2]
    assert first == Sort((("sort", "-count"),), "/count", descending=True)
    assert str(first) == "by /count, descending, under sort=-count"
    assert second == Sort((("sort", "id"),), "/id")
    assert str(Sort((), "/id")) == "by /id, ascending, without a query"
    assert lines.parents == {"order_id": "/order_id"}
    told = [{"sorts", "parents"} & set(one.traits) for one in (orders, lines)]
    assert told == [{"sorts"}, {"parents"}]


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        (SORTS + "{query: {nope: x}, by: /key}", "sorts.0.query.nope: the parameter nope is not"),
        (SORTS + "{query: {limit: '1'}, by: /nope}", "the pointer /nope names no property"),
        (SORTS + "{query: {limit: '1'}}", "by is missing"),
        (SORTS + "{query: {limit: 1}, by: /key}", "expected a text, it is 1"),
        (SORTS + "{by: /key, descending: down}", "expected true or false"),
        (SORTS + "{by: /key, desc: true}", "no check reads desc; it reads query, by, descending"),
        (BELOW + "{nope: /key}", "nope is no name in the path /things"),
        (BELOW + "[/key]", "expected an object"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, stated, problem) -> None:
    """With file, line and key."""
    with pytest.raises(ContractError, match=r"overlay\.yaml") as refused:
        loaded(tmp_path, THINGS, TRAITS.replace("identity: /key", stated))
    assert problem in str(refused.value)
