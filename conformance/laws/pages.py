"""The laws of one page of limit/offset paging: how many rows, whether more follow, how many in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Listing


@dataclass(frozen=True, slots=True)
class Page:
    """One well-formed page: the window asked for, the rows, their identities, `has_more` and `total`."""

    offset: int
    limit: int
    rows: tuple[Any, ...]
    ids: tuple[Any, ...]
    has_more: bool
    total: int
    exchange: Exchange | None = None

    @property
    def shown(self) -> tuple[Exchange, ...]:
        """The exchange that proves it."""
        return (self.exchange,) if self.exchange else ()

    @property
    def end(self) -> int:
        """The offset behind the last row."""
        return self.offset + len(self.rows)


def read_page(exchange: Exchange, operation: Operation, offset: int, limit: int) -> Page | None:
    """The page that an answer holds, or none where it holds no well-formed one (the schema laws say why)."""
    pagination = operation.pagination
    assert pagination is not None
    if not exchange.ok or exchange.response is None:
        return None

    listing = pagination.read(exchange.json, exchange.response.header)
    if listing is None or listing.has_more is None or listing.total is None:
        return None
    return page_of(listing, operation, offset, limit, exchange)


def page_of(
    listing: Listing, operation: Operation, start: int, size: int, exchange: Exchange | None = None
) -> Page:
    """The page of a window that an answer was read into; it must say how many rows there are."""
    assert listing.has_more is not None
    assert listing.total is not None
    ids = tuple(identity(row, operation.row.identity) for row in listing.rows)
    return Page(start, size, listing.rows, ids, listing.has_more, listing.total, exchange)


def identity(row: Any, place: str | None) -> Any:
    """What tells a row from every other: its id, or where none is declared or there, the row itself."""
    value = pointer.get(row, place) if place else row
    if value is pointer.MISSING:
        value = row
    return value if isinstance(value, (str, int, float, bool)) or value is None else repr(value)


def size(page: Page) -> list[Finding]:
    """PAG-02: a page has exactly min(limit, total - offset) rows."""
    expected = max(0, min(page.limit, page.total - page.offset))
    if len(page.rows) == expected:
        return []
    why = f"(limit {page.limit}, total {page.total} - offset {page.offset})"
    return [Finding(f"{expected} rows {why}", f"{len(page.rows)} rows", page.shown)]


def honoured(page: Page) -> list[Finding]:
    """PAG-10: where enough rows follow the offset, a page has as many as its limit says."""
    if page.total - page.offset < page.limit or len(page.rows) == page.limit:
        return []
    return [Finding(f"{page.limit} rows for limit {page.limit}", f"{len(page.rows)} rows", page.shown)]


def served(exchange: Exchange, limit: int) -> list[Finding]:
    """PAG-10: a limit within the documented range is not refused."""
    if not 400 <= exchange.status < 500:
        return []
    return [Finding(f"200 for limit {limit}", f"status {exchange.status}", (exchange,))]


def has_more(page: Page) -> list[Finding]:
    """PAG-03: has_more is offset + len(data) < total."""
    expected = page.end < page.total
    if page.has_more == expected:
        return []
    why = f"(offset {page.offset} + {len(page.rows)} rows, total {page.total})"
    seen = f"has_more {str(page.has_more).lower()}"
    return [Finding(f"has_more {str(expected).lower()} {why}", seen, page.shown)]


def same_total(pages: Sequence[Page]) -> list[Finding]:
    """PAG-04: total is the same whatever limit and offset."""
    first = pages[0]
    return [
        Finding(
            f"total {first.total}, as with limit {first.limit} and offset {first.offset}",
            f"total {page.total} with limit {page.limit} and offset {page.offset}",
            page.shown + first.shown,
        )
        for page in pages
        if page.total != first.total
    ]


def past_the_end(page: Page, total: int) -> list[Finding]:
    """PAG-09: an offset at or past total gives no rows, has_more false and the same total."""
    if not page.rows and not page.has_more and page.total == total:
        return []
    actual = f"{len(page.rows)} rows, has_more {str(page.has_more).lower()}, total {page.total}"
    return [Finding(f"no rows, has_more false, total {total} at offset {page.offset}", actual, page.shown)]


def same_page(one: Page, other: Page, expected: str) -> list[Finding]:
    """PAG-01, PAG-16: two ways to ask for one window give one page."""
    if (one.ids, one.total, one.has_more) == (other.ids, other.total, other.has_more):
        return []
    if one.ids == other.ids:
        actual = f"total {one.total}, has_more {str(one.has_more).lower()}"
        expected = f"total {other.total}, has_more {str(other.has_more).lower()}, as {expected}"
    elif len(one.ids) == len(other.ids):
        at = next(i for i, (a, b) in enumerate(zip(one.ids, other.ids, strict=True)) if a != b)
        actual, expected = f"row {at} is {one.ids[at]!r}", f"{other.ids[at]!r}, as {expected}"
    else:
        actual, expected = f"{len(one.ids)} rows", f"{len(other.ids)} rows, as {expected}"
    return [Finding(expected, actual, one.shown + other.shown)]
