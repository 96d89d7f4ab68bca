"""Accounts of other sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import benign

if TYPE_CHECKING:
    from conformance.mock.service import Service


@benign(expected="unverified")
def empty_account(service: Service) -> None:
    """No row at all: nothing to be wrong with, and no evidence either."""
    service.population = replace(service.population, rows=0)
