"""Which wrong keys an operation is asked with, where each has few of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.wrong_keys import CERTAIN, TURN, in_turn, others_than_the_key
from conformance.client.credentials import Secret
from conformance.contract.security.bearer import Bearer

ENTRIES = st.lists(st.integers(), unique=True, max_size=40)


@given(ENTRIES, st.integers(0, 60))
def test_each_place_has_all_entries_and_the_first_ones_first(entries, place) -> None:
    """In another order alone; the first place has them as they are."""
    turned = in_turn(entries, place)
    assert sorted(turned) == sorted(entries)
    assert turned[:CERTAIN] == entries[:CERTAIN]
    assert in_turn(entries, 0) == entries


@given(ENTRIES)
def test_every_entry_has_its_turn(entries) -> None:
    """After as many places as the others take."""
    places = range(-(-len(entries) // TURN))
    seen = {one for place in places for one in in_turn(entries, place)[: CERTAIN + TURN]}
    assert seen == set(entries)


def test_what_comes_to_the_right_key_is_no_wrong_one() -> None:
    """A key without letters has no other case, one without separators is the same without them."""
    names = [
        entry.name
        for entry in others_than_the_key(Bearer(), Bearer().wrong_keys, Secret("KEY", "0123456789"))
    ]
    assert "a token that is in another case" not in names
    assert "a token that is without its separators" not in names
    assert "a token that is truncated" in names
