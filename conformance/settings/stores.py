"""Where failing requests are kept: a directory, a Redis that several machines share, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from conformance.settings.errors import InvalidValue
from conformance.settings.kinds import File, mismatch

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("redis", "rediss")


class RedisStore:
    """A Redis by its URL; its text leaves out the credentials that the URL may hold."""

    def __init__(self, url: str) -> None:
        self.exact = url  # for processes of the run, and for nothing that is written

    @property
    def password(self) -> str:
        """The password of the URL, as it is sent; empty without one."""
        return unquote(urlsplit(self.exact).password or "")

    def __str__(self) -> str:
        parts = urlsplit(self.exact)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def __repr__(self) -> str:
        return f"RedisStore({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RedisStore) and self.exact == other.exact

    def __hash__(self) -> int:
        return hash(self.exact)


@dataclass(frozen=True, slots=True)
class Stores:
    """A directory or the URL of a Redis, as in `redis://cache.example:6379/0`."""

    expected: str = "a directory or redis://HOST:PORT/NUMBER"
    metavar: str = "DIR|URL"

    def read(self, value: object) -> Path | RedisStore:
        """The store; a URL is repeated in no message, for it may hold a password."""
        if isinstance(value, RedisStore):
            return value
        if not isinstance(value, str) or "://" not in value:
            return File(self.expected, self.metavar).read(value)
        _must_be_redis(self, value)
        return RedisStore(value)


def _must_be_redis(kind: Stores, url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise mismatch(kind, url)
    number = parts.path.removeprefix("/")
    if parts.query or parts.fragment or not (number.isdecimal() or not number):
        raise InvalidValue("the URL of a Redis ends with the number of its database.")
