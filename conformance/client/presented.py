"""A request as it goes out: the key filled in, and the fields that every client sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance import __version__
from conformance.client.credentials import edited
from conformance.client.request import KEY

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.request import Request

# Sent unless the request has a field of that name.
DEFAULTS = (("Accept-Encoding", "gzip"), ("User-Agent", f"formant-conformance/{__version__}"))


@dataclass(frozen=True, slots=True)
class Presented:
    """Method, target, fields and body with the key in them; never shown."""

    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: str | None = field(repr=False)
    version: str = "1.1"
    new_connection: bool = False
    absolute: bool = False


def presented(request: Request, secret: Secret) -> Presented:
    """The request with its key, altered as it asks for; a target carries it percent-encoded."""
    key = edited(secret.value, request.edit)
    own = {name.lower() for name, _ in request.headers} | {name.lower() for name in request.omit}
    defaults = [(name, value) for name, value in DEFAULTS if name.lower() not in own]
    body = request.body.replace(KEY, key) if request.body is not None else None
    return Presented(
        method=request.method,
        target=request.target.replace(KEY, quote(key, safe="")),
        headers=(*defaults, *((name, value.replace(KEY, key)) for name, value in request.headers)),
        body=body,
        version=request.version,
        new_connection=request.new_connection,
        absolute=request.absolute,
    )
