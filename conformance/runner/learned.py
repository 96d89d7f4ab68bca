"""What is learned in each region from its own lists: values of path parameters, and the sizes of pages
that an overlay assumes.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.checks.presenting import carrying, plain_request
from conformance.contract import pointer
from conformance.contract.security import NOTHING
from conformance.runner.page_sizes import is_assumed, with_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.client import Exchange, RegionClient
    from conformance.contract import Contract
    from conformance.contract.operation import Operation

# Rows that are tried: many a resource below an item is there for some of them only.
TRIED = 8


class Learned:
    """Operations as a region has them: with values in their paths that name something there, and
    pages of its sizes.

    Every question is asked once, by whichever check comes first.
    """

    def __init__(self, contract: Contract, clients: Mapping[str, RegionClient]) -> None:
        self._contract, self._clients = contract, clients
        self._known: dict[tuple[str, str], Operation] = {}
        self._there: set[tuple[str, str]] = set()  # whose path named something when it was learned
        self._gone: Counter[tuple[str, str]] = Counter()
        self._lock = threading.RLock()

    def of(self, operation: Operation, region: str) -> Operation:
        """The operation with what a region's lists give; the very same where they give nothing.

        A part of an item that none of the rows has is nothing too, for it may be there for some of
        them only; an item that is not there is a fault, which the checks say. Raises RegionLost.
        """
        if not operation.feeds and not is_assumed(operation):
            return operation
        with self._lock:
            key = operation.id, region
            if key not in self._known:
                fed = self._learn(operation, region)
                self._known[key] = self._sized(fed, region) if fed.plain_path else fed
            return self._known[key]

    def renew(self, operation: Operation, region: str) -> bool:
        """Learn again what names nothing any more, for rows go; whether something else is known now.

        What was never there is not looked for again: it is a fault, which the checks say. Raises
        RegionLost.
        """
        with self._lock:
            key = operation.id, region
            for feed in operation.feeds.values():
                self.renew(self._operation(feed), region)
            before = self._known.get(key)
            if before is None or key not in self._there or self._is_there(before, region):
                return False
            del self._known[key]
            self._there.discard(key)
            self._gone[key] += 1
            return self.of(operation, region) != before and key in self._there

    def _sized(self, operation: Operation, region: str) -> Operation:
        return with_sizes(operation, lambda query: self._plain(operation, region, *query))

    def _learn(self, operation: Operation, region: str) -> Operation:
        key, is_there = (operation.id, region), False
        for name, feed in operation.feeds.items():
            listing = self.of(self._operation(feed), region)
            candidates = [
                operation.knowing({**listing.inputs.path, name: str(identity)})
                for identity in self._identities(listing, region, self._gone[key])
            ]
            if not candidates:
                return operation
            found = self._answered(candidates, region)
            is_part = listing.item is not None and candidates[0].path != listing.item.path
            if found is None and is_part:
                return operation
            is_there = found is not None
            operation = found or candidates[0]
        if is_there:
            self._there.add(key)
        return operation

    def _operation(self, name: str) -> Operation:
        return next(one for one in self._contract.operations if one.id == name)

    def _identities(self, listing: Operation, region: str, gone: int) -> list[Any]:
        """Of some rows of the first page, from its middle on: the ends of a list move most.

        Where some that were learned are gone, others are taken first than in their place.
        """
        if listing.plain_path is None:
            return []
        place = listing.row.identity or ""
        values = [pointer.get(row, place) for row in self._rows(listing, region)]
        usable = [value for value in values if type(value) in (int, str) and value != ""]
        middle = len(usable) // 2
        ordered = [*usable[middle:], *reversed(usable[:middle])]
        first = gone * len(ordered) // 3 % max(1, len(ordered))
        return [*ordered[first:], *ordered[:first]][:TRIED]

    def _answered(self, candidates: Sequence[Operation], region: str) -> Operation | None:
        """The first one that is there; the first of all where its path lacks more values. Of lists,
        the one whose first page has most rows: others show less, or nothing.
        """
        if candidates[0].plain_path is None:
            return candidates[0]
        there = (one for one in candidates if self._is_there(one, region))
        if candidates[0].pagination is None:
            return next(there, None)

        best, most = None, -1
        for one in there:
            count = len(self._rows(one, region))
            if count > most:
                best, most = one, count
            if one.pagination is not None and count >= one.pagination.default_size:
                break  # a page that is full
        return best

    def _rows(self, listing: Operation, region: str) -> Sequence[Any]:
        """The rows of a list's first page."""
        exchange = self._plain(listing, region)
        if listing.pagination is None or exchange.response is None or not exchange.ok:
            return ()
        read = listing.pagination.read(exchange.json, exchange.response.header)
        return read.rows if read else ()

    def _is_there(self, operation: Operation, region: str) -> bool:
        return self._plain(operation, region).status != 404

    def _plain(self, operation: Operation, region: str, *query: tuple[str, str]) -> Exchange:
        presentation = operation.presented.presentation if operation.presented else NOTHING
        request = carrying(plain_request(operation, *query), presentation)
        return self._clients[region].probe(request, operation.id)
