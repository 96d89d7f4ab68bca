"""An answer as it came off the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Response:
    """An answer as it came; its text form shows nothing that a server could have echoed a
    key in.
    """

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    coded: bool = False  # whether Content-Encoding names a coding that could not be undone

    @cached_property
    def _fields(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.headers:
            name = name.lower()
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found

    def header(self, name: str) -> str | None:
        """The values of a header (its name in lower case), joined; none where it is absent."""
        return self._fields.get(name)
