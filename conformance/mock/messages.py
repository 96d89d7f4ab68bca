"""A call and its answer, as values: what the service sees of HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Call:
    """One request, already parsed; header names are lower case."""

    method: str = "GET"
    path: str = "/v1/batch-calls"
    query: str = ""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""
    version: str = "1.1"

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query's pairs in order; broken percent-encoding stays as it came."""
        return parse_qsl(self.query, keep_blank_values=True, errors="replace") if self.query else []

    def values(self, name: str) -> list[str]:
        """Every value of a query parameter."""
        return [value for key, value in self.parameters if key == name]

    def header(self, name: bytes) -> list[bytes]:
        """Every value of a header field."""
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, and the manner in which the transport sends it."""

    status: int
    headers: dict[str, str]
    body: bytes
    delay: float = 0.0
    chunked: bool = False
    reset: bool = False
    version: bytes = b"1.1"

    def with_headers(self, **fields: str) -> Answer:
        """Add or replace header fields; `_` in a name stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return replace(self, headers={**self.headers, **named})

    def without_headers(self, *names: str) -> Answer:
        """Leave header fields out."""
        return replace(self, headers={k: v for k, v in self.headers.items() if k not in names})


@dataclass(frozen=True, slots=True)
class Window:
    """What a list request asks for."""

    agent_id: int | None = None
    limit: int = 20
    offset: int = 0
