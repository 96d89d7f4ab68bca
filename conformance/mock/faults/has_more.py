"""Faults of `has_more`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import has_more
from conformance.mock.wrappers import each_page

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
def has_more_inverted(service: Service) -> None:
    """`has_more` is true where no row follows, and false where one does."""
    service.has_more = lambda window, shown, total: not has_more(window, shown, total)


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


@fault("PAG-03")
def has_more_forgets_last_row(service: Service) -> None:
    """`has_more` is false where just one row follows."""
    service.has_more = lambda window, shown, total: window.offset + shown < total - 1


@fault("PAG-03")
def has_more_ignores_offset(service: Service) -> None:
    """`has_more` compares `total` with `limit` alone."""
    service.has_more = lambda window, shown, total: window.limit < total


@fault("PAG-03")
def has_more_false_past_row_40(service: Service) -> None:
    """`has_more` is false on every page that ends past row 40."""
    service.has_more = lambda window, shown, total: (
        window.offset + shown <= 40 and has_more(window, shown, total)
    )


@fault("PAG-09")
def has_more_past_the_end(service: Service) -> None:
    """`has_more` is true on the empty page past the end."""
    service.has_more = lambda window, shown, total: (
        window.offset >= total > 0 or has_more(window, shown, total)
    )


@fault("FIL-03")
def has_more_from_unfiltered_total(service: Service) -> None:
    """`has_more` compares with the number of all rows, filtered or not."""
    service.has_more = lambda window, shown, total: has_more(window, shown, service.store.total())


@fault("SCH-04")
def has_more_missing(service: Service) -> None:
    """The envelope has no `has_more`."""
    each_page(service, lambda page: {key: page[key] for key in ("data", "total")})


@fault("SCH-03")
def has_more_a_string(service: Service) -> None:
    """`has_more` is the word true or false as a string."""
    each_page(service, lambda page: page | {"has_more": str(page["has_more"]).lower()})


@fault("SCH-03")
def has_more_a_number(service: Service) -> None:
    """`has_more` is 1 or 0."""
    each_page(service, lambda page: page | {"has_more": int(page["has_more"])})


@fault("SCH-03")
def has_more_null_at_the_end(service: Service) -> None:
    """`has_more` is null where no row follows."""
    each_page(service, lambda page: page | {"has_more": page["has_more"] or None})
