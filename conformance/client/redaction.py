"""Redaction: texts that leave the process without any key in them."""

from __future__ import annotations

import hashlib
import math
import re
from typing import TYPE_CHECKING

from conformance.client.decoded import decoded
from conformance.client.key_forms import (
    PLAIN,
    SOUGHT,
    SPELLED_OUT,
    forms,
    readings,
    squeezed,
    unescaped,
)

if TYPE_CHECKING:
    from conformance.client.credentials import Secret

# Letters of a key: a piece of so many is hidden, or of half the key where that is shorter. Below
# it, a piece is a word of the language.
PIECE = 11
PROBE = 8  # letters that are searched first; one starts at every fourth, so each piece holds one
STRIDE = 4
SHORT = 200  # characters of a text that is searched as fast as it is looked up
MOST_KNOWN = 10_000  # texts of which it is remembered that they hold no key
PART = "[part of a key]"
_WORDS = re.compile(r"([^\s\"'<>,]+)")


class Redactor:
    """Replaces every form and every long piece of the known keys in a text."""

    def __init__(self, secrets: list[Secret]) -> None:
        exact = {pair for secret in secrets for pair in secret.stand_ins().items() if pair[0]}
        self._exact = sorted(exact, key=lambda pair: -len(pair[0]))
        self._forms: list[tuple[bytes, str]] = []
        self._clean: set[bytes] = set()  # digests of texts without a key
        self._pieces: set[bytes] = set()
        probes: set[bytes] = set()
        spelled: set[bytes] = set()
        for secret in secrets:
            for name, (form, width) in forms(secret.value).items():
                shown = str(secret) if name == PLAIN else f"({secret}, {name})"
                self._forms.append((form, shown))
                half = len(form) // 2
                # Of the key itself any piece is sought; an encoded one comes whole, or as a half.
                stride = STRIDE if name in SPELLED_OUT else len(form)
                windows = _windows(form, min(PROBE, half), stride)
                if name in SOUGHT:
                    probes |= windows
                if name in SPELLED_OUT:
                    spelled |= windows
                self._pieces |= _windows(form, min(math.ceil(PIECE * width), half), 1)
            # A stand-in names the variable, which may be called as the key is.
            named = squeezed(secret.variable.encode())
            self._pieces = {piece for piece in self._pieces if piece not in named}
        self._probes, self._spelled_probes = sorted(probes), sorted(spelled)
        self._sizes = sorted({len(piece) for piece in self._pieces})
        self._least = min(self._sizes, default=0)
        self._starts = {piece[: self._least] for piece in self._pieces}

    def __call__(self, text: str) -> str:
        """The text without any key."""
        return self._redacted(text) if text and self._suspicious(text) else text

    def each(self, texts: list[str]) -> list[str]:
        """Many texts: as a rule none holds a key, and one search of them together says so.

        Two of three answers of a run were given before; what was found to hold none is not searched
        again.
        """
        digests = [_digest(text) if len(text) > SHORT else None for text in texts]
        unknown = [
            text for text, digest in zip(texts, digests, strict=True) if digest not in self._clean
        ]
        if not self._suspicious("\n".join(unknown)):
            if len(self._clean) > MOST_KNOWN:
                self._clean.clear()
            self._clean.update(digest for digest in digests if digest is not None)
            return texts
        return [self(text) for text in texts]

    def _suspicious(self, text: str) -> bool:
        """Whether there may be a piece of a key in it: a few searches, for most texts hold none."""
        exact = any(form in text for form, _ in self._exact)
        return exact or any(map(self._hit, readings(text)))

    def _hit(self, text: str) -> bool:
        letters = _letters(text)
        if any(probe in letters for probe in self._probes):
            return True
        # Parted by what is no letter, so that no probe lies in two of them.
        inner = b"\n".join(decoded(text, letters))
        return any(probe in inner for probe in self._spelled_probes)

    def _redacted(self, text: str) -> str:
        for form, shown in self._exact:
            text = text.replace(form, shown)
        text = self._without_pieces(text)
        if not self._holds(text):
            return text

        # Some letters of it are escaped and others are not: whole words go or, where it stands in
        # several words, the text.
        text = "".join(PART if self._holds(word) else word for word in _WORDS.split(text))
        return PART if self._holds(text) else text

    def _holds(self, text: str) -> bool:
        """Whether a piece is in it once it is unescaped."""
        plain = unescaped(text)
        letters = _letters(plain)
        return bool(self._runs(letters)) or any(map(self._runs, decoded(plain, letters)))

    def _without_pieces(self, text: str) -> str:
        """The text without what holds the letters of a piece, and what stands between them."""
        letters = _letters(text)
        places = [at for at, letter in enumerate(text) if letter.isascii() and letter.isalnum()]

        out, shown_to = [], 0
        for start, end in self._runs(letters):
            first, last = places[start], places[end - 1] + 1
            out += [text[shown_to:first], self._shown(letters[start:end])]
            shown_to = last
        return "".join([*out, text[shown_to:]])

    def _runs(self, letters: bytes) -> list[tuple[int, int]]:
        """Where pieces stand, overlapping ones as one."""
        runs: list[tuple[int, int]] = []
        for at in range(len(letters)):
            if letters[at : at + self._least] not in self._starts:
                continue
            size = next((n for n in self._sizes if letters[at : at + n] in self._pieces), 0)
            if size and runs and at <= runs[-1][1]:
                runs[-1] = runs[-1][0], max(runs[-1][1], at + size)
            elif size:
                runs.append((at, at + size))
        return runs

    def _shown(self, letters: bytes) -> str:
        return next((shown for form, shown in self._forms if form == letters), PART)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _letters(text: str) -> bytes:
    return squeezed(text.encode("ascii", "replace"))


def _windows(form: bytes, size: int, step: int) -> set[bytes]:
    """The pieces of a form: one at every `step`, and the beginning of its second half."""
    starts = {*range(0, len(form) - size + 1, step), len(form) // 2}
    return {form[start : start + size] for start in starts if start + size <= len(form)}
