"""How many rows the lists of the regions were seen to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from conformance.client import Exchange
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Pagination
    from conformance.events.model import RowsNeeded


class RowsSeen:
    """The most rows that one operation's list was seen to have in each region, and where it moved."""

    def __init__(self) -> None:
        self._most: dict[str, int] = {}
        self._totals: dict[str, int | None] = {}
        self._moving: set[str] = set()

    def note(self, exchange: Exchange, operation: Operation) -> None:
        """Read how long the list is from the answer to a request of the whole of it."""
        if not (exchange.request.plain and exchange.ok and operation.pagination):
            return
        page = read_page(exchange, operation, 0, 0)
        if page is None:
            return
        self.count(exchange.region, len(page.rows) if page.total is None else page.total)
        known = self._totals.setdefault(exchange.region, page.total)
        if page.total != known:
            self.note_moved(exchange.region)

    def count(self, region: str, rows: int) -> None:
        """Take in how many rows a list has at least."""
        self._most[region] = max(rows, self._most.get(region, 0))

    def note_moved(self, region: str) -> None:
        """Take in that rows came, went or moved."""
        self._moving.add(region)

    def has_moved(self, region: str) -> bool:
        """Whether rows were seen to come, go or move."""
        return region in self._moving

    def least(self, regions: list[str]) -> int | None:
        """The rows of the region with the fewest; None where one of them was not seen."""
        seen = [self._most.get(region) for region in regions]
        known = [count for count in seen if count is not None]
        return min(known) if known and len(known) == len(seen) else None


def needed_of(need: RowsNeeded, pagination: Pagination) -> int:
    """How many rows a list that is paged so must have to show a requirement broken."""
    above = {"default": pagination.default_size, "maximum": pagination.maximum_size}
    return above[need.above] + 1 if need.above else need.at_least
