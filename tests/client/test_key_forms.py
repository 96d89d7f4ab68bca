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
