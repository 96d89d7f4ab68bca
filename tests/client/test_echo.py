"""What a refusal repeats of the key that was presented, in any form."""

from __future__ import annotations

import base64

import pytest

from conformance.client.credentials import Secret
from conformance.client.echo import echoed
from conformance.client.redaction import PART, Redactor
from conformance.client.request import Request
from conformance.client.response import Response

KEY = "fk_Live_7Qm2XrT9vLb4KcZ8sWd5HnYj0Ae"
SECRET = Secret("KEY", KEY)
ASKED = Request("GET", "/x")


def refusal(body: str = "", status: int = 401, **headers: str) -> Response:
    """A refusal with a body."""
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(status, "No", "1.1", fields, body.encode())


FORMS = {
    "the presented token": KEY,
    "the presented token, hex": KEY.encode().hex(),
    "the presented token, reversed": KEY[::-1],
    "the presented token, base64": base64.b64encode(KEY.encode()).decode(),
    "the presented token, base32": base64.b32encode(KEY.encode()).decode(),
}


@pytest.mark.parametrize(("name", "form"), FORMS.items(), ids=FORMS)
def test_each_form_is_named(name, form) -> None:
    """In the body, deep in a long one, and in a header's value or name."""
    for answer in (
        refusal(f"bad key {form}"),
        refusal("row " * 9_000 + form),
        refusal(x_debug=form),
        Response(401, "No", "1.1", ((f"x-{form}", "1"),), b""),
    ):
        assert name in echoed(ASKED, SECRET, answer)


def test_an_escaped_key_is_one() -> None:
    """Percent encoding and HTML entities of some letters hide nothing."""
    half = "".join(f"%{ord(c):02x}" if c.isupper() else c for c in KEY)
    assert echoed(ASKED, SECRET, refusal(half)) == ("the presented token",)


def test_what_is_no_echo() -> None:
    """A success may hold anything; a refusal that tells nothing tells nothing."""
    assert echoed(ASKED, SECRET, refusal(KEY, 200)) == ()
    assert echoed(ASKED, SECRET, refusal('{"error":{"type":"authentication_error"}}')) == ()


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (KEY[1:-1], "a part of the presented token"),
        (KEY[9:25], "a part of the presented token"),
        (KEY[::-1][3:20], "a part of the presented token"),
        (KEY[::-1].encode().hex(), "a part of the presented token, encoded"),
        (KEY.swapcase().encode().hex(), "a part of the presented token, encoded"),
        (base64.b64encode(KEY[::-1].encode()).decode(), "a part of the presented token, encoded"),
        (" ".join(map(str, KEY[2:-1].encode())), "a part of the presented token, encoded"),
    ],
)
def test_a_part_is_told_wherever_it_is_cut(shown: str, name: str) -> None:
    """All but two letters of a key are the key; nor does it matter how they are written."""
    for answer in (refusal(shown), refusal(f"{'row ' * 3_000}{shown}{' row' * 3_000}")):
        assert echoed(ASKED, SECRET, answer) == (name,)


def test_a_key_of_signs_is_told_as_it_is() -> None:
    """It has too few letters to be told by them."""
    signs = Secret("KEY", "k+/=:@!-.~%$#x_(")
    assert echoed(ASKED, signs, refusal(f"bad key {signs.value}")) == ("the presented token",)


def test_words_of_a_wrong_key_are_no_part_of_it() -> None:
    """What is presented in place of the key may be called as the refusal is worded."""
    asked = Request("GET", "/x", headers=(("Authorization", "Bearer not-an-api-key-of-anyone"),))
    assert echoed(asked, SECRET, refusal("This is an API key of nobody")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(ord(letter) + 0xFEE0) for letter in KEY),
        "".join(f"\\{ord(letter):03o}" for letter in KEY),
        "".join(f"\\x{{{ord(letter):x}}}" for letter in KEY),
        " ".join(f"U+{ord(letter):04X}" for letter in KEY),
        ", ".join(f"0x{ord(letter):02x}" for letter in KEY),
        " ".join(f"{ord(letter):08b}" for letter in KEY),
        "".join(f"\\udb40\\u{0xDC00 + ord(letter):04x}" for letter in KEY),
        base64.b85encode(KEY.encode()).decode(),
        "\\n".join(base64.b64encode(KEY.encode()).decode()[at : at + 4] for at in range(0, 48, 4)),
    ],
    ids=["wide", "octal", "braces", "chart", "C", "binary", "tags", "base85", "escaped lines"],
)
def test_a_disguise_is_seen_through(text) -> None:
    """Letters that look alike, numbers of letters in any notation, denser encodings."""
    assert echoed(ASKED, SECRET, refusal(text))
    assert KEY[4:20] not in Redactor([SECRET])(text)
    assert "KEY" in Redactor([SECRET])(text) or PART in Redactor([SECRET])(text)


@pytest.mark.parametrize("text", [r"\ud83d\ude00 no", r"\ud83d no", r"\udc00\ud800"])
def test_surrogates_are_no_trouble(text) -> None:
    """A character beyond the first plane is two escapes in JSON, and half of one is none."""
    assert echoed(ASKED, SECRET, refusal(text)) == ()
    assert Redactor([SECRET])(text) == text
