"""What stands encoded in a text: an alteration of a key, encoded, is found by its letters.

A server may encode what it was presented: the key in another case or reversed gives other hex,
base64 and base32 than the key, so the forms of the key itself do not find it.
"""

from __future__ import annotations

import binascii
import re
import zlib
from typing import TYPE_CHECKING

from conformance.client.key_forms import squeezed, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

# Shorter runs hold no piece of a key: an octet takes two digits of hex, four thirds of a letter of
# base64, eight fifths of one of base32, two or three digits of decimal.
_HEX = re.compile(rb"[0-9a-f]{22,}+")
_BASE32 = re.compile(rb"[a-z2-7]{20,}+")
_DECIMAL = re.compile(r"(?:0?[0-9]{2,3}(?:\.0)?[^0-9A-Za-z]{1,4}){11,}+[0-9]{0,3}")
_DIGITS = re.compile(r"[0-9]{33,}+")
_BINARY = re.compile(r"(?:[01]{7,8}[^0-9A-Za-z]{0,3}){11,}+")
# A letter by its number behind one letter: an escape that lost its sign, `_x0066_`, `%x66`, `&H66`.
_PREFIXED = re.compile(rb"(?:[uxh](?:00)?[0-9a-f]{2}){11,}+")
_CALL = re.compile(r"cha?r\(", re.IGNORECASE)  # of a number, as SQL writes a letter
# The members of an array that is written as an object, such as a Uint8Array or a text in JSON.
_INDEX = re.compile(r'\\{0,8}"[0-9]{1,4}\\{0,8}"\s{0,8}:')
_TAG = re.compile(rb"<[^<>]{1,200}>")
_COLOUR = re.compile(rb"\x1b\[[0-9;]{0,20}[A-Za-z]")
NESTED = 2  # times that an encoding is undone which stands in another
_LEAST_NESTED = 16  # octets that hold a piece of a key, encoded
_PACKED = (b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda")  # how gzip and zlib begin
_MOST_UNPACKED = 65_536  # octets
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
# Where a digit of hex stands, and where a letter before a number.
_PLACES = bytes.maketrans(b"0123456789abcdefuxh", b"+" * 16 + b"xxx")
_PREFIXED_RUNS = (b"x++x++x++x++", b"x++++x++++x++++")
_OF_BASE64 = f"{_LOWER}{_LOWER.upper()}0123456789+/_-"
_LEAST_BASE64 = 16
_IS_BASE64, _BASE64_RUN = _marked(_OF_BASE64), b"+" * _LEAST_BASE64
# Where there is one there are many, and each octet that is none of its letters becomes a space.
_ONLY_BASE64 = bytes(octet if chr(octet) in _OF_BASE64 else 32 for octet in range(256))
_IS_DECIMAL, _DECIMAL_RUN = _marked("0123456789 ,;:.-&#[]()/|"), b"+" * 33


def decoded(text: str, letters: bytes, nested: int = NESTED) -> Iterator[bytes]:
    """The letters of what stands encoded in a text, at each alignment; `letters` are its own.

    What stands encoded in that is found too, where all of it is text.
    """
    octets = text.encode("ascii", "replace")
    for inner in _octets_in(octets, letters):
        yield squeezed(inner)
        # Most of what is read as base64 is a word, and what comes out is no text.
        if nested and (inner.isascii() or inner.startswith(_PACKED)):
            yield from _within(inner, nested - 1)
    if _BASE32_RUN in octets.translate(_IS_BASE32):
        yield from _from_base32(octets.lower())
    yield from _from_letters(text, octets)


def _octets_in(octets: bytes, letters: bytes) -> Iterator[bytes]:
    """What stands in hex or base64."""
    if _HEX_RUN in letters.translate(_IS_HEX):
        yield from _from_hex(letters)
    places = letters.translate(_PLACES)
    if any(run in places for run in _PREFIXED_RUNS):
        yield from _from_prefixed(letters)
    if _BASE64_RUN in octets.translate(_IS_BASE64):
        yield from _from_base64(octets)


def _within(octets: bytes, nested: int) -> Iterator[bytes]:
    """What stands encoded, escaped or compressed in what was decoded."""
    if octets.startswith(_PACKED):
        octets = _unpacked(octets)
        yield squeezed(octets)
        if not octets.isascii():
            return
    if len(octets) < _LEAST_NESTED:
        return
    plain = unescaped(octets.decode("ascii"))
    letters = squeezed(plain.encode("ascii", "replace"))
    yield letters
    yield from decoded(plain, letters, nested)


def _unpacked(octets: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(octets, _MOST_UNPACKED)
    except zlib.error:
        return b""


def _from_letters(text: str, octets: bytes) -> Iterator[bytes]:
    """What is written letter by letter: by numbers, in calls, among markup, by members of an array."""
    if b"\x1b" in octets:
        octets = _COLOUR.sub(b"", octets)
        yield squeezed(octets)
    if b"<" in octets:
        yield squeezed(_TAG.sub(b"", octets))
    if b"(" in octets and (b"r(" in octets or b"R(" in octets):
        text = _CALL.sub("", text)
        octets = text.encode("ascii", "replace")
    if b'"2"' in octets or (b"\\" in octets and b'"2\\' in octets):
        listed = _INDEX.sub(" ", text)
        if listed != text:
            text, octets = listed, listed.encode("ascii", "replace")
            yield squeezed(octets)
    if _DECIMAL_RUN in octets.translate(_IS_DECIMAL):
        yield from _from_decimal(text)
        yield from _from_binary(text)


def _from_hex(letters: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(letters):
        for at in range(2):
            end = at + (len(run) - at) // 2 * 2
            inner = binascii.unhexlify(run[at:end])
            yield inner
            # In words of the machine, as hexdump(1) prints a text.
            if inner.isascii():
                yield _swapped(inner)
                yield _swapped(inner[1:])


def _from_prefixed(letters: bytes) -> Iterator[bytes]:
    for run in _PREFIXED.findall(letters):
        yield binascii.unhexlify(re.sub(rb"[uxh](?:00)?", b"", run))


def _swapped(octets: bytes) -> bytes:
    """With the octets of each pair in the other order."""
    pairs = bytearray(octets[: len(octets) // 2 * 2])
    pairs[::2], pairs[1::2] = pairs[1::2], pairs[::2]
    return bytes(pairs)


def _from_base64(octets: bytes) -> Iterator[bytes]:
    # The names of properties are such words, in each row anew: each is looked at once.
    words = set(octets.translate(_ONLY_BASE64).split())
    for word in [word for word in words if len(word) >= _LEAST_BASE64]:
        plain = word.translate(_FOR_URLS)
        for at in range(4):
            end = at + (len(plain) - at) // 4 * 4
            yield binascii.a2b_base64(plain[at:end])


def _from_base32(octets: bytes) -> Iterator[bytes]:
    for run in _BASE32.findall(octets):
        # To a base that is a power of two, Python converts in linear time.
        value = int(run.translate(_DIGITS_32), 32)
        size = len(run) * 5 // 8 + 1
        for shift in range(8):
            yield squeezed((value >> shift).to_bytes(size, "big"))


def _from_decimal(text: str) -> Iterator[bytes]:
    for run in _DECIMAL.findall(text):
        if ".0" in run:
            run = re.sub(r"\.0(?![0-9])", "", run)
        numbers = re.findall(r"[0-9]+", run)
        yield _of_numbers(numbers, 10)
        if "8" not in run and "9" not in run:
            yield _of_numbers(numbers, 8)
    for run in _DIGITS.findall(text):
        for at in range(3):
            yield _of_numbers(re.findall("...", run[at:]), 10)


def _of_numbers(numbers: list[str], base: int) -> bytes:
    values = (int(number, base) for number in numbers)
    return squeezed(bytes(value for value in values if value < 256))


def _from_binary(text: str) -> Iterator[bytes]:
    for run in _BINARY.findall(text):
        digits = re.findall(r"[01]{7,8}", run)
        yield squeezed(bytes(int(each, 2) for each in digits))
