"""From options to services: one for each region, wearing what was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.credentials import keys
from conformance.mock.registry import resolve
from conformance.mock.seeding import POPULATIONS
from conformance.mock.service import Service

if TYPE_CHECKING:
    from conformance.mock.options import MockOptions


def services(options: MockOptions) -> dict[str, Service]:
    """Build each region's service; entries are installed in the order they were named."""
    selected = resolve(options.faults)
    built = {}
    for region, population in POPULATIONS.items():
        rows = population.rows if options.rows is None else options.rows
        service = Service(region, replace(population, rows=rows, seed=options.seed), keys(options))
        for entry in selected:
            if entry.applies_to(region):
                entry.entry.install(service)
        built[region] = service
    return built
