"""Cursor paging: an answer has the value by which the next page is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract import pointer
from conformance.contract.pagination.sequential import Sequential, refusing
from conformance.contract.pagination.telling import Telling, assumed, sizes

if TYPE_CHECKING:
    from conformance.contract.entry import Entry
    from conformance.contract.pagination.interface import Header, Listing, Query


PLACES = ("next_cursor", "end_cursor", "row_cursor")


@dataclass(frozen=True, slots=True)
class Cursor(Sequential):
    """`next_cursor` is where an answer has the cursor, as long as more rows follow; `end_cursor` where
    it has that of its last row, be it the last of all; `row_cursor` where that row itself has it.
    """

    style: ClassVar[str] = "cursor"
    fields: ClassVar[tuple[str, ...]] = (*Sequential.FIELDS, *PLACES)

    next_cursor: str | None = None
    end_cursor: str | None = None
    row_cursor: str | None = None

    @classmethod
    def from_entry(cls, entry: Entry) -> Cursor:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        limit = entry.optional_text("limit")
        default, maximum = sizes(entry, sized=limit is not None)
        if sum(place in entry for place in PLACES) != 1:
            entry.fail("", f"expected one of {', '.join(PLACES)}, where the cursor is")
        telling = Telling.from_entry(entry)
        if "end_cursor" in entry and not telling.has_flag:
            entry.fail("end_cursor", "the last page has one too: expected has_more, or is_last")
        if "row_cursor" in entry and "altered_cursors" in entry:
            entry.fail("altered_cursors", "with row_cursor any value of a row is a cursor")
        return cls(
            telling,
            default,
            maximum,
            limit,
            entry.text("cursor"),
            refusing(entry),
            *(entry.optional_pointer(place) for place in PLACES),
            assumed=assumed(entry),
        )

    @property
    def pointers(self) -> tuple[str, ...]:
        """The rows, the cursor, and whatever else the body tells."""
        cursors = (self.next_cursor, self.end_cursor)
        return (*self.telling.pointers, *(place for place in cursors if place is not None))

    @property
    def tells_more(self) -> bool:
        """By the cursor itself; a row has one in any case."""
        return self.next_cursor is not None or self.telling.has_flag

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The cursor of the answer, and the size again; a cursor is no whole request."""
        if listing.following is None:
            return None
        return (*self.window(size), *listing.following)

    def read(self, body: Any, header: Header) -> Listing | None:
        """The page, and the cursor that leads on: a text that is not empty, or a number."""
        listing = self.telling.read(body, header)
        if listing is None:
            return None
        if self.row_cursor is not None:
            return self._behind_the_last_row(listing)

        value = pointer.get(body, self.next_cursor or self.end_cursor or "")
        if isinstance(value, dict | list | bool | float):
            return None
        following = self._asked(value)
        if self.end_cursor is not None:
            return replace(listing, following=following) if listing.has_more else listing
        return replace(listing, following=following, leads_on=following is not None)

    def _behind_the_last_row(self, listing: Listing) -> Listing:
        """The page, followed from its last row unless a flag says that it is the last one."""
        if not listing.rows or listing.has_more is False:
            return listing
        value = pointer.get(listing.rows[-1], self.row_cursor or "")
        is_cursor = isinstance(value, str | int) and not isinstance(value, bool)
        return replace(listing, following=self._asked(value)) if is_cursor else listing

    def _asked(self, value: Any) -> Query | None:
        """The cursor as it is asked with; none at the end of the list."""
        is_end = value is pointer.MISSING or value is None or value == ""
        return None if is_end else ((str(self.cursor), str(value)),)
