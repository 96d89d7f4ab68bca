"""Faults of authentication: who gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("AUT-02")
def authentication_off(service: Service) -> None:
    """No key is asked for."""
    service.authenticate = lambda call: True


@fault("AUT-03")
def token_prefix_accepted(service: Service) -> None:
    """Any beginning of the key of at least ten characters is let in."""
    service.accepts = lambda token: len(token) >= 10 and service.key.encode().startswith(token)
