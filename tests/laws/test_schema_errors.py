"""The first errors of a large body."""

from __future__ import annotations

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws.schema_errors import FEW, LONG, first_errors

ROWS = jsonschema_rs.Draft202012Validator(
    {"properties": {"data": {"items": {"type": "integer"}, "maxItems": 100}, "n": {"type": "null"}}}
)


def paths(value, most=5):
    """Where the first errors are."""
    return [tuple(error.instance_path) for error in first_errors(ROWS, value, most)]


@given(st.integers(0, 99), st.integers(1, 100))
def test_an_error_is_found_wherever_it_stands(place, length) -> None:
    """In the first rows or in the last, as the validator by itself finds it."""
    rows: list[object] = [1] * length
    rows[place % length] = "x"
    assert paths({"data": rows}) == [("data", place % length)]


def test_a_long_list_is_told_by_its_first_rows() -> None:
    """Thousands of wrong rows are as many errors as are asked for, the first ones."""
    assert paths({"data": ["x"] * 50_000}, 3) == [("data", 0), ("data", 1), ("data", 2)]
    assert paths({"data": [1] * (FEW + 60)}) == [("data",)]


def test_what_stands_beside_a_list_is_not_lost() -> None:
    """An error of another member is one of the first."""
    assert paths({"data": [1] * 80, "n": 1}) == [("n",)]


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    """An error that holds 50 MB, several times over, takes the machine's memory."""
    (error,) = first_errors(ROWS, {"n": "x" * 1_000_000}, 5)
    assert (list(error.instance_path), len(error.instance)) == (["n"], LONG)
    short = jsonschema_rs.Draft202012Validator({"properties": {"n": {"maxLength": LONG}}})
    assert len(first_errors(short, {"n": "x" * (LONG + 1)}, 5)) == 1
