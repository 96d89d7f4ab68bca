"""A JSON text (RFC 8259): its data, and the line of any part of it, looked up when it is
asked for.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json import decoder
from typing import TYPE_CHECKING, Any, NoReturn

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# The scanner of strings that the decoder itself uses; it is documented by name only.
_scan_string: Callable[[str, int], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]  # typeshed lacks it
SPACE = re.compile(r"[ \t\n\r]*")


class NotJson(ContractError):
    """A text that is no JSON."""


class _Twice(ValueError):
    """An object names a key twice."""


class JsonText:
    """Its parse; raises NotJson, or ContractError where an object names a key twice."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._lines: list[int] | None = None
        self._entries: dict[int, dict[str | int, int]] = {}
        try:
            self.data: Any = json.loads(
                text, object_pairs_hook=_unique, parse_constant=_refuse_constant
            )
        except _Twice:
            key, first, second = next(self._repeated(0))
            raise ContractError(
                f"{path}:{self._line_at(second)}: the key {key} is there twice; "
                f"the first is on line {self._line_at(first)}."
            ) from None
        except json.JSONDecodeError as error:
            raise NotJson(f"{path}:{error.lineno}: not valid JSON: {error.msg}.") from error
        except (ValueError, RecursionError) as error:
            raise NotJson(f"{path}: not valid JSON: {error}.") from error

    def line(self, *keys: str | int) -> int:
        """The line (from 1) of the entry at a path of keys, or of its nearest ancestor
        that exists.
        """
        at = self._after_space(0)
        place = at
        for key in keys:
            entries = self._entries_of(at)
            if key not in entries:
                break
            place = entries[key]
            at = self._value_of(place, key)
        return self._line_at(place)

    def _line_at(self, offset: int) -> int:
        if self._lines is None:
            self._lines = [match.start() for match in re.finditer("\n", self._text)]
        return bisect_right(self._lines, offset - 1) + 1

    def _after_space(self, at: int) -> int:
        match = SPACE.match(self._text, at)
        return match.end() if match else at

    def _entries_of(self, at: int) -> dict[str | int, int]:
        """Where each entry of the object or array that begins there begins itself: its key, or its
        value.
        """
        if at not in self._entries:
            # Of a key that is there twice the first counts; such a text was refused before.
            entries: dict[str | int, int] = {}
            for key, place in self._scan(at):
                entries.setdefault(key, place)
            self._entries[at] = entries
        return self._entries[at]

    def _scan(self, at: int) -> Iterator[tuple[str | int, int]]:
        opening = self._text[at : at + 1]
        if opening not in ("{", "["):
            return
        index = 0
        at = self._after_space(at + 1)
        while self._text[at] not in "}]":
            key: str | int = index if opening == "[" else _scan_string(self._text, at + 1)[0]
            yield key, at
            at = self._after_space(self._end_of(self._value_of(at, key)))
            if self._text[at] == ",":
                at = self._after_space(at + 1)
            index += 1

    def _value_of(self, place: int, key: str | int) -> int:
        """Where the value of an entry begins: behind its key and colon, if it has a key."""
        if isinstance(key, int):
            return place
        _, end = _scan_string(self._text, place + 1)
        return self._after_space(self._after_space(end) + 1)

    def _end_of(self, at: int) -> int:
        _, end = json.JSONDecoder().raw_decode(self._text, at)
        return end

    def _repeated(self, at: int) -> Iterator[tuple[str, int, int]]:
        """Each key that is there twice, with the places of both; of the whole text, from
        the top.
        """
        seen: dict[str | int, int] = {}
        for key, place in self._scan(self._after_space(at)):
            if key in seen:
                yield str(key), seen[key], place
            seen[key] = place
            yield from self._repeated(self._value_of(place, key))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise _Twice
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
