"""The faults, one file for each area; importing them registers them."""

from __future__ import annotations

from conformance.mock.faults import (
    authentication,
    filters,
    has_more,
    parity,
    robustness,
    schema,
    total,
)

MODULES = (authentication, filters, has_more, parity, robustness, schema, total)
