"""Faults of `total`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.wrappers import each_page, each_total

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("PAG-04")
def total_is_page_length(service: Service) -> None:
    """`total` is the number of rows on the page."""
    each_page(service, lambda page: page | {"total": len(page["data"])})


@fault("PAG-04")
def total_is_what_remains(service: Service) -> None:
    """`total` counts the rows from `offset` on."""
    each_total(service, lambda window, total: max(0, total - window.offset))


@fault("PAG-04")
def total_rounded_up_to_pages(service: Service) -> None:
    """`total` is rounded up to whole pages of `limit` rows."""
    each_total(service, lambda window, total: -(-total // window.limit) * window.limit)


@fault("PAG-04")
def total_counts_pages(service: Service) -> None:
    """`total` is the number of pages."""
    each_total(service, lambda window, total: -(-total // window.limit))


@fault("PAG-04")
def total_only_on_first_page(service: Service) -> None:
    """`total` is -1 on every page but the first."""
    each_total(service, lambda window, total: -1 if window.offset else total)


@fault("PAG-02")
def total_one_too_many(service: Service) -> None:
    """`total` is one more than there are rows."""
    each_total(service, lambda window, total: total + 1)


@fault("PAG-02")
def total_one_too_few(service: Service) -> None:
    """`total` is one less than there are rows."""
    each_total(service, lambda window, total: max(0, total - 1))


@fault("PAG-02")
def total_capped(service: Service) -> None:
    """`total` never exceeds 50."""
    each_total(service, lambda window, total: min(50, total))


@fault("PAG-02")
def total_counts_deleted_rows(service: Service) -> None:
    """`total` counts five rows that no list shows."""
    count = service.count
    service.count = lambda window: count(window) + 5


@fault("PAG-02")
def total_minus_one(service: Service) -> None:
    """`total` is -1: not counted."""
    each_total(service, lambda window, total: -1)


@fault("PAG-09")
def total_zero_past_the_end(service: Service) -> None:
    """`total` is 0 on pages past the end."""
    each_total(service, lambda window, total: 0 if window.offset >= total else total)


@fault("FIL-03")
def total_unfiltered(service: Service) -> None:
    """`total` counts all rows, filtered or not."""
    each_total(service, lambda window, total: service.store.total() if total else 0)


@fault("SCH-05")
def total_a_string(service: Service) -> None:
    """`total` is a string of digits."""
    each_page(service, lambda page: page | {"total": str(page["total"])})


@fault("SCH-05")
def total_a_float(service: Service) -> None:
    """`total` is a number with a decimal point."""
    each_page(service, lambda page: page | {"total": float(page["total"])})


@fault("SCH-03")
def total_null_past_the_first_page(service: Service) -> None:
    """`total` is null on a page that is not the first."""
    # The wrong type is the fault.
    each_total(service, lambda window, total: None if window.offset else total)  # type: ignore[arg-type, return-value]  # a total that is null is the fault


@fault("SCH-04")
def total_missing(service: Service) -> None:
    """The envelope has no `total`."""
    each_page(service, lambda page: {key: page[key] for key in ("data", "has_more")})


@fault("SCH-04")
def total_missing_at_the_end(service: Service) -> None:
    """The envelope has no `total` where no row follows."""
    each_page(
        service,
        lambda page: page if page["has_more"] else {key: page[key] for key in ("data", "has_more")},
    )
