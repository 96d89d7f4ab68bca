"""A request as a sample would send it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

# What a reader of the page is to replace.
PLACEHOLDER = re.compile(
    r"<[^<>]*>|\$\{?\w+\}?|\{\{?\w+\}?\}|\bYOUR[-_ ]?\w*|\b\w*(?:API[-_]?KEY|TOKEN)\b|\.\.\.", re.I
)

Headers = tuple[tuple[str, str], ...]


class CannotBeRead(Exception):
    """What a sample sends depends on more than its text; the message says on what."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Method, URL with its query, header fields, and the body as text."""

    method: str
    url: str
    headers: Headers = ()
    body: str | None = None

    def header(self, name: str) -> str | None:
        """The value of a field; names have no case (RFC 9110 5.1)."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def shown(self) -> str:
        """In one line, without what the header fields hold."""
        names = ", ".join(name for name, _ in self.headers)
        parts = [f"{self.method} {self.url}"]
        parts += [f"with {names}"] if names else []
        parts += [f"and the body {self.body[:80]}"] if self.body is not None else []
        return " ".join(parts)


def is_placeholder(value: str) -> bool:
    """Whether a value stands for one that the reader has."""
    return PLACEHOLDER.search(value) is not None


def with_query(url: str, query: Any) -> str:
    """The URL with further parameters; those without a value are left out."""
    if not query:
        return url
    pairs = query.items() if isinstance(query, dict) else query
    given = [(name, _text(value)) for name, value in pairs if value is not None]
    text = urlencode(given, doseq=True, safe="<>{}$")
    return f"{url}{'&' if '?' in url else '?'}{text}" if text else url


def fields(headers: Any) -> Headers:
    """Header fields from an object of them."""
    if not isinstance(headers, dict):
        return ()
    return tuple((str(name), str(value)) for name, value in headers.items() if value is not None)


def as_json(value: Any) -> str:
    """A value as the body of a request."""
    return json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> Any:
    """A parameter's value as text; of a list each entry is one parameter."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
