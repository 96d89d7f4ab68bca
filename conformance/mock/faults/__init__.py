"""The faults, one file for each area; importing them registers them."""

from __future__ import annotations

from conformance.mock.faults import (
    authentication,
    bodies,
    errors,
    filters,
    forms,
    has_more,
    hostile,
    limit,
    offset,
    order,
    parameters,
    parity,
    properties,
    refusals,
    requests,
    schemes,
    stability,
    total,
)

MODULES = (
    authentication,
    bodies,
    errors,
    filters,
    forms,
    has_more,
    hostile,
    limit,
    offset,
    order,
    parameters,
    parity,
    properties,
    refusals,
    requests,
    schemes,
    stability,
    total,
)
