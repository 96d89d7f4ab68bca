"""What stands encoded in a text: an alteration of a key, encoded, is found by its letters.

A server may encode what it was presented: the key in another case or reversed gives other hex,
base64 and base32 than the key, so the forms of the key itself do not find it.
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING

from conformance.client.key_forms import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

# Shorter runs hold no piece of a key: an octet takes two digits of hex, four thirds of a letter of
# base64, eight fifths of one of base32, two or three digits of decimal.
_HEX = re.compile(rb"[0-9a-f]{22,}+")
_BASE32 = re.compile(rb"[a-z2-7]{20,}+")
_DECIMAL = re.compile(r"(?:[0-9]{2,3}[^0-9A-Za-z]{1,4}){11,}+[0-9]{0,3}")
_BINARY = re.compile(r"(?:[01]{7,8}[^0-9A-Za-z]{0,3}){11,}+")
NESTED = 2  # times that base64 is undone which stands in base64
_FOR_URLS = bytes.maketrans(b"-_", b"+/")
# The digits of Python's integers in the place of those of base32.
_DIGITS_32 = bytes.maketrans(
    b"abcdefghijklmnopqrstuvwxyz234567", b"0123456789abcdefghijklmnopqrstuv"
)


def _marked(members: str) -> bytes:
    """A table that turns these letters into plus signs, and all others into spaces."""
    return bytes(43 if chr(octet) in members else 32 for octet in range(256))


# A run is sought by its marks first, which costs a tenth of an expression.
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_IS_HEX, _HEX_RUN = _marked("0123456789abcdef"), b"+" * 22
_IS_BASE32, _BASE32_RUN = _marked(f"{_LOWER}{_LOWER.upper()}234567"), b"+" * 20
# Of base64 there are many, and each octet that is none of its letters becomes a space.
_OF_BASE64 = f"{_LOWER}{_LOWER.upper()}0123456789+/_-".encode()
_ONLY_BASE64 = bytes(octet if octet in _OF_BASE64 else 32 for octet in range(256))
_LEAST_BASE64 = 16
_IS_DECIMAL, _DECIMAL_RUN = _marked("0123456789 ,;:.-&#[]()/|"), b"+" * 33


def decoded(text: str, letters: bytes) -> Iterator[bytes]:
    """The letters of what stands encoded in a text, at each alignment; `letters` are its own."""
    octets = text.encode("ascii", "replace")
    if _HEX_RUN in letters.translate(_IS_HEX):
        yield from _from_hex(letters)
    yield from _from_base64(octets)
    if _BASE32_RUN in octets.translate(_IS_BASE32):
        yield from _from_base32(octets.lower())
    if _DECIMAL_RUN in octets.translate(_IS_DECIMAL):
        yield from _from_decimal(text)
        yield from _from_binary(text)


def _from_hex(letters: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(letters):
        for at in range(2):
            end = at + (len(run) - at) // 2 * 2
            yield squeezed(binascii.unhexlify(run[at:end]))


def _from_base64(octets: bytes, nested: int = NESTED) -> Iterator[bytes]:
    # The names of properties are such words, in each row anew: each is looked at once.
    words = set(octets.translate(_ONLY_BASE64).split())
    for word in [word for word in words if len(word) >= _LEAST_BASE64]:
        plain = word.translate(_FOR_URLS)
        for at in range(4):
            end = at + (len(plain) - at) // 4 * 4
            inner = binascii.a2b_base64(plain[at:end])
            yield squeezed(inner)
            if nested and len(inner) >= _LEAST_BASE64 and inner.isascii():
                yield from _from_base64(inner, nested - 1)


def _from_base32(octets: bytes) -> Iterator[bytes]:
    for run in _BASE32.findall(octets):
        # To a base that is a power of two, Python converts in linear time.
        value = int(run.translate(_DIGITS_32), 32)
        size = len(run) * 5 // 8 + 1
        for shift in range(8):
            yield squeezed((value >> shift).to_bytes(size, "big"))


def _from_decimal(text: str) -> Iterator[bytes]:
    for run in _DECIMAL.findall(text):
        numbers = (int(number) for number in re.findall(r"[0-9]+", run))
        yield squeezed(bytes(number for number in numbers if number < 256))


def _from_binary(text: str) -> Iterator[bytes]:
    for run in _BINARY.findall(text):
        digits = re.findall(r"[01]{7,8}", run)
        yield squeezed(bytes(int(each, 2) for each in digits))
