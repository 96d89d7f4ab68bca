"""Faults of the `agent_id` filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("FIL-01")
def filter_ignored(service: Service) -> None:
    """`agent_id` is read and not used."""
    service.parse_agent_id = lambda values: None
