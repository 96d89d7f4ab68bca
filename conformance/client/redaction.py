"""Redaction: texts that leave the process without any key in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.credentials import Secret

# The shortest piece of a key that is worth hiding; shorter pieces are words of the language.
PIECE = 8
# In a short text, as refusals are, any piece of PIECE + STRIDE - 1 characters is seen; in a long
# one, a page of rows, any half of a key: to look for every piece there takes longer than everything
# else done with it.
STRIDE = 4
LONG = 4_096


class Redactor:
    """Replaces every form and every long piece of the known keys in a text."""

    def __init__(self, secrets: list[Secret]) -> None:
        forms = [pair for secret in secrets for pair in secret.forms().items() if pair[0]]
        self._forms = sorted(forms, key=lambda pair: -len(pair[0]))
        folded = {form.casefold() for form, _ in forms}
        self._probes = sorted(
            {
                form[at : at + PIECE]
                for form in folded
                for at in range(0, max(1, len(form) - PIECE + 1), STRIDE)
            }
        )
        halves = {
            half for form in folded for half in (form[: len(form) // 2], form[len(form) // 2 :])
        }
        self._halves = sorted(half for half in halves if half)
        self._pieces = {
            form[start : start + PIECE] for form in folded for start in range(len(form) - PIECE + 1)
        }

    def __call__(self, text: str) -> str:
        """The text without any key."""
        if not text or not self._suspicious(text):
            return text
        for form, shown in self._forms:
            text = text.replace(form, shown)
        return self._without_pieces(text) if self._suspicious(text) else text

    def each(self, texts: list[str]) -> list[str]:
        """Many texts: as a rule no short one holds a key, and one search of them together
        says so.
        """
        short = "\n".join(text for text in texts if len(text) <= LONG)
        if not self._hit(short, self._probes):
            return [self(text) if len(text) > LONG else text for text in texts]
        return [self(text) for text in texts]

    def _suspicious(self, text: str) -> bool:
        """Whether there may be a piece of a key in it: a few searches, for most texts hold none."""
        return self._hit(text, self._halves if len(text) > LONG else self._probes)

    @staticmethod
    def _hit(text: str, probes: list[str]) -> bool:
        folded = text.casefold()
        for probe in probes:  # noqa: SIM110 - `any` takes twice the time
            if probe in folded:
                return True
        return False

    def _without_pieces(self, text: str) -> str:
        # Lower case keeps the places only where it keeps the length; where not, each letter by
        # itself does.
        folded = (
            text.lower() if len(text.lower()) == len(text) else "".join(c.lower()[0] for c in text)
        )
        hidden = bytearray(len(text))
        for start in range(len(text) - PIECE + 1):
            if folded[start : start + PIECE] in self._pieces:
                hidden[start : start + PIECE] = b"\1" * PIECE
        out: list[str] = []
        for index, letter in enumerate(text):
            if not hidden[index]:
                out.append(letter)
            elif not index or not hidden[index - 1]:
                out.append("[part of a key]")
        return "".join(out)
