"""Faults of the `Authorization` field: other schemes, malformed values."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.wrappers import fail, let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Call
    from conformance.mock.service import Service


@fault("AUT-04")
def any_scheme_accepted(service: Service) -> None:
    """The key is let in under any scheme."""
    _scheme(service, lambda scheme: True)


@fault("AUT-04")
def token_scheme_accepted(service: Service) -> None:
    """The key is let in under the scheme `Token`."""
    _scheme(service, lambda scheme: scheme == b"token")


@fault("AUT-04")
def api_key_scheme_accepted(service: Service) -> None:
    """The key is let in under the scheme `ApiKey`."""
    _scheme(service, lambda scheme: scheme == b"apikey")


@fault("AUT-04")
def key_without_scheme_accepted(service: Service) -> None:
    """The key is let in with no scheme before it."""
    let_in(service, lambda call: call.header(b"authorization") == [service.key.encode()])


@fault("AUT-04")
def basic_accepted(service: Service) -> None:
    """The key is let in under `Basic`, as it is or in base64, as user or as password."""
    let_in(service, lambda call: service.key in _basic(call))


@fault("AUT-05")
def no_space_accepted(service: Service) -> None:
    """`Bearer` and the key are let in without a space between them."""
    let_in(
        service, lambda call: call.header(b"authorization") == [b"Bearer" + service.key.encode()]
    )


@fault("AUT-05")
def repeated_header_accepted(service: Service) -> None:
    """Two `Authorization` fields are let in where one has the key."""
    let_in(
        service,
        lambda call: (
            b"Bearer " + service.key.encode() in (fields := call.header(b"authorization"))
            and len(fields) > 1
        ),
    )


@fault("AUT-05")
def header_without_space_fails(service: Service) -> None:
    """A header without a space gives 500."""
    _fails(service, lambda value: b" " not in value.strip())


@fault("AUT-05")
def non_ascii_header_fails(service: Service) -> None:
    """A header with bytes beyond ASCII gives 500."""
    _fails(service, lambda value: not value.isascii())


@fault("AUT-05")
def long_header_fails(service: Service) -> None:
    """A header of more than 8000 bytes gives 500."""
    _fails(service, lambda value: len(value) > 8000)


@fault("AUT-05")
def repeated_header_fails(service: Service) -> None:
    """Two `Authorization` fields give 500."""
    authenticate = service.authenticate
    service.authenticate = lambda call: (
        fail() if len(call.header(b"authorization")) > 1 else authenticate(call)
    )


def _scheme(service: Service, accepts: Callable[[bytes], bool]) -> None:
    def presented(call: Call) -> bool:
        scheme, _, token = b"".join(call.header(b"authorization")).partition(b" ")
        return accepts(scheme.lower()) and token.strip() == service.key.encode()

    let_in(service, presented)


def _basic(call: Call) -> list[str]:
    scheme, _, token = b"".join(call.header(b"authorization")).partition(b" ")
    if scheme.lower() != b"basic":
        return []
    try:
        return [token.decode(), *b64decode(token, validate=True).decode().split(":")]
    except ValueError:
        return [token.decode("latin-1")]


def _fails(service: Service, when: Callable[[bytes], bool]) -> None:
    authenticate = service.authenticate
    service.authenticate = lambda call: (
        fail() if any(map(when, call.header(b"authorization"))) else authenticate(call)
    )
