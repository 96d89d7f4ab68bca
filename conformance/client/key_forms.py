"""The forms in which a key may stand in a text, and whether one is in it.

Texts are compared squeezed: in lower case, and with nothing but the letters and digits of ASCII. So
one form covers many spellings: a key in other case, spaced, with its separators changed or left
out, in UTF-16; its octets in hex with or without percent signs between them. Letters that stand for
those of ASCII (wide, bold, with marks) are read as these.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NESTED = 3  # escapes within escapes that are undone
NEAR = 120  # letters on either side of an escape: a piece of a key takes 99, spelled in binary
NORMALISED = 512  # characters at once
SHORTEST = 6  # letters and digits of a form that is searched; the exact key is sought besides
_LOWER = bytes(range(256)).lower()
_REST = bytes(octet for octet in range(256) if octet > 127 or not chr(octet).isalnum())
# It begins with one letter for all of them, which is what the search looks for.
_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
# A letter by its number, as programs and style sheets write it: six digits, braces, octal, two digits
# and a space; and as old scripts, C and code charts do.
_NUMBERED = re.compile(
    r"\\+(?:00([0-9a-fA-F]{4})|[xu]\{([0-9a-fA-F]{1,6})\}|([01][0-7]{2})|([0-9a-fA-F]{2})\s)"
)
_CHARTED = re.compile(r"(?:%u|U\+|0[xX])0*([0-9a-fA-F]{2})(?![0-9a-fA-F])")
# How each of these starts, behind its rarest letter: one letter is sought ten times as fast.
_STARTS = (("%", "%u"), ("+", "U+"), ("x", "0x"), ("X", "0X"))
_MARK = re.compile(r"[\\&%]|U\+|0[xX]")
_BACKSLASHES = re.compile(r"\\+")
_ENDLESS = re.compile(r"&#[0-9]{20,}")  # the number of no character
_WHITE = re.compile(r"\\+[nrtvf]")
_OCTAL = 3  # the group of it
_FIRST_SURROGATE = 0xD800
# Tags are invisible copies of the letters of ASCII.
_TAGS = {0xE0000 + code: chr(code) for code in range(0x20, 0x7F)}
_TAG = b"\xf3\xa0"  # how each of them begins in UTF-8
_ASCII = bytes(range(128))
PLAIN, REVERSED = "plain", "reversed"
SPELLED_OUT = (PLAIN, REVERSED)  # a letter of these is one of the key
BASE64 = ("base64", "base64, 1 octets in", "base64, 2 octets in")
# What no decoding finds where its letters stand apart; the others are found by `decoded` and
# `unescaped`, and each of them sought as well would double the cost of a search.
SOUGHT = (*SPELLED_OUT, *BASE64, "rot13", "base85", "ascii85", "uuencode", "decimal")


def squeezed(text: bytes) -> bytes:
    """The letters and digits of a text, in lower case."""
    return text.translate(_LOWER, _REST)


def unescaped(text: str) -> str:
    r"""A text without percent encoding, HTML entities, `\u` and `\x` escapes and the like, also where
    one stands in another, and with the letters of ASCII for those that look like them; the text
    itself where it has none.
    """
    return _unescaped(text)[0]


def readings(text: str) -> tuple[str, ...]:
    """The texts in which a key is sought that may stand in this one: unescaped, and what stands around
    its escapes as it is, for letters of a key may read as an escape, alone or with what precedes them.
    """
    plain, has_escapes = _unescaped(text)
    return (plain, _near_escapes(text)) if has_escapes else (plain,)


def _unescaped(text: str) -> tuple[str, bool]:
    has_escapes = False
    for _ in range(NESTED):
        plain = _unescaped_once(text)
        has_escapes |= plain != text
        folded = _folded(plain)
        if folded == text:
            break
        text = folded
    return text, has_escapes


def _near_escapes(text: str) -> str:
    text = _folded(text)
    places = [found.start() for found in _MARK.finditer(text)]
    parts, done = [], 0
    for at in places:
        start, end = max(done, at - NEAR), at + NEAR
        # What overlaps is one part.
        parts += ["" if start == done else "\n", text[start:end]]
        done = end
    return "".join(parts)


def _unescaped_once(text: str) -> str:
    if "\\" in text:
        plain = _behind_backslashes(
            _ESCAPED, lambda found: chr(int(found[1] or found[2], 16)), text
        )
        plain = _behind_backslashes(_WHITE, lambda found: " ", plain)
        text = text if plain is text else _joined(plain)
        text = _behind_backslashes(_NUMBERED, _numbered, text)
    if any(mark in text and start in text for mark, start in _STARTS):
        text = _CHARTED.sub(_numbered, text)
    if "&" in text:
        text = _without_entities(text)
    return unquote(text, errors="replace") if "%" in text else text


def _without_entities(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a number of more digits than Python reads
        return html.unescape(_ENDLESS.sub("", text))


def _behind_backslashes(
    escape: re.Pattern[str], plain: Callable[[re.Match[str]], str], text: str
) -> str:
    """As `escape.sub`, of an expression that begins with a backslash: a search for the letter alone is
    a hundred times as fast.
    """
    parts, done, at = [], 0, text.find("\\")
    while at >= 0:
        found = escape.match(text, at)
        if found:
            parts += [text[done:at], plain(found)]
            done = found.end()
        # What does not follow the first of several backslashes follows none of them.
        at = text.find("\\", found.end() if found else _end_of_run(text, at))
    return "".join([*parts, text[done:]]) if parts else text


def _end_of_run(text: str, at: int) -> int:
    found = _BACKSLASHES.match(text, at)
    assert found is not None
    return found.end()


def _folded(text: str) -> str:
    """A text with the letters of ASCII for those that look like them."""
    if text.isascii():
        return text
    octets = text.encode("utf-8", "surrogatepass")
    if _TAG in octets:
        text = text.translate(_TAGS)
    # These alone are looked at: without letters of ASCII between them, marks can only be out of order
    # where they were not, which costs a normalisation and changes nothing.
    beyond = octets.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if unicodedata.is_normalized("NFKD", beyond):
        return text
    # Marks are put in order, in quadratic time; that a part begins with some moves no letter.
    parts = (text[at : at + NORMALISED] for at in range(0, len(text), NORMALISED))
    return "".join(unicodedata.normalize("NFKD", part) for part in parts)


def _joined(text: str) -> str:
    """A text with pairs of surrogates as characters, and none that has no partner."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _numbered(found: re.Match[str]) -> str:
    assert found.lastindex is not None
    number = int(found[found.lastindex], 8 if found.lastindex == _OCTAL else 16)
    return chr(number) if number < _FIRST_SURROGATE else found[0]


