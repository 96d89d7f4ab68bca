"""Kinds of options: the values that each takes, and those that only look like one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.settings.errors import InvalidValue
from conformance.settings.kinds import (
    Choice,
    Duration,
    File,
    Integer,
    Many,
    Number,
    Strictness,
    Switch,
    Text,
)

PORT = Integer(0, 65_535)
PACE = Number(0.1, 10_000, "PER-SECOND", "requests a second")
WORD = Text("a word", "WORD")


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (PORT, "0", 0),
        (PORT, " +7 ", 7),
        (PORT, 65_535, 65_535),
        (PACE, "0.1", 0.1),
        (PACE, "1e3", 1000.0),
        (PACE, 5, 5.0),
        (Duration(), "90", 90.0),
        (Duration(), "1.5m", 90.0),
        (Duration(), 2, 2.0),
        (Strictness(), "strict", "strict"),
        (Strictness(), {"strict": True}, "strict"),
        (Strictness(), {}, "lenient"),
        (Switch(), "YES", True),
        (Switch(), "0", False),
        (Switch(), True, True),
        (Choice(("a", "b")), "b", "b"),
        (WORD, "PAG-*", "PAG-*"),
        (File(), "a b/é.yaml", Path("a b/é.yaml")),
        (Many(PORT), "1, 2,", (1, 2)),
        (Many(PORT), ["1", 2], (1, 2)),
        (Many(WORD), ("a,b",), ("a,b",)),
        (Many(WORD), "", ()),
    ],
)
def test_a_value_is_read(kind: Any, value: Any, read: Any) -> None:
    """From a string or a value of TOML; commas part a text, and no value of a list."""
    assert kind.read(value) == read
    assert type(kind.read(value)) is type(read)


@pytest.mark.parametrize(
    "value", ["", "six", "1_0", "٣", "0x1", "1.0", "-1", "65536", "9" * 50, True, 1.0, None]
)
def test_what_is_no_whole_number_within_bounds(value: Any) -> None:
    """Python would take some of them."""
    with pytest.raises(InvalidValue, match=r"^expected a whole number from 0 to 65,535, not "):
        PORT.read(value)


@pytest.mark.parametrize(
    "value",
    ["", "1_0", "nan", "inf", "1e999", "0.09", "10000.1", ".5", float("nan"), 10**400, False, None],
)
def test_what_is_no_number_within_bounds(value: Any) -> None:
    """Neither NaN nor a number that a float cannot hold slips through."""
    with pytest.raises(
        InvalidValue, match=r"^expected a number of requests a second from 0\.1 to 10,000, not "
    ):
        PACE.read(value)


@pytest.mark.parametrize("value", ["", " ", "a\nb", "a\x00", "a\u202eb", "\ud800", 3, None])
def test_a_text_is_one_printable_line(value: Any) -> None:
    """It stands in messages and reports."""
    with pytest.raises(InvalidValue, match=r"^expected a word, not "):
        WORD.read(value)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("", ""),
        (3, ""),
        ("-", "Standard input and output"),
        ("https://host/a.yaml", "A URL is not read"),
        ("a\x00b", "must be printable UTF-8"),
        ("\udcff", "must be printable UTF-8"),
    ],
)
def test_what_is_no_path(value: Any, hint: str) -> None:
    """Each with what can be done about it."""
    with pytest.raises(InvalidValue, match=r"^expected a file, not ") as error:
        File().read(value)
    assert hint in str(error.value)


def test_a_message_repeats_a_bounded_printable_part() -> None:
    """A value of any length and content leaves one short line."""
    for value in ("x" * 10_000, "\x1b[31m", "\r\n", {"a": 1}, [1] * 1000):
        with pytest.raises(InvalidValue) as error:
            Choice(("a", "b")).read(value)
        assert str(error.value).isprintable()
        assert len(str(error.value)) < 150


@pytest.mark.parametrize("value", ["", "soon", "-1s", "1 m", "1w", "1e3", True, None, float("nan")])
def test_what_is_no_duration(value: Any) -> None:
    """A unit is one letter, right after the number."""
    with pytest.raises(InvalidValue, match=r"^expected "):
        Duration().read(value)
