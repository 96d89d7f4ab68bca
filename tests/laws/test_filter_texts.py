"""The values that rows are filtered by, as a query writes them."""

from __future__ import annotations

import pytest

from conformance.laws import filters as laws
from conformance.laws.filter_texts import are_flags, flag_of, value_of
from conformance.laws.pages import Page
from tests.support.lists import exchange


def test_a_boolean_is_written_as_a_word() -> None:
    """Whatever else a row has stays as it is."""
    row = {"flag": True, "other": False, "number": 1, "none": None}
    assert [value_of(row, f"/{name}") for name in row] == ["true", "false", 1, None]


@pytest.mark.parametrize(
    ("text", "flag"), [("True", "true"), (" 0", "false"), ("off", "false"), ("2", None), ("", None)]
)
def test_what_lenient_parsers_take_for_a_boolean(text, flag) -> None:
    """In any case, with spaces around it."""
    assert flag_of(text) == flag


def test_only_booleans_are_flags() -> None:
    """Numbers are none, nor is nothing."""
    assert are_flags({"true"})
    assert not are_flags({"true", "1"})
    assert not are_flags(set())


@pytest.mark.parametrize(
    ("flags", "value", "fine"),
    [
        ([True, True], "1", True),
        ([False], "0", True),
        ([True], "0", False),
        ([True, False], "1", False),
        ([False], "null", False),
    ],
)
def test_a_filter_by_a_boolean_never_widens(flags, value, fine) -> None:
    """What a lenient parser takes a text for is what was asked for."""
    rows = tuple({"flag": flag} for flag in flags)
    page = Page(0, 20, rows, tuple(range(len(rows))), False, len(rows))
    assert (laws.narrow(page, exchange(200), "/flag", value) == []) is fine


def test_a_row_of_the_other_boolean_is_a_failure() -> None:
    """As for any other value."""
    page = Page(0, 20, ({"flag": True}, {"flag": False}), (1, 2), False, 2)
    [finding] = laws.only([page], "/flag", "true")
    assert finding.actual == "a row with 'false'"
