"""The benign variants, one file for each kind of difference; importing them registers them."""

from __future__ import annotations

from conformance.mock.benign import (
    credentials,
    forms,
    headers,
    moving,
    orders,
    parameters,
    readings,
    resources,
    sizes,
    transports,
    writes,
)

MODULES = (
    credentials,
    forms,
    headers,
    moving,
    orders,
    parameters,
    readings,
    resources,
    sizes,
    transports,
    writes,
)
