"""How a region is reached: through which proxy, trusting whom, with which fields of its own."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


CERTIFICATE = ("--cert", "--key")  # options of curl, each with a value


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy, and what it is shown as credentials (RFC 9110 11.7.2)."""

    host: str
    port: int
    user: str | None = field(default=None, repr=False)  # `user:password`

    def __str__(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}"

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that are for the proxy alone."""
        if self.user is None:
            return ()
        token = base64.b64encode(self.user.encode()).decode()
        return (("Proxy-Authorization", f"Basic {token}"),)


@dataclass(frozen=True, slots=True)
class Field:
    """A header field that every request gets: its value, and what a report shows of that."""

    name: str
    value: str = field(repr=False)
    shown: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What every connection and every request to a region has in common.

    `tls` is the context of https; none is the system's. `bare_tls` is the same without the client's
    certificate, where there is one. `run` is the id of the run, by which client
    and requests name themselves; without one they name themselves in no way. `options` are those
    that curl needs for the same.
    """

    proxy: Proxy | None = None
    tls: ssl.SSLContext | None = None
    fields: tuple[Field, ...] = ()
    run: str | None = ""
    options: tuple[str, ...] = ()
    bare_tls: ssl.SSLContext | None = None

    def options_of(self, *, certificate: bool) -> tuple[str, ...]:
        """What curl needs, with the client's certificate or without it."""
        if certificate:
            return self.options
        names = [number for number, word in enumerate(self.options) if word in CERTIFICATE]
        left_out = {number + more for number in names for more in (0, 1)}
        return tuple(word for at, word in enumerate(self.options) if at not in left_out)
