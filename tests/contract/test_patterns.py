"""Regular expressions of a document."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.described import undocumented
from conformance.contract.patterns import is_found


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^x-", "x-rate", True),
        ("b", "abc", True),
        ("^b", "abc", False),
        (r"^\p{L}+$", "Zürich", True),
        (r"^\p{L}+$", "7", False),
        ("^(a+)+$", "a" * 60 + "!", False),
        ("[", "[", False),
    ],
)
def test_an_expression_is_found_as_json_schema_means_it(pattern, text, expected) -> None:
    """Anywhere in a text, by the rules of ECMA-262, and at once."""
    assert is_found(pattern, text) is expected


def test_what_is_no_expression_says_nothing() -> None:
    """What stands for that is the caller's to say."""
    assert is_found("[", "a", unknown=True)


@given(st.text("abc", min_size=1, max_size=3), st.text("abc", max_size=6))
def test_letters_are_found_where_they_stand(pattern: str, text: str) -> None:
    """As Python finds them: what both read alike."""
    assert is_found(pattern, text) is bool(re.search(pattern, text))


@pytest.mark.parametrize("pattern", [r"^\p{L}+$", "["])
def test_a_property_of_a_pattern_is_documented(pattern) -> None:
    """Also of one that Python does not read: the checks broke on it."""
    schema: dict[str, object] = {"properties": {"id": {}}, "patternProperties": {pattern: {}}}
    assert list(undocumented({"größe": 1}, [schema], lambda node: node)) == []
