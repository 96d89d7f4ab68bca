"""The laws of one page of a list: how many rows, whether more follow, how many in all.

A law says nothing of what a style of paging does not tell: without a total there is none to compare
with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Listing, Query


LONG = 10_000  # characters of a text that is not copied
SHOWN = 20  # of them

# What a finding of a page may speak of, besides places in the body.
STATUS, ROWS, HAS_MORE, TOTAL, PAGES = "status", "rows", "has_more", "total", "pages"


@dataclass(frozen=True, slots=True)
class Page:
    """One well-formed page: the window asked for, the rows, their identities, `has_more` and
    `total`.

    `offset` counts the rows of the list before it, from 0; `limit` is how many were asked for at most.
    `following` asks for the page behind it; none where the answer says that there is none.
    `leads_on`, `links` and `pages` are the listing's.
    """

    offset: int
    limit: int
    rows: tuple[Any, ...]
    ids: tuple[Any, ...]
    has_more: bool | None = None
    total: int | None = None
    exchange: Exchange | None = None
    following: Query | None = None
    leads_on: bool | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None

    @property
    def shown(self) -> tuple[Exchange, ...]:
        """The exchange that proves it."""
        return (self.exchange,) if self.exchange else ()

    @property
    def end(self) -> int:
        """The offset behind the last row."""
        return self.offset + len(self.rows)

    @property
    def remaining(self) -> int | None:
        """How many rows of the list are left from the offset on; below 0 past its end."""
        return None if self.total is None else self.total - self.offset

    @property
    def is_full_and_last(self) -> bool:
        """Whether it ends the list with as many rows as were asked for: an end that their number
        hides.
        """
        return self.end == self.total and len(self.rows) == self.limit


def read_page(exchange: Exchange, operation: Operation, offset: int, limit: int) -> Page | None:
    """The page that an answer holds, or none where it holds no well-formed one (the schema laws say
    why).
    """
    pagination = operation.pagination
    assert pagination is not None
    if not exchange.ok or exchange.response is None:
        return None
    listing = pagination.read(exchange.json, exchange.response.header)
    return page_of(listing, operation, offset, limit, exchange) if listing else None


def page_of(
    listing: Listing,
    operation: Operation,
    offset: int,
    limit: int,
    exchange: Exchange | None = None,
) -> Page:
    """The page of a window, as it was read."""
    assert operation.pagination is not None
    ids = tuple(identity(row, operation.row.identity) for row in listing.rows)
    following = operation.pagination.following(listing, limit, offset)
    return Page(
        offset,
        limit,
        listing.rows,
        ids,
        listing.has_more,
        listing.total,
        exchange,
        following,
        listing.leads_on,
        listing.links,
        listing.pages,
    )


def identity(row: Any, place: str | None) -> Any:
    """What tells a row from every other: its id, or where none is declared or there, the row itself;
    null tells none.
    """
    value = pointer.get(row, place) if place else row
    if value is pointer.MISSING or value is None:
        value = row
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return _shortened(value) if _is_long(value) else repr(value)


def _is_long(value: Any) -> bool:
    """Whether a text in it is so long that a copy for each reading of it would fill the memory."""
    members = value.values() if isinstance(value, dict) else value
    return any(isinstance(member, str) and len(member) > LONG for member in members)


def _shortened(value: Any) -> str:
    """As its own text, with a digest in the place of the rest of long ones."""
    named = value.items() if isinstance(value, dict) else enumerate(value)
    return repr({name: _digested(member) for name, member in named})


def _digested(member: Any) -> Any:
    if not isinstance(member, str) or len(member) <= LONG:
        return member
    digest = hashlib.blake2b(digest_size=16)
    for at in range(0, len(member), LONG):
        digest.update(member[at : at + LONG].encode("utf-8", "surrogatepass"))
    return f"{member[:SHOWN]}... {len(member)} characters, {digest.hexdigest()}"


def size(page: Page) -> list[Finding]:
    """PAG-02: a page has exactly min(limit, total - offset) rows; without a total, at most limit."""
    if page.remaining is None:
        return _at_most(page)
    expected = max(0, min(page.limit, page.remaining))
    if len(page.rows) == expected:
        return []
    why = f"(limit {page.limit}, total {page.total} - offset {page.offset})"
    return [Finding(f"{expected} rows {why}", f"{len(page.rows)} rows", page.shown, at=ROWS)]


def _at_most(page: Page) -> list[Finding]:
    if len(page.rows) <= page.limit:
        return []
    expected = f"at most {page.limit} rows (limit {page.limit})"
    return [Finding(expected, f"{len(page.rows)} rows", page.shown, at=ROWS)]


def only_total(page: Page, total: int | None) -> list[Finding]:
    """PAG-04: a page that is right for a list of so many rows, and contradicts the total that it
    says itself.
    """
    if total is None or page.total in (None, total) or not (size(page) or has_more(page)):
        return []
    corrected = replace(page, total=total)
    if size(corrected) or has_more(corrected):
        return []
    return [Finding(f"total {total}, as its rows have it", f"total {page.total}", page.shown)]


def honoured(page: Page) -> list[Finding]:
    """PAG-10: where enough rows follow the offset, a page has as many as its limit says."""
    has_enough = page.remaining is not None and page.remaining >= page.limit
    if not has_enough or len(page.rows) == page.limit:
        return []
    expected = f"{page.limit} rows for limit {page.limit}"
    return [Finding(expected, f"{len(page.rows)} rows", page.shown, at=ROWS)]


def served(exchange: Exchange, limit: int) -> list[Finding]:
    """PAG-10: a limit within the documented range is not refused."""
    if not 400 <= exchange.status < 500:
        return []
    expected = f"200 for limit {limit}"
    return [Finding(expected, f"status {exchange.status}", (exchange,), at=STATUS)]


def has_more(page: Page) -> list[Finding]:
    """PAG-03: has_more is offset + rows < total, and so is it that something leads to the next
    page.
    """
    if page.total is None:
        return []
    expected = page.end < page.total
    why = f"(offset {page.offset} + {len(page.rows)} rows, total {page.total})"
    return [
        Finding(f"{words(expected)} {why}", words(told), page.shown, at=HAS_MORE)
        for told, words in ((page.has_more, _said), (page.leads_on, _led))
        if told not in (None, expected)
    ]


def number_of_pages(page: Page) -> list[Finding]:
    """PAG-21: the number of pages is total / limit, rounded up; of an empty list it may be one."""
    if page.pages is None or page.total is None or page.limit < 1:
        return []
    expected = -(-page.total // page.limit)
    if page.pages == expected or (page.total == 0 and page.pages == 1):
        return []
    why = f"(total {page.total} in pages of {page.limit})"
    return [Finding(f"{expected} pages {why}", f"{page.pages} pages", page.shown, at=PAGES)]


def same_total(pages: Sequence[Page]) -> list[Finding]:
    """PAG-04: total is the same whatever limit and offset are."""
    first = pages[0]
    return [
        Finding(
            f"total {first.total}, as with limit {first.limit} and offset {first.offset}",
            f"total {page.total} with limit {page.limit} and offset {page.offset}",
            page.shown + first.shown,
            at=TOTAL,
        )
        for page in pages
        if page.total != first.total
    ]


def told_total(page: Page) -> list[Finding]:
    """PAG-04: a page of a style that tells a total has one."""
    if page.total is not None:
        return []
    what = f"a total with limit {page.limit} and offset {page.offset}"
    return [Finding(what, "none", page.shown, at=TOTAL)]


def past_the_end(page: Page, total: int) -> list[Finding]:
    """PAG-09: an offset at or past total gives no rows, has_more false and the same total."""
    leads_on = page.has_more or page.leads_on
    if not page.rows and not leads_on and page.total == total:
        return []
    actual = f"{len(page.rows)} rows, {_said(page.has_more)}, total {page.total}"
    if page.leads_on:
        actual += f", {_led(page.leads_on)}"
    return [
        Finding(
            f"no rows, has_more false, total {total} at offset {page.offset}", actual, page.shown
        )
    ]


def same_page(page: Page, reference: Page, what: str) -> list[Finding]:
    """PAG-01, PAG-16, ROB-04: two ways to ask for one window give one page; `what` says the other
    way.
    """
    if (page.ids, page.total, page.has_more) == (
        reference.ids,
        reference.total,
        reference.has_more,
    ):
        return []
    expected, actual = _difference(page, reference)
    return [Finding(f"{expected}, as {what}", actual, page.shown + reference.shown)]


def _difference(page: Page, reference: Page) -> tuple[str, str]:
    """What is expected of a page, and what it has instead, in as few words as show it."""
    if page.ids == reference.ids:
        return _counts(reference), _counts(page)
    if len(page.ids) != len(reference.ids):
        return f"{len(reference.ids)} rows", f"{len(page.ids)} rows"
    at = next(
        index
        for index, (seen, wanted) in enumerate(zip(page.ids, reference.ids, strict=True))
        if seen != wanted
    )
    return f"{reference.ids[at]!r}", f"row {at} is {page.ids[at]!r}"


def _counts(page: Page) -> str:
    return f"total {page.total}, {_said(page.has_more)}"


def _said(more: bool | None) -> str:
    return f"has_more {str(more).lower()}"


def _led(on: bool | None) -> str:
    return "a link or cursor to the next page" if on else "nothing that leads to a next page"
