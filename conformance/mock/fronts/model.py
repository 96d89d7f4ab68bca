"""The parts of a front: what comes in, what goes out, and the registry of behaviours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came in; `number` counts from 0, `age` is in seconds from the first one.

    `turn` counts the requests of its connection, which was unused for `idle` seconds before.
    """

    method: str
    target: str
    headers: Fields
    body: bytes
    number: int
    age: float
    turn: int = 0
    idle: float = 0.0

    def asked_for(self, name: str) -> str:
        """The first value of a parameter in the query, or nothing."""
        return parse_qs(urlsplit(self.target).query).get(name, [""])[0]

    def field(self, name: str) -> str:
        """The value of a header field, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def has_key(self) -> bool:
        """Whether it carries a bearer token."""
        return self.field("authorization").startswith("Bearer ")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `after` is how many seconds pass before it is sent.

    Of a `cut` one so many bytes are sent before the connection breaks; with `closes` it ends after
    the answer, unannounced. `early` is sent as it is before the answer. With `trailers` the body
    goes in chunks, and these fields after it. In HTTP/1.0 the body ends with the connection.
    """

    status: int
    headers: Fields = ()
    body: bytes = b""
    after: float = 0.0
    cut: int | None = None
    closes: bool = False
    early: bytes = b""
    trailers: Fields | None = None
    version: str = "HTTP/1.1"

    def header(self, name: str) -> str | None:
        """The value of a field."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def with_header(self, name: str, value: str) -> Reply:
        """The reply with another value of a field."""
        others = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=(*others, (name, value)))

    def with_json(self, change: Callable[[Any], Any]) -> Reply:
        """The reply with its body changed, where that is a list's page."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return self
        if not isinstance(content, dict) or not isinstance(content.get("data"), list):
            return self
        return replace(self, body=json.dumps(change(content)).encode())


Ask = Callable[[], Reply]  # hands the call on to the server behind
Front = Callable[[Call, Ask], Reply]
Make = Callable[[], Front]


@dataclass(frozen=True, slots=True)
class Entry:
    """A front by its name: what it is like, and how one is made."""

    name: str
    sentence: str
    make: Make = field(repr=False)


FRONTS: dict[str, Entry] = {}


def front(make: Make) -> Make:
    """Register a front under its function's name; its docstring is the sentence."""
    name = make.__name__.replace("_", "-")
    assert name not in FRONTS, name
    FRONTS[name] = Entry(name, " ".join((make.__doc__ or "").split()), make)
    return make


def page(status: int, text: str = "blocked", **headers: str) -> Reply:
    """A page for people, as servers of the edge write it."""
    fields = {"content-type": "text/html", "server": "edge-gw/2.1", "via": "1.1 edge"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"<!doctype html><html><title>{text}</title><h1>{status}</h1></html>"
    return Reply(status, tuple((fields | named).items()), body.encode())


def refusal(status: int, kind: str, message: str, **headers: str) -> Reply:
    """A refusal in the envelope of the API."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    fields = {"content-type": "application/json"} | named
    body = json.dumps({"error": {"message": message, "type": kind}})
    return Reply(status, tuple(fields.items()), body.encode())


def unknown_key() -> Reply:
    """The API's own refusal of a key."""
    words = "invalid or missing api key"
    return refusal(401, "authentication_error", words, www_authenticate="Bearer")
