"""No value of a cookie is shown, whoever set it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client.cookies import CONCEALED, concealed

TOKENS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.", min_size=9, max_size=30)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Cookie", "a=1; b=22", f"a={CONCEALED}; b={CONCEALED}"),
        ("Set-Cookie", "sid=abc; Path=/; HttpOnly", f"sid={CONCEALED}; Path=/; HttpOnly"),
        ("cookie", "key={key}; c=3", f"key={{key}}; c={CONCEALED}"),
        ("Set-Cookie", "nothing", "nothing"),
        ("Content-Type", "a=b", "a=b"),
    ],
)
def test_names_are_shown_alone(name: str, value: str, expected: str) -> None:
    """A placeholder of a key stands for it anyway."""
    assert concealed(name, value) == expected


@given(st.dictionaries(st.from_regex(r"[A-Z]{1,8}", fullmatch=True), TOKENS, min_size=1))
def test_no_value_is_left(cookies: dict[str, str]) -> None:
    """Of as many as there are."""
    text = concealed("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()))
    assert not [value for value in cookies.values() if value in text and value not in CONCEALED]
    assert all(name in text for name in cookies)
