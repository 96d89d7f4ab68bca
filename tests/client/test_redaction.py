"""Redaction: no form and no long piece of a key in any text."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from conformance.client.credentials import Secret
from conformance.client.redaction import LONG, PIECE, STRIDE, Redactor

KEY = "fk_Live_7Qm2XrT9vLb4KcZ8sWd5HnYj0Ae"
REDACT = Redactor([Secret("FORMANT_API_KEY_GLOBAL", KEY)])
SEEN = PIECE + STRIDE - 1


def test_each_form_has_its_stand_in() -> None:
    """The key itself, in other encodings and in other case."""
    secret = Secret("FORMANT_API_KEY_GLOBAL", KEY)
    for form, shown in secret.forms().items():
        assert REDACT(f"<{form}>") == f"<{shown}>"
    assert str(secret) == "$FORMANT_API_KEY_GLOBAL"
    assert KEY not in repr(secret)


@given(st.text(), st.text(), st.integers(0, len(KEY) - SEEN), st.integers(SEEN, len(KEY)))
def test_no_piece_of_a_short_text_is_left(before, after, start, length) -> None:
    """Wherever a piece of the key stands, nothing of its length is left of it."""
    piece = KEY[start : start + length]
    assume(len(before + piece + after) < LONG)
    shown = REDACT(before + piece + after)
    assert all(piece[at : at + SEEN] not in shown for at in range(len(piece) - SEEN + 1))


@given(st.integers(0, 30_000))
def test_no_half_of_a_key_is_left_in_a_long_text(place) -> None:
    """In a page of rows a whole key, or a half of it, is found wherever it stands."""
    text = "row " * 8_000
    for piece in (KEY, KEY[: len(KEY) // 2], KEY[len(KEY) // 2 :], KEY.upper()):
        assert piece not in REDACT(text[:place] + piece + text[place:])


@given(st.text(max_size=200))
def test_a_text_without_a_key_stays_as_it_is(text) -> None:
    """Redaction changes nothing else."""
    assume(
        not any(
            text.casefold().find(KEY[at : at + PIECE].casefold()) >= 0 for at in range(len(KEY))
        )
    )
    assert REDACT(text) == text
    assert REDACT.each([text, "x"]) == [text, "x"]


def test_many_texts_at_once() -> None:
    """One that holds the key is redacted, the others stay."""
    assert REDACT.each(["a", KEY, ""]) == ["a", "$FORMANT_API_KEY_GLOBAL", ""]
