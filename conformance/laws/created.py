"""What an answer says was created, and where that is: in its body, or in its `Location`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from conformance.contract import pointer
from conformance.laws.items import identified
from conformance.laws.urls import origin

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.contract.parts_of_operation import Creation

DOTS = (".", "..")  # as a segment of a path they lead to another one (RFC 3986 5.2.4)
SENDABLE = re.compile(r"[\x21-\x7e]+")
PLACEHOLDER = "{"  # what stands for a key in a request is never taken from an answer


def identity_of(exchange: Exchange, creation: Creation) -> Any:
    """The identity of what an answer says was created: the body's, else the one in its `Location`;
    none where it does not say.
    """
    if not exchange.ok:
        return None
    found = (pointer.get(each, creation.identity) for each in identified(exchange.json))
    usable = (value for value in found if type(value) in (int, str) and value not in ("", *DOTS))
    identity = next(usable, None)
    return _located(exchange, creation) if identity is None else identity


def _located(exchange: Exchange, creation: Creation) -> str | None:
    """The identity in the path to which `Location` leads, where that is the path of an item."""
    target = location_of(exchange)
    if target is None:
        return None
    before, _, after = creation.path.partition(f"{{{creation.name}}}")
    pattern = f"{_like(before)}([^/]+){_like(after)}"
    match = re.fullmatch(pattern, target.partition("?")[0])
    identity = unquote(match[1]) if match else ""
    return None if identity in ("", *DOTS) or "/" in identity else identity


def _like(template: str) -> str:
    """A pattern for a part of a path, other names of which have values that are not known here."""
    return "[^/]+".join(re.escape(text) for text in re.split(r"\{[^}]*\}", template))


def location_of(exchange: Exchange) -> str | None:
    """The target to which the `Location` of an answer leads (RFC 9110 10.2.2), from the base URL on.

    None where there is none, and where it leads to another origin or out of the base URL: that is
    never asked.
    """
    location = exchange.response.header("location") if exchange.response else None
    if not location or PLACEHOLDER in location:
        return None
    try:
        url = urljoin(exchange.base + exchange.request.path, location)
        if origin(url) != origin(exchange.base):
            return None
    except ValueError:
        return None

    parts, prefix = urlsplit(url), urlsplit(exchange.base).path.rstrip("/")
    if not parts.path.startswith(f"{prefix}/"):
        return None
    path = parts.path.removeprefix(prefix)
    target = f"{path}?{parts.query}" if parts.query else path
    return target if SENDABLE.fullmatch(target) else None
