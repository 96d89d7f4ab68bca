"""Faults of `total`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import envelope

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("PAG-04")
def total_is_page_length(service: Service) -> None:
    """`total` is the number of rows on the page; `has_more` stays right."""
    service.envelope = lambda items, more, total: envelope(items, more, len(items))


@fault("PAG-02")
def total_one_too_many(service: Service) -> None:
    """`total` is one more than there are rows; `has_more` stays right."""
    service.envelope = lambda items, more, total: envelope(items, more, total + 1)
