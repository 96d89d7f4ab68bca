"""Text from servers, made safe to show."""

from __future__ import annotations

import pytest

from conformance.verdict.text import counted, cut, joined, visible, visible_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain — ünïcode 💥", "plain — ünïcode 💥"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u202eevil", "\\u202eevil"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    """A terminal neither obeys nor hides what a server sent."""
    assert visible(text) == shown


def test_lines_are_kept_apart() -> None:
    """Any line ending ends a line, and other controls are still spelled out."""
    assert visible_lines("a\r\nb\rc\nd\x07") == ["a", "b", "c", "d\\x07"]


def test_long_text_is_cut_visibly() -> None:
    """An ellipsis says that something is missing."""
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"


def test_counts_and_lists_read_as_english() -> None:
    """One page, two pages; three names and how many more."""
    assert (counted(1, "page"), counted(1200, "page")) == ("1 page", "1,200 pages")
    assert joined(["a", "b", "c", "d"]) == "a, b, c and 1 more"
