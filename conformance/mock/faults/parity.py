"""Faults that only comparing regions shows: one region differs and breaks nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.store import OLDEST_FIRST

if TYPE_CHECKING:
    from conformance.mock.service import Service

INDIA = ("india",)


@fault("PAR-04", regions=INDIA)
def one_region_oldest_first(service: Service) -> None:
    """One region lists its oldest rows first."""
    service.order = OLDEST_FIRST
