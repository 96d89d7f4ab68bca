"""Faults of `has_more`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import has_more

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("PAG-03")
def has_more_always(service: Service) -> None:
    """`has_more` is true on every page."""
    service.has_more = lambda window, shown, total: True


@fault("PAG-03")
def has_more_never(service: Service) -> None:
    """`has_more` is false on every page."""
    service.has_more = lambda window, shown, total: False


@fault("PAG-03")
def has_more_on_exact_last_page(service: Service) -> None:
    """`has_more` is true on the last page where the pages divide `total` exactly."""
    service.has_more = lambda window, shown, total: (
        has_more(window, shown, total) or (shown > 0 and total % window.limit == 0)
    )


@fault("PAG-03")
def has_more_when_page_is_full(service: Service) -> None:
    """`has_more` says whether the page holds `limit` rows."""
    service.has_more = lambda window, shown, total: shown == window.limit