def forms(key: str) -> dict[str, tuple[bytes, float]]:
    """Each form by its name, squeezed, and how many letters of it stand for one of the key."""
    found: dict[str, tuple[bytes, float]] = {}
    for name, text, width in _spelled(key):
        form = squeezed(text.encode())
        if len(form) >= SHORTEST and all(form != other for other, _ in found.values()):
            found[name] = form, width
    return found


def _spelled(key: str) -> Iterator[tuple[str, str, float]]:
    octets = key.encode()
    yield PLAIN, key, 1
    yield REVERSED, key[::-1], 1
    yield "rot13", codecs.encode(key, "rot13"), 1
    yield "hex", octets.hex(), 2
    yield "hex escapes", "".join(f"x{octet:02x}" for octet in octets), 3
    yield r"\u escapes", "".join(f"u{octet:04x}" for octet in octets), 5
    yield "percent-encoded twice", "".join(f"25{octet:02x}" for octet in octets), 4
    yield "decimal", "".join(str(octet) for octet in octets), 3
    yield "base85", base64.b85encode(octets).decode(), 5 / 4
    yield "ascii85", base64.a85encode(octets).decode(), 5 / 4
    yield "uuencode", binascii.b2a_uu(octets[:45]).decode()[1:], 4 / 3
    for at in range(3):
        yield f"base64{_shifted(at)}", _aligned(base64.b64encode, octets, at, 3, 4), 4 / 3
    for at in range(5):
        yield f"base32{_shifted(at)}", _aligned(base64.b32encode, octets, at, 5, 8), 8 / 5


def _shifted(at: int) -> str:
    return f", {at} octets in" if at else ""


def _aligned(
    encode: Callable[[bytes], bytes], octets: bytes, at: int, group: int, letters: int
) -> str:
    """What a text that holds the octets `at` places into a group looks like, whatever stands around
    them: whole groups of letters, for those at the rims depend on the neighbours.
    """
    skip = (group - at) % group
    whole = octets[skip : skip + (len(octets) - skip) // group * group]
    return encode(whole).decode()[: len(whole) // group * letters]
