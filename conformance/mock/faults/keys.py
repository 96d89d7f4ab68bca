"""Faults of keys that are compared loosely: one that is nearly right gets in."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.service import Service


@fault("AUT-03")
def key_prefix_is_enough(service: Service) -> None:
    """The first half of the characters is compared."""
    _alike(service, lambda token, key: token[: len(key) // 2] == key[: len(key) // 2])


@fault("AUT-03")
def key_suffix_is_enough(service: Service) -> None:
    """The last four characters are compared."""
    _alike(service, lambda token, key: token[-4:] == key[-4:])


@fault("AUT-03")
def third_character_ignored(service: Service) -> None:
    """The third character of a key is not compared."""
    _ignoring(service, 2)


@fault("AUT-03")
def middle_character_ignored(service: Service) -> None:
    """The character in the middle of a key is not compared."""
    _ignoring(service, None)


@fault("AUT-03")
def last_but_two_ignored(service: Service) -> None:
    """The last character but two of a key is not compared."""
    _ignoring(service, -3)


@fault("AUT-03")
def separators_ignored(service: Service) -> None:
    """Underscores and hyphens in a key are not compared."""
    _folded(service, lambda token: token.replace(b"_", b"").replace(b"-", b""))


@fault("AUT-03")
def key_percent_decoded(service: Service) -> None:
    """A key that is percent-encoded is decoded first."""
    _folded(service, unquote_to_bytes)


@fault("AUT-03")
def key_in_base64(service: Service) -> None:
    """The key in base64 is accepted."""
    _alike(service, lambda token, key: token == base64.b64encode(key))


@fault("AUT-03")
def key_in_hex(service: Service) -> None:
    """The key in hexadecimal is accepted."""
    _alike(service, lambda token, key: token == key.hex().encode())


@fault("AUT-03")
def key_reversed(service: Service) -> None:
    """The key backwards is accepted."""
    _alike(service, lambda token, key: token == key[::-1])


@fault("AUT-03")
def key_trimmed(service: Service) -> None:
    """Characters behind the key are cut off: `=` and dots."""
    _folded(service, lambda token: token.rstrip(b"=."))


@fault("AUT-03")
def key_repeated(service: Service) -> None:
    """The key twice in a row is accepted."""
    _alike(service, lambda token, key: token == key + key)


def _alike(service: Service, alike: Callable[[bytes, bytes], bool]) -> None:
    accepts, key = service.accepts, service.key.encode()
    service.accepts = lambda token: accepts(token) or alike(token, key)


def _folded(service: Service, fold: Callable[[bytes], bytes]) -> None:
    _alike(service, lambda token, key: fold(token) == fold(key))


def _ignoring(service: Service, position: int | None) -> None:
    """One position is not compared; None: the one in the middle."""

    def without(token: bytes) -> bytes:
        at = len(token) // 2 if position is None else position % len(token)
        return token[:at] + token[at + 1 :]

    _alike(service, lambda token, key: len(token) == len(key) and without(token) == without(key))
