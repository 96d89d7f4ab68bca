"""Cookies in what is shown: their names alone, for a value may open as much as a key does."""

from __future__ import annotations

from conformance.client.placeholders import holds_key

CONCEALED = "[redacted]"


def concealed(name: str, value: str) -> str:
    """The value of a header field as it may be shown: of cookies no value but a key's placeholder."""
    if name.lower() == "cookie":
        return "; ".join(_without_value(pair.strip()) for pair in value.split(";"))
    if name.lower() == "set-cookie":
        pair, semicolon, attributes = value.partition(";")
        return _without_value(pair) + semicolon + attributes
    return value


def _without_value(pair: str) -> str:
    name, equals, value = pair.partition("=")
    if not equals or not value or holds_key(value):
        return pair
    return f"{name}={CONCEALED}"
