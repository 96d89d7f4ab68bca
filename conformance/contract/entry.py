"""Reading `x-conformance`, key by key: a wrong value is an error with its file, line and what is
expected.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.contract.origins import Origins
    from conformance.contract.source import Key

NAME = "x-conformance"


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of the overlaid document, with the place that it was written at.

    Each reader raises ContractError where the value is missing (and no default is given) or of
    another kind.
    """

    values: dict[str, Any]
    keys: tuple[Key, ...]
    origins: Origins
    subject: str  # whose it is, for the first words of an error

    @classmethod
    def of(cls, value: Any, keys: tuple[Key, ...], origins: Origins, subject: str) -> Entry:
        """The object at a path of keys, empty where there is none."""
        entry = cls({}, keys, origins, subject)
        if value is None:
            return entry
        if not isinstance(value, dict):
            entry.fail("", f"expected an object, it is {value!r}")
        return cls(value, keys, origins, subject)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def fail(self, name: str, problem: str) -> NoReturn:
        """Raise ContractError about one of the values, or about the object itself."""
        keys = (*self.keys, name) if name else self.keys
        shown = [str(key) for key in keys[keys.index(NAME) + 1 :]] if NAME in keys else []
        path = f"{'.'.join(shown)}: " if shown else ""
        raise ContractError(f"{self.origins.place(*keys)}: {self.subject}: {path}{problem}.")

    def only(self, names: Iterable[str]) -> None:
        """Raise ContractError for a key that is none of the names; nothing would ever read it."""
        known = list(names)
        for name in self.values:
            if name not in known and not name.startswith("x-"):
                self.fail(name, f"no check reads {name}{_hint(name, known)}")

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self._there(name, "a text")
        if not isinstance(value, str) or not value:
            self.fail(name, f"expected a text, it is {value!r}")
        return value

    def optional_text(self, name: str) -> str | None:
        """The same, none where it is left out."""
        return self.text(name) if name in self else None

    def count(self, name: str, minimum: int = 0) -> int:
        """A whole number, not below a minimum."""
        value = self._there(name, "a whole number")
        if type(value) is not int or value < minimum:
            self.fail(name, f"expected a whole number from {minimum} on, it is {value!r}")
        return value

    def pointer(self, name: str) -> str:
        """A JSON Pointer (RFC 6901)."""
        value = self._there(name, "a JSON Pointer such as /data")
        if not isinstance(value, str) or not (value == "" or value.startswith("/")):
            self.fail(name, f"expected a JSON Pointer such as /data, it is {value!r}")
        return value

    def optional_pointer(self, name: str) -> str | None:
        """The same, none where it is left out."""
        return self.pointer(name) if name in self else None

    def switch(self, name: str) -> bool:
        """True or false; false where it is left out."""
        value = self.values.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.fail(name, f"expected true or false, it is {value!r}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty where it is left out."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(name, f"expected a list of texts, it is {value!r}")
        return tuple(value)

    def pointers(self, name: str) -> tuple[str, ...]:
        """A list of JSON Pointers, empty where it is left out."""
        values = self.texts(name)
        for value in values:
            if not value.startswith("/"):
                self.fail(name, f"expected JSON Pointers such as /status, one is {value!r}")
        return values

    def within(self, name: str) -> Entry:
        """The object under a key, empty where it is left out."""
        keys = (*self.keys, name)
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            self.fail(name, f"expected an object, it is {value!r}")
        return Entry(value or {}, keys, self.origins, self.subject)

    def each(self, name: str) -> list[Entry]:
        """The objects of a list, none where it is left out."""
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(name, f"expected a list, it is {value!r}")
        return [
            Entry.of(item, (*self.keys, name, index), self.origins, self.subject)
            for index, item in enumerate(value)
        ]

    def _there(self, name: str, expected: str) -> Any:
        if name not in self:
            self.fail("", f"{name} is missing; expected {expected}")
        return self.values[name]


def _hint(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; it reads {', '.join(known)}"
