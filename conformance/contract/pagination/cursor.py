"""Cursor paging: an answer has the value by which the next page is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract import pointer
from conformance.contract.pagination.sequential import Sequential, refusing
from conformance.contract.pagination.telling import Telling, sizes

if TYPE_CHECKING:
    from conformance.contract.entry import Entry
    from conformance.contract.pagination.interface import Header, Listing, Query


@dataclass(frozen=True, slots=True)
class Cursor(Sequential):
    """`next_cursor` is where an answer has the cursor, as long as more rows follow."""

    style: ClassVar[str] = "cursor"
    fields: ClassVar[tuple[str, ...]] = (
        "style",
        "limit",
        "cursor",
        "next_cursor",
        "altered_cursors",
        *Telling.KEYS,
        "default_limit",
        "maximum_limit",
    )

    next_cursor: str = ""

    @classmethod
    def from_entry(cls, entry: Entry) -> Cursor:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        limit = entry.optional_text("limit")
        default, maximum = sizes(entry, sized=limit is not None)
        return cls(
            Telling.from_entry(entry),
            default,
            maximum,
            limit,
            entry.text("cursor"),
            refusing(entry),
            entry.pointer("next_cursor"),
        )

    @property
    def pointers(self) -> tuple[str, ...]:
        """The rows, the cursor, and whatever else the body tells."""
        return (*self.telling.pointers, self.next_cursor)

    @property
    def tells_more(self) -> bool:
        """By the cursor itself."""
        return True

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The cursor of the answer, and the size again; a cursor is no whole request."""
        if listing.following is None:
            return None
        return (*self.window(size), *listing.following)

    def read(self, body: Any, header: Header) -> Listing | None:
        """The page, and the cursor that leads on: a text that is not empty, or a number."""
        listing = self.telling.read(body, header)
        value = pointer.get(body, self.next_cursor)
        if listing is None or isinstance(value, dict | list | bool | float):
            return None

        is_end = value is pointer.MISSING or value is None or value == ""
        following = None if is_end else ((str(self.cursor), str(value)),)
        return replace(listing, following=following, leads_on=following is not None)
