"""Kinds of options: which values they take, from a string of the command line or a value of TOML.

Each reads a value or raises InvalidValue with what it expected, in words a user can act on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from conformance.settings.errors import InvalidValue, quoted, suggestion

_INTEGER = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_DURATION = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)(s|m|h|d)?", re.ASCII)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SWITCH = {"true": True, "yes": True, "on": True, "1": True} | {
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


class Kind(Protocol):
    """What an option takes."""

    @property
    def expected(self) -> str:
        """Completes the sentence `expected …`."""
        ...

    @property
    def metavar(self) -> str:
        """Stands for the value in the help."""
        ...

    def read(self, value: object) -> Any:
        """The value in its own type; raises InvalidValue."""
        ...


def mismatch(kind: Kind, value: object, hint: str = "") -> InvalidValue:
    """A value of another kind."""
    return InvalidValue(f"expected {kind.expected}, not {quoted(value)}.{hint}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several words."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        """The words."""
        return f"{', '.join(self.words[:-1])} or {self.words[-1]}"

    @property
    def metavar(self) -> str:
        """The words."""
        return f"[{'|'.join(self.words)}]"

    def read(self, value: object) -> str:
        """The word as it is."""
        if isinstance(value, str) and value in self.words:
            return value
        hint = suggestion(value, self.words) if isinstance(value, str) else ""
        raise mismatch(self, value, hint)


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within bounds, both included."""

    minimum: int
    maximum: int
    metavar: str = "N"

    @property
    def expected(self) -> str:
        """The bounds."""
        return f"a whole number from {self.minimum:,} to {self.maximum:,}"

    def read(self, value: object) -> int:
        """An int; a float is none, even where it is whole."""
        number = value
        if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
            number = int(value)
        if isinstance(number, bool) or not isinstance(number, int):
            raise mismatch(self, value)
        if not self.minimum <= number <= self.maximum:
            raise mismatch(self, value)
        return number


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included."""

    minimum: float
    maximum: float
    metavar: str = "SECONDS"
    unit: str = "seconds"

    @property
    def expected(self) -> str:
        """The bounds and the unit."""
        return f"a number of {self.unit} from {self.minimum:g} to {self.maximum:,g}"

    def read(self, value: object) -> float:
        """A finite float."""
        number = value
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            number = float(value)
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise mismatch(self, value)
        if not self.minimum <= number <= self.maximum:  # false for NaN too
            raise mismatch(self, value)
        return float(number)


@dataclass(frozen=True, slots=True)
class Duration:
    """A number with a unit (`90`, `90s`, `15m`, `2h`), in seconds where it has none."""

    least: float = 0.0
    expected: str = "a duration such as 90s, 15m or 2h"
    metavar: str = "TIME"

    def read(self, value: object) -> float:
        """The seconds."""
        match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is not None:
            seconds = float(match[1]) * _UNITS[match[2] or "s"]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            seconds = float(value)
        else:
            raise mismatch(self, value)
        if not self.least <= seconds < float("inf"):
            raise InvalidValue(f"expected {self.least:g} seconds at least, not {quoted(value)}.")
        return seconds


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    expected: str = "true or false"
    metavar: str = ""

    def read(self, value: object) -> bool:
        """A bool, also of the words that environments use."""
        if isinstance(value, bool):
            return value
        word = value.strip().lower() if isinstance(value, str) else ""
        if word not in _SWITCH:
            raise mismatch(self, value)
        return _SWITCH[word]


@dataclass(frozen=True, slots=True)
class Strictness:
    """`strict` or `lenient`; in a file also a table with `strict`."""

    expected: str = "strict or lenient"
    metavar: str = "[strict|lenient]"

    def read(self, value: object) -> str:
        """The word."""
        if isinstance(value, dict) and set(value) <= {"strict"}:
            return "strict" if Switch().read(value.get("strict", False)) else "lenient"
        if value not in ("strict", "lenient"):
            raise mismatch(self, value)
        return str(value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text without control characters."""

    expected: str
    metavar: str

    def read(self, value: object) -> str:
        """The text, not empty."""
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise mismatch(self, value)
        return value


@dataclass(frozen=True, slots=True)
class File:
    """A file, or with another `expected` a directory; whether it exists is found when it
    is used.
    """

    expected: str = "a file"
    metavar: str = "FILE"

    def read(self, value: object) -> Path:
        """A path relative to the current directory."""
        if not isinstance(value, str | Path) or not str(value):
            raise mismatch(self, value)

        name = str(value)
        if name == "-":
            raise mismatch(self, value, " Standard input and output cannot take its place.")
        if "://" in name:
            raise mismatch(self, value, " A URL is not read.")
        if not name.isprintable():
            # Reports are UTF-8 and one line a path; a name of other bytes could not be shown in
            # them.
            raise mismatch(self, value, " Its name must be printable UTF-8.")
        return Path(name)


@dataclass(frozen=True, slots=True)
class Many:
    """Several values of one kind: a list, a repeated flag, or a text with commas."""

    each: Kind

    @property
    def expected(self) -> str:
        """What each of them is."""
        return f"a list, or a text with commas, of which each part is {self.each.expected}"

    @property
    def metavar(self) -> str:
        """That of each."""
        return self.each.metavar

    def read(self, value: object) -> tuple[Any, ...]:
        """The values in their order."""
        if not isinstance(value, str | list | tuple):
            raise mismatch(self, value)
        return tuple(self.each.read(part) for part in parts(value))


def parts(value: str | list[Any] | tuple[Any, ...]) -> list[Any]:
    """The parts of a text with commas, without the blanks around them; those of a list as
    they are.
    """
    if not isinstance(value, str):
        return list(value)
    stripped = (part.strip(" ") for part in value.split(","))
    return [part for part in stripped if part]
