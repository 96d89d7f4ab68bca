"""Escapes in which a key may stand, undone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.client import key_forms


@given(st.text("\\ux0041nr{} \t", max_size=40))
def test_escapes_are_undone_as_an_expression_would(text: str) -> None:
    """Each from its first backslash on, wherever it stands."""
    for escape in (key_forms._ESCAPED, key_forms._WHITE, key_forms._NUMBERED):
        expected = escape.sub("|", text)
        assert key_forms._behind_backslashes(escape, lambda found: "|", text) == expected


def test_a_number_of_more_digits_than_python_reads_is_no_character() -> None:
    """What stands around it is unescaped all the same."""
    assert key_forms.unescaped(f"a&#{'9' * 5_000};&#98;") == "a;b"


def test_marks_are_put_in_order_in_parts() -> None:
    """That takes quadratic time; letters are what they are in one piece."""
    marks = "e\u0301\u0330" * 100 + "\u0301\u0330" * 100_000 + "\uff46"
    assert (
        key_forms.squeezed(key_forms.unescaped(marks).encode("ascii", "ignore"))
        == b"e" * 100 + b"f"
    )
