"""Limit/offset paging: any window can be asked for. A page may say whether more rows follow, and how
many there are in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract import pointer
from conformance.contract.pagination.interface import (
    Header,
    Listing,
    Pagination,
    Parameter,
    Query,
    Role,
)

if TYPE_CHECKING:
    from conformance.contract.entry import Entry

MOST_ROWS = 2**53 - 1  # the largest count that every reader of JSON keeps exact (RFC 8259 6)


@dataclass(frozen=True, slots=True)
class LimitOffset(Pagination):
    """The names of the two parameters, JSON Pointers into the answer, and what the documentation
    promises. `has_more` and `total` are none where an answer does not tell them.
    """

    style: ClassVar[str] = "limit_offset"
    fields: ClassVar[tuple[str, ...]] = (
        "style",
        "limit",
        "offset",
        "items",
        "has_more",
        "total",
        "default_limit",
        "maximum_limit",
    )
    addressable: ClassVar[bool] = True

    limit: str
    offset: str
    items: str
    has_more: str | None
    total: str | None
    default_limit: int
    maximum_limit: int

    @classmethod
    def from_entry(cls, entry: Entry) -> LimitOffset:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        default = entry.count("default_limit", 1)
        maximum = entry.count("maximum_limit", 1)
        if default > maximum:
            entry.fail(
                "default_limit", f"expected at most maximum_limit ({maximum}), it is {default}"
            )
        return cls(
            limit=entry.text("limit"),
            offset=entry.text("offset"),
            items=entry.pointer("items"),
            has_more=_told(entry, "has_more"),
            total=_told(entry, "total"),
            default_limit=default,
            maximum_limit=maximum,
        )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """`limit` from 1 to its maximum, `offset` from 0 on."""
        return (
            Parameter(self.limit, Role.SIZE, True, self.default_limit, 1, self.maximum_limit),
            Parameter(self.offset, Role.START, True, 0, 0),
        )

    @property
    def rows_pointer(self) -> str:
        """Where the rows are."""
        return self.items

    @property
    def pointers(self) -> tuple[str, ...]:
        """The rows, and as far as they are told whether more follow and how many there are."""
        told = (self.items, self.has_more, self.total)
        return tuple(place for place in told if place is not None)

    @property
    def default_size(self) -> int:
        """The documented default of `limit`."""
        return self.default_limit

    @property
    def maximum_size(self) -> int:
        """The documented maximum of `limit`."""
        return self.maximum_limit

    @property
    def tells_total(self) -> bool:
        """Where the overlay says in which place."""
        return self.total is not None

    @property
    def tells_more(self) -> bool:
        """Where the overlay says in which place."""
        return self.has_more is not None

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """`limit` and `offset`, as far as they are given."""
        given = ((self.limit, size), (self.offset, start))
        return tuple((name, str(value)) for name, value in given if value is not None)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The window behind this one, unless the answer says that there is none.

        Where it says nothing, only a page without rows is an end: a short one may hide those behind it.
        """
        more = listing.has_more
        if more is None and listing.total is not None:
            more = start + len(listing.rows) < listing.total
        if more is None:
            more = bool(listing.rows)
        return self.window(size, start + len(listing.rows)) if more else None

    def read(self, body: Any, header: Header) -> Listing | None:
        """The values of the answer, each of the type that its meaning needs."""
        rows = pointer.get(body, self.items)
        has_more = None if self.has_more is None else pointer.get(body, self.has_more)
        total = None if self.total is None else pointer.get(body, self.total)
        if not isinstance(rows, list):
            return None
        if self.has_more is not None and not isinstance(has_more, bool):
            return None
        if self.total is not None and not _is_count(total):
            return None
        return Listing(tuple(rows), has_more, total)


def _told(entry: Entry, name: str) -> str | None:
    """A pointer to what an answer may leave untold: left out, or the whole body, which is no flag
    and no count.
    """
    return entry.optional_pointer(name) or None


def _is_count(value: Any) -> bool:
    """Whether it counts rows. A boolean is an integer to Python, and none to JSON; and no list has
    more rows than every reader of JSON can count.
    """
    return type(value) is int and value <= MOST_ROWS
