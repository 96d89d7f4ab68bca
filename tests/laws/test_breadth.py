"""How many schemas one value is tried against."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws.breadth import MOST, Unjudgeable, breadth
from conformance.laws.validators import compiled

LEAF: dict[str, Any] = {"type": "integer"}


def multiplied(times: int) -> dict[str, Any]:
    """A schema of alternatives that are the one before, twice; so many times."""
    definitions = {"s0": LEAF}
    for number in range(1, times + 1):
        before = {"$ref": f"#/$defs/s{number - 1}"}
        definitions[f"s{number}"] = {"oneOf": [before, {"allOf": [before, {"minimum": number}]}]}
    return {"$ref": f"#/$defs/s{times}", "$defs": definitions}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, 1),
        ({}, 1),
        (LEAF, 1),
        ({"anyOf": [LEAF, LEAF, True]}, 3),
        ({"not": LEAF, "if": LEAF, "then": LEAF}, 4),
        ({"properties": {"a": LEAF, "b": {"oneOf": [LEAF, LEAF]}}}, 3),
        ({"items": {"allOf": [LEAF]}, "prefixItems": [{"oneOf": [LEAF] * 5}]}, 6),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"oneOf": [LEAF, LEAF]}}}, 4),
        ({"$ref": "#"}, 1),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/a"}}}}}, 2),
    ],
)
def test_what_one_value_meets_is_counted(schema: Any, expected: int) -> None:
    """Members are other values; a reference counts with what it leads to."""
    assert breadth(schema) == expected


@given(st.integers(0, 40))
def test_alternatives_within_alternatives_multiply(times: int) -> None:
    """Each step more than doubles what is tried; to count it is no more work than to read it."""
    assert breadth(multiplied(times)) >= 2**times


def test_a_chain_of_references_may_be_long() -> None:
    """Longer than Python's own stack."""
    definitions: dict[str, Any] = {f"s{at}": {"$ref": f"#/$defs/s{at + 1}"} for at in range(5_000)}
    definitions["s5000"] = LEAF
    assert breadth({"$ref": "#/$defs/s0", "$defs": definitions}) == 5_002


def test_what_no_validator_gets_through_is_not_judged() -> None:
    """Nor tried, for it would fill memory; a few thousand alternatives are judged."""
    with pytest.raises(Unjudgeable, match="more than 100,000 alternatives within"):
        compiled(multiplied(26))
    few = multiplied(8)
    assert 100 < breadth(few) < MOST
    assert not compiled(few).is_valid("no integer")
