"""Strict JSON: bounds that no body may make a reader pass."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client.parsing import (
    FEW,
    MOST_DIGITS,
    MOST_LEVELS,
    decoded_size,
    json_values,
    strict_json,
)


@pytest.mark.parametrize("digits", [MOST_DIGITS + 1, 4_299, 4_301, 2_000_000])
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_integer_of_more_digits_than_a_double_holds_is_a_problem(digits: int, sign: str) -> None:
    """With how many there are, and before the digits are read."""
    parsed = strict_json(f'{{"total": {sign}{"9" * digits}}}'.encode())
    assert parsed.value is None
    assert parsed.problem == f"an integer of {digits:,} digits, which no double holds (RFC 8259 6)"


@pytest.mark.parametrize("text", ["9" * MOST_DIGITS, "-" + "9" * MOST_DIGITS, "0", "-7"])
def test_shorter_integers_are_read(text: str) -> None:
    """As they are."""
    assert strict_json(text.encode()).value == int(text)


def test_digits_within_a_text_are_no_number() -> None:
    """A long text of digits may stand beside numbers."""
    digits = "7" * 5_000
    assert strict_json(json.dumps({"text": digits, "n": 5}).encode()).value == {
        "text": digits,
        "n": 5,
    }


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_what_json_writes_is_read_as_it_was(value: object) -> None:
    """Every value of JSON but fractions."""
    assert strict_json(json.dumps(value).encode()).value == value


@given(st.lists(st.dictionaries(st.text(), st.integers() | st.text() | st.none())))
def test_values_are_counted_without_parsing(rows) -> None:
    """Each value of a page of rows counts about one, and a body that is no JSON holds none."""
    count = sum(1 + len(row) for row in rows)
    body = json.dumps(rows).encode()
    assert count <= json_values(body) <= 2 * count + 1 + body.count(b",") + body.count(b"{")
    assert json_values(b"x" + body) == 0


def test_commas_in_a_long_text_are_no_values() -> None:
    """A text of a megabyte is one value, whatever stands in it."""
    text = 'a, "quoted" [b], ' * FEW
    assert json_values(json.dumps([text]).encode()) == 1


def test_half_of_a_pair_in_a_key_becomes_text() -> None:
    """What judges a value cannot read such a key; a whole pair stays what it is."""
    assert strict_json(rb'{"\udfff": 1}').value == {"\\udfff": 1}
    assert strict_json(rb'{"\ud83d\ude00": 1}').value == {"\N{GRINNING FACE}": 1}


def test_values_are_counted_up_to_a_bound() -> None:
    """Commas of texts are none; beyond the bound nobody counts on, however long the body is."""
    body = b"[" + b'",,\\",",' * 20_000 + b"1]"
    assert json_values(body) == 20_001
    assert json_values(body, 12_000) == 12_001
    assert json_values(b" " * 1000 + b"{}") == 1
    assert json_values(b"plain, text") == 0


@pytest.mark.parametrize(
    ("opens", "closes"), [("[", "]"), ('{"a":', "}"), ('[1,{"a":[],"b":', "}]")]
)
def test_a_value_deeper_than_functions_can_follow_is_a_problem(opens: str, closes: str) -> None:
    """Parsed or not: a judge that calls itself for each level would run out of its stack."""
    for levels in (MOST_LEVELS, 600, 100_000):
        parsed = strict_json((opens * levels + "[]" + closes * levels).encode())
        assert parsed.value is None
        assert parsed.problem
    assert "nested over 128 levels deep" in (
        strict_json(("[" * 129 + "]" * 129).encode()).problem or ""
    )


def test_a_wide_value_is_read() -> None:
    """Many brackets are no depth."""
    value = [[{"a": {"b": [n]}}] for n in range(MOST_LEVELS)]
    assert strict_json(json.dumps(value).encode()).value == value
    deepest = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert strict_json(deepest.encode()).problem is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_size_of_a_text_is_what_it_takes_at_most(text: str) -> None:
    """One wide character makes all of them wide."""
    width = 1 if text.isascii() else 4 if max(text) > "\uffff" else 2
    assert decoded_size(text.encode()) == width * len(text)
