"""Whether a key stands in what a run left, in any form. Nothing here is shared with what redacts."""

from __future__ import annotations

import base64
import codecs
import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 12  # characters of a key that say too much
PROBE, STRIDE = 8, 4  # each piece holds a probe that starts at every fourth place
LARGE = 200_000  # bytes
INPUTS = ("good", "bad", "given")  # directories that a row was given
_ENDLESS = re.compile(rb"&#[0-9]{20,}")  # which is no letter, and no integer that Python reads
_PARTS = re.compile(rb'["\n]')
_DROPPED = bytes(octet for octet in range(256) if octet > 127 or not chr(octet).isalnum())
_LOWER = bytes(range(256)).lower()
_UNALTERED = ("rot13", "base85", "ascii85")  # docs/hostile.md: one alteration, then another
Needle = tuple[str, tuple[bytes, ...], tuple[bytes, ...]]
_TAGS = {0xE0000 + code: code for code in range(0x20, 0x7F)}
_ESCAPE = re.compile(rb"\\+u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})")


def leaks(folder: Path, printed: bytes, keys: list[str]) -> str:
    """Where a key stands in the files of a folder or in what was printed; empty where in none."""
    form = held(printed, keys)
    if form:
        return f"the terminal shows a key ({form})"
    for path in _files(folder):
        name = path.relative_to(folder)
        form = held(bytes(name) + b"\n" + path.read_bytes(), keys)
        if form:
            return f"{name} holds a key ({form})"
    return ""


def held(content: bytes, keys: list[str]) -> str:
    """The form in which a text holds one of the keys, or a piece of it."""
    for decoded, text in _readings(_once(content)):
        letters = text.translate(_LOWER, _DROPPED)
        for form, probes, pieces in (needle for key in keys for needle in _needles(key)):
            if any(probe in letters for probe in probes):
                piece = next((piece for piece in pieces if piece in letters), None)
                if piece:
                    return f"{form}{decoded}: {len(piece)} letters"
    return ""


def _once(content: bytes) -> bytes:
    """Each text of a large file once: records of exchanges repeat most of theirs."""
    if len(content) < LARGE:
        return content
    return b"\n".join(set(_PARTS.split(content)))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_input = path.relative_to(folder).parts[0] in INPUTS or path.name.startswith("given")
        if path.is_file() and not path.is_symlink() and not is_input:
            yield path


def _readings(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", content
    if b"\\" in content:
        unescaped = _ESCAPE.sub(lambda found: bytes([int(found[1] or found[2], 16) & 255]), content)
        yield ", escaped", unescaped
    if b"&" in content:
        text = _ENDLESS.sub(b"", content).decode("latin-1")
        yield ", entities", html.unescape(text).encode("latin-1", "replace")
    if not content.isascii():
        text = unicodedata.normalize("NFKD", content.decode("utf-8", "replace"))
        yield ", folded", text.translate(_TAGS).encode("ascii", "replace")
    if b"%" in content:
        yield ", percent", unquote_to_bytes(unquote_to_bytes(content))


@cache
def _needles(key: str) -> tuple[Needle, ...]:
    """The forms of a key and of what the suite makes of it, each with its probes and pieces."""
    found = {}
    for change, altered in _altered(key).items():
        for form, needle in _forms(altered.encode()).items():
            if not (change and form in _UNALTERED):
                found[needle] = f"{form}{change}"
    return tuple((form, *needle) for needle, form in found.items())


def _altered(key: str) -> dict[str, str]:
    return {
        "": key,
        " of it in other case": key.swapcase(),
        " of it in upper case": key.upper(),
        " of it in lower case": key.lower(),
        " of it reversed": key[::-1],
    }


def _forms(octets: bytes) -> dict[str, tuple[tuple[bytes, ...], tuple[bytes, ...]]]:
    found = {}
    for name, text, size in (
        ("plain", octets, PIECE),
        ("hex", octets.hex().encode(), 2 * PIECE),
        ("rot13", codecs.encode(octets.decode("latin-1"), "rot13").encode("latin-1"), PIECE),
        ("binary", "".join(f"{octet:08b}" for octet in octets).encode(), 8 * PIECE),
        ("decimal", "".join(map(str, octets)).encode(), 3 * PIECE),
    ):
        letters = text.translate(_LOWER, _DROPPED)
        found[name] = _windows(letters, PROBE, STRIDE), _windows(letters, size, 1)
    for name, encode, whole in (("base64", base64.b64encode, 15), ("base32", base64.b32encode, 15)):
        parts = [encode(octets[at : at + whole]) for at in range(len(octets) - whole + 1)]
        pieces = tuple(part.translate(_LOWER, _DROPPED) for part in parts)
        found[name] = tuple(piece[:PROBE] for piece in pieces), pieces
    for name, dense in (("base85", base64.b85encode), ("ascii85", base64.a85encode)):
        letters = dense(octets).translate(_LOWER, _DROPPED)
        found[name] = (letters[:PROBE],), (letters,)
    return found


def _windows(text: bytes, size: int, step: int) -> tuple[bytes, ...]:
    return tuple(text[at : at + size] for at in range(0, len(text) - size + 1, step))
