"""How many rows a page has by default and at most, where the overlay assumes it: learned in each
region, from its first pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conformance.contract.pagination.telling import DEFAULT, MAXIMUM, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client import Exchange
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Listing, Query

# Limits that are asked for, beside the one that is assumed, as long as pages are filled by them.
LARGER = (1_000, 10_000)


def is_assumed(operation: Operation) -> bool:
    """Whether sizes of its pages are an assumption of its overlay."""
    return isinstance(operation.pagination, Told) and bool(operation.pagination.assumed)


def with_sizes(operation: Operation, ask: Callable[[Query], Exchange]) -> Operation:
    """The operation with the sizes that its pages have; as it is where they do not show."""
    paging = operation.pagination
    if not isinstance(paging, Told) or not paging.assumed:
        return operation
    pages = _Pages(paging, ask)
    first = pages.read(())
    if first is None:
        return operation

    if DEFAULT in paging.assumed:
        default = pages.default(first)
        maximum = max(default, paging.maximum_limit) if paging.sized else default
        paging = replace(paging, default_limit=default, maximum_limit=maximum)
    if MAXIMUM in paging.assumed and paging.sized:
        paging = _Pages(paging, ask).with_maximum()
    else:
        paging = replace(paging, assumed=())
    return replace(operation, pagination=paging)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The first pages of a list, of sizes that are asked for."""

    paging: Told
    ask: Callable[[Query], Exchange]

    def read(self, query: Query) -> Listing | None:
        """The page of a query; none where there is none."""
        exchange = self.ask(query)
        if not exchange.ok or exchange.response is None:
            return None
        return self.paging.read(exchange.json, exchange.response.header)

    def default(self, first: Listing) -> int:
        """How many rows the plain request gets, if more follow; else at least as many."""
        count = len(first.rows)
        if count and self._more(first):
            return count
        return max(self.paging.default_limit, count)

    def with_maximum(self) -> Told:
        """The most rows that a page can be asked for. It stays an assumption where every limit was
        filled.
        """
        accepted = self.paging.default_limit
        for size in (self.paging.maximum_limit, *LARGER):
            listing = self.read(self.paging.window(size))
            if listing is None:
                return self._limited(self._greatest(accepted, size))
            count = len(listing.rows)
            if count < size:
                return self._limited(self._clamped(listing, size))
            accepted = size
        return replace(self.paging, maximum_limit=accepted, assumed=(MAXIMUM,))

    def _limited(self, maximum: int) -> Told:
        least = max(maximum, 1)
        default = min(self.paging.default_limit, least)
        return replace(self.paging, default_limit=default, maximum_limit=least, assumed=())

    def _clamped(self, listing: Listing, size: int) -> int:
        """What a size is clamped to, as another one shows: a page that lacks a row is no clamp."""
        count = len(listing.rows)
        if not count or not self._more(listing):
            return max(self.paging.maximum_limit, count)
        other = count + 1 if count + 1 < size else size + 1
        clamped = self.read(self.paging.window(other))
        if clamped is not None and len(clamped.rows) == count:
            return count
        return self.paging.maximum_limit

    def _greatest(self, accepted: int, refused: int) -> int:
        """The greatest size between one that is accepted and one that is refused."""
        while refused - accepted > 1:
            middle = (accepted + refused) // 2
            if self.read(self.paging.window(middle)) is None:
                refused = middle
            else:
                accepted = middle
        return accepted

    def _more(self, listing: Listing) -> bool:
        """Whether rows follow those of a first page: as it says, or as the page behind it shows."""
        count = len(listing.rows)
        if listing.total is not None:
            return listing.total > count
        told = listing.leads_on if listing.leads_on is not None else listing.has_more
        if told is not None:
            return told
        if not self.paging.addressable:
            return listing.following is not None
        behind = replace(self.paging, default_limit=count).window(
            count if self.paging.sized else None, count
        )
        following = self.read(behind)
        return following is not None and bool(following.rows)
