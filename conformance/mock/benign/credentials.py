"""Keys of another alphabet or length; a key is whatever the account was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import REGIONS, benign

if TYPE_CHECKING:
    from conformance.mock.service import Service


@benign(keys={region: f"fk.mock-{region}_~9Zq+Lm/8Yw=Xr==" for region in REGIONS})
def keys_of_every_character(service: Service) -> None:
    """Keys have every character that a token may have (RFC 6750 2.1)."""
    assert service.key


@benign(keys={region: f"eyJhbGciOiJIUzI1NiJ9.{region}." + "Zm9ybWFudA" * 60 for region in REGIONS})
def long_keys(service: Service) -> None:
    """Keys are as long as signed tokens."""
    assert len(service.key) > 500


@benign(keys={"global": "Kq7-Zt2.Wb9x", "india": "Rn4_Yd8~Hc3v"})
def short_keys(service: Service) -> None:
    """Keys have twelve characters."""
    assert len(service.key) == 12
