"""Redaction: no form and no long piece of a key in any text."""

from __future__ import annotations

import base64
import gzip
import html
import json
import struct
import zlib
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from conformance.client.credentials import Secret
from conformance.client.redaction import PART, PIECE, Redactor

KEY = "fk_Live_7Qm2XrT9vLb4KcZ8sWd5HnYj0Ae"
SECRET = Secret("FORMANT_API_KEY_GLOBAL", KEY)
REDACT = Redactor([SECRET])
LETTERS = "".join(letter for letter in KEY if letter.isalnum())
RAW = KEY.encode()

FORMS = {
    "plain": KEY,
    "upper case": KEY.upper(),
    "swapped case": KEY.swapcase(),
    "no separators": KEY.replace("_", ""),
    "other separators": KEY.replace("_", "-"),
    "reversed": KEY[::-1],
    "spaced": " ".join(KEY),
    "a letter a line": "\n".join(KEY),
    "UTF-16": RAW.decode().encode("utf-16-le").decode("latin-1"),
    "hex": RAW.hex(),
    "hex in upper case": RAW.hex().upper(),
    "hex with colons": RAW.hex(":"),
    "hex escapes": "".join(f"\\x{octet:02x}" for octet in RAW),
    "u escapes": "".join(f"\\u{octet:04x}" for octet in RAW),
    "percent": "".join(f"%{octet:02X}" for octet in RAW),
    "percent twice": "".join(f"%25{octet:02X}" for octet in RAW),
    "percent of some": "".join(f"%{ord(c):02x}" if c.isupper() else c for c in KEY),
    "u escapes of some": "".join(f"\\u{ord(c):04x}" if c.isdigit() else c for c in KEY),
    "entities": "".join(f"&#{octet};" for octet in RAW),
    "hex entities": "".join(f"&#x{octet:x};" for octet in RAW),
    "entities of some": "".join(f"&#{ord(c)};" if c.islower() else c for c in KEY),
    "decimal": ", ".join(str(octet) for octet in RAW),
    "base64": base64.b64encode(RAW).decode(),
    "base64 behind one": base64.b64encode(b":" + RAW).decode(),
    "base64 behind two": base64.b64encode(b"::" + RAW).decode(),
    "base64 of a header": base64.b64encode(b"Authorization: Bearer " + RAW + b" x").decode(),
    "base64 for URLs": base64.urlsafe_b64encode(RAW).decode().rstrip("="),
    "base64 of base64": base64.b64encode(base64.b64encode(b"key=" + RAW)).decode(),
    "base64 of base64 of base64": base64.b64encode(
        base64.b64encode(base64.b64encode(RAW))
    ).decode(),
    "base32": base64.b32encode(RAW).decode(),
    "base32 behind three": base64.b32encode(b"abc" + RAW).decode(),
    "first half": KEY[: len(KEY) // 2],
    "second half": KEY[len(KEY) // 2 :],
    "twelve letters": KEY[9:21],
}


# What is found once it is decoded, and may stand in several words: the text goes as a whole.
WORDS = struct.unpack(f"<{len(RAW) // 2}H", RAW[: len(RAW) // 2 * 2])
DECODED = {
    "a text in JSON": json.dumps(dict(enumerate(KEY))),
    "an array of octets in JSON": json.dumps(dict(enumerate(RAW))),
    "the same in JSON in JSON": json.dumps(json.dumps(dict(enumerate(RAW)))),
    "a letter an element": "".join(f"<c>{letter}</c>" for letter in KEY),
    "a letter in each colour": "\x1b[1m".join(KEY),
    "calls of SQL": "||".join(f"CHR({octet})" for octet in RAW),
    "floats": json.dumps([float(octet) for octet in RAW]),
    "octal, as od prints it": " ".join(f"{octet:03o}" for octet in RAW),
    "octal, as C writes it": " ".join(f"0{octet:o}" for octet in RAW),
    "three digits each": "".join(f"{octet:03d}" for octet in RAW),
    "words, as hexdump prints them": " ".join(f"{word:04x}" for word in WORDS),
    "escapes without their backslash": "".join(f"u{octet:04x}" for octet in RAW),
    "names of XML": "".join(f"_x{octet:04X}_" for octet in RAW),
    "numbers of ABNF": "".join(f"%x{octet:02X}" for octet in RAW),
    "numbers of BASIC": " ".join(f"&H{octet:02X}" for octet in RAW),
    "base64 of hex": base64.b64encode(RAW.hex().encode()).decode(),
    "hex of base64": base64.b64encode(RAW).hex(),
    "hex of hex": RAW.hex().encode().hex(),
    "base64 of percent": base64.b64encode(quote(KEY).replace("_", "%5F").encode()).decode(),
    "base64 of gzip": base64.b64encode(gzip.compress(RAW)).decode(),
    "hex of zlib": zlib.compress(b"key=" + RAW).hex(),
}


@pytest.mark.parametrize("form", DECODED.values(), ids=DECODED)
@pytest.mark.parametrize("around", [("", ""), ("<", ">"), ("no such key: ", " was given")])
def test_each_form_is_hidden_that_has_to_be_decoded(form, around) -> None:
    """Encodings in encodings, letters by their numbers, and letters among what is none of the key."""
    before, after = around
    assert form not in REDACT(before + form + after)


@pytest.mark.parametrize("sign", ["\\", '"', "<", "\x1b[", "chr(", "0", "x41", "u0041", '\\"1'])
def test_texts_that_nearly_are_an_encoding_take_no_time(sign) -> None:
    """An expression that goes back at each sign would not end on these."""
    text = sign * (300_000 // len(sign)) + '"2"'
    assert REDACT(text) == text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("around", [("", ""), ("<", ">"), ('{"a":"', '"}'), ("row " * 9_000, "")])
def test_each_form_is_hidden(form, around) -> None:
    """In any spelling, short text or long, nothing that can be turned back is left."""
    before, after = around
    shown = REDACT(before + form + after)
    assert form not in shown
    assert len(shown) <= len(before) + len(after) + 100
    assert before.strip()[:8] in shown


def test_a_whole_form_is_named() -> None:
    """The key itself stands as its variable; another form says what it is."""
    assert REDACT(f"a {KEY} b") == "a $FORMANT_API_KEY_GLOBAL b"
    assert REDACT(f"a {RAW.hex()} b") == "a ($FORMANT_API_KEY_GLOBAL, hex) b"
    assert REDACT(f"a {KEY[::-1]} b") == "a ($FORMANT_API_KEY_GLOBAL, reversed) b"
    assert REDACT(f"a {KEY[:15]} b") == f"a {PART}b".replace(PART, PART + " ")
    assert REDACT("x" * (len(KEY) - 4) + KEY[-4:]) == "($FORMANT_API_KEY_GLOBAL, only its end)"
    assert KEY not in repr(SECRET)


@given(st.text(), st.text(), st.integers(0, len(LETTERS)), st.integers(PIECE, len(KEY)))
@example("row " * 9_000, "", 3, PIECE)
def test_no_piece_is_left(before, after, start, length) -> None:
    """Wherever a piece of the key stands, nothing of its length is left of it."""
    piece = LETTERS[start : start + length]
    shown = REDACT(before + piece + after)
    assert all(piece[at : at + PIECE] not in shown for at in range(len(piece) - PIECE + 1))


@given(st.text(max_size=200))
@example("a key of the region global: FORMANT_API_KEY_GLOBAL")
@example("%E4%F6 &amp; \\u0041 &#65;")
def test_a_text_without_a_key_stays_as_it_is(text) -> None:
    """Redaction changes nothing else."""
    letters = "".join(c for c in text.casefold() if c.isascii() and c.isalnum())
    assume(all(LETTERS[at : at + 8].casefold() not in letters for at in range(len(LETTERS))))
    assert REDACT(text) == text
    assert REDACT.each([text, "x"]) == [text, "x"]


def test_a_key_of_signs() -> None:
    """A key with few letters is hidden as it is, and as URLs and JSON write it."""
    key = '!"§$%&/()=?'
    redact = Redactor([Secret("KEY", key)])
    for form in (key, quote(key, safe=""), json.dumps(key)[1:-1]):
        assert redact(f"<{form}>") == "<$KEY>"
    assert html.escape("ab") == "ab" == redact("ab")


def test_a_key_that_is_called_as_its_variable() -> None:
    """The stand-in stays, so that a command can be run."""
    redact = Redactor([Secret("FORMANT_API_KEY", "formant_api_key-1")])
    assert redact("Bearer formant_api_key-1") == "Bearer $FORMANT_API_KEY"


@pytest.mark.parametrize("start", ["%", "\\x", "\\u00", "&#", "&", "U+", "0x", "%5C"])
@pytest.mark.parametrize(
    "key", ["%41k0x42Q7U+43m&lt;9\\x44z8", "736b5f5545505955", "1150711951049"]
)
@pytest.mark.parametrize(
    "spelled",
    [
        str,
        str.upper,
        lambda key: key.encode().hex(),
        lambda key: base64.b64encode(key.encode()).decode(),
        lambda key: base64.b85encode(key.encode()).decode(),
        lambda key: " ".join(f"{octet:08b}" for octet in key.encode()),
    ],
    ids=["plain", "upper case", "hex", "base64", "base85", "binary"],
)
def test_a_form_that_reads_as_an_escape_is_hidden(start, key, spelled) -> None:
    """Of itself, or together with what precedes it."""
    form = spelled(key)
    shown = Redactor([Secret("KEY", key)])(f"{start}{form} and more")
    assert form[len(form) // 2 :] not in shown
    assert form[: len(form) // 2] not in shown


def test_many_texts_at_once() -> None:
    """One that holds the key is redacted, the others stay."""
    assert REDACT.each(["a", KEY, ""]) == ["a", "$FORMANT_API_KEY_GLOBAL", ""]
    assert REDACT.each(["a", "", "b"]) == ["a", "", "b"]


def test_what_holds_no_key_is_searched_once(monkeypatch) -> None:
    """However often it comes, beside what does hold one too; a text with a key is never taken for one
    without.
    """
    redact, long = Redactor([SECRET]), "row " * 100
    searched: list[str] = []
    search = Redactor._suspicious

    def noted(self: Redactor, text: str) -> bool:
        searched.append(text)
        return search(self, text)

    monkeypatch.setattr(Redactor, "_suspicious", noted)
    for _ in range(3):
        assert redact.each([long, "a"]) == [long, "a"]
        assert redact.each([long, long + KEY]) == [long, f"{long}$FORMANT_API_KEY_GLOBAL"]
    assert searched.count(f"{long}\na") == 1
    assert searched.count("a") == 2
