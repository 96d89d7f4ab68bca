"""Regions: `NAME=URL`, with names that a variable and a report can carry and URLs that hold no
secret.

A base URL is scheme, host, port and path (RFC 3986 3). User information, a query and a fragment are refused,
and never repeated in a message: each may hold a credential, and a base URL stands in every report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Any

from conformance.settings.errors import InvalidValue, quoted
from conformance.settings.kinds import mismatch, parts

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_LABEL = re.compile(
    r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?", re.ASCII
)  # RFC 1035 2.3.1, and `_`
_PATH = re.compile(r"(/([A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*)*", re.ASCII)  # RFC 3986 3.3
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Regions:
    """Base URLs by the name of the region: a table, a list of NAME=URL, or a text with commas."""

    expected: str = "NAME=URL, as in india=https://api.example.com"
    metavar: str = "NAME=URL"

    def read(self, value: object) -> dict[str, str]:
        """The regions in their order, each URL checked and without a slash at its end."""
        if isinstance(value, dict):
            pairs = list(value.items())
        elif isinstance(value, str | list | tuple):
            pairs = [self._pair(part) for part in parts(value)]
        else:
            raise mismatch(self, value)
        if isinstance(value, str) and not pairs:
            raise mismatch(self, value)

        regions: dict[str, str] = {}
        for name, url in pairs:
            _must_be_name(name)
            if name in regions:
                raise InvalidValue(f"region {name} is named twice.")
            regions[name] = base_url(name, url)
        return regions

    def _pair(self, part: Any) -> tuple[str, str]:
        name, separator, url = part.partition("=") if isinstance(part, str) else ("", "", "")
        if not separator or "://" in name:
            raise mismatch(self, part)
        return name, url


def base_url(region: str, url: object) -> str:
    """The base URL of a region as requests are built on it; raises InvalidValue with what
    is wrong.
    """
    try:
        return _base_url(url)
    except InvalidValue as error:
        raise InvalidValue(f"region {region}: {error}") from None


def _base_url(url: object) -> str:
    if not isinstance(url, str):
        raise InvalidValue(f"expected a URL, not {quoted(url)}.")
    if not url.isprintable() or " " in url:
        raise InvalidValue("its URL holds a space or a control character.")
    _must_hold_no_secret(url)

    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in _SCHEMES:
        raise InvalidValue(
            f"expected a URL that starts with http:// or https://, not {quoted(url)}."
        )

    authority, slash, path = rest.partition("/")
    if not _PATH.fullmatch(slash + path):
        raise InvalidValue(
            f"the path {quoted(slash + path)} holds a character that must be percent-encoded."
        )
    host, port = _split(authority)
    return f"{scheme.lower()}://{_host(host)}{_port(port)}{slash}{path}".rstrip("/")


def _must_hold_no_secret(url: str) -> None:
    if "@" in url:
        raise InvalidValue(
            "its URL holds user information (what stands before an @). Keys are read from the environment; "
            "an @ of a path is written %40."
        )
    for character, part in (("?", "a query"), ("#", "a fragment")):
        if character in url:
            raise InvalidValue(
                f"its URL holds {part} (from {character} on). Give the base URL alone: the suite adds "
                "paths and queries."
            )


def _must_be_name(name: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InvalidValue(
            f"a region cannot be named {quoted(name)}. Use up to 40 letters, digits, - and _, "
            "a letter or digit first."
        )


def _split(authority: str) -> tuple[str, str | None]:
    """Host and port; no port is None, which an empty one (`host:`) is not."""
    if not authority.startswith("["):
        host, colon, port = authority.partition(":")
        return host, port if colon else None

    host, bracket, rest = authority.partition("]")
    if not bracket or not (rest == "" or rest.startswith(":")):
        raise InvalidValue(
            f"the host {quoted(authority)} needs a ] after the IPv6 address, then :PORT."
        )
    return host + bracket, rest[1:] if rest else None


def _port(port: str | None) -> str:
    if port is None:
        return ""
    is_number = port.isascii() and port.isdecimal() and len(port) <= 5
    if not is_number or not 1 <= int(port) <= 65535:
        raise InvalidValue(f"the port {quoted(port)} is no number from 1 to 65535.")
    return f":{int(port)}"


def _host(host: str) -> str:
    """The host in ASCII: an IP address or a domain name (RFC 3986 3.2.2, RFC 5890 for other
    scripts).
    """
    if not host:
        raise InvalidValue("its URL names no host.")
    if host.startswith("["):
        _must_be_address(IPv6Address, host[1:-1], "IPv6")
        return host

    name = _ascii(host)
    labels = name.removesuffix(".").split(".")
    if labels[-1].isdecimal():  # no domain of the root ends in digits, so this is an address
        _must_be_address(IPv4Address, name, "IPv4")
        return name
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidValue(
            f"the host {quoted(host)} is no domain name: labels of 1 to 63 letters, digits and - "
            "with dots between them."
        )
    return name


def _must_be_address(kind: type[IPv4Address] | type[IPv6Address], text: str, name: str) -> None:
    try:
        kind(text)
    except AddressValueError:
        raise InvalidValue(f"the host {quoted(text)} is no {name} address.") from None


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise InvalidValue(
            f"the host {quoted(host)} cannot be written as an ASCII domain name."
        ) from None
