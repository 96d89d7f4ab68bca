"""Limit/offset paging: any window can be asked for, and every page says how many rows there are in
all.
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
    promises.
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
    has_more: str
    total: str
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
            has_more=entry.pointer("has_more"),
            total=entry.pointer("total"),
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
        """The rows, whether more follow, and how many there are."""
        return (self.items, self.has_more, self.total)

    @property
    def default_size(self) -> int:
        """The documented default of `limit`."""
        return self.default_limit

    @property
    def maximum_size(self) -> int:
        """The documented maximum of `limit`."""
        return self.maximum_limit

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """`limit` and `offset`, as far as they are given."""
        given = ((self.limit, size), (self.offset, start))
        return tuple((name, str(value)) for name, value in given if value is not None)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The window behind this one, if the answer says that there is one."""
        if not listing.has_more:
            return None
        return self.window(size, start + len(listing.rows))

    def read(self, body: Any, header: Header) -> Listing | None:
        """The three values of the envelope, each of the type that its meaning needs."""
        rows = pointer.get(body, self.items)
        has_more = pointer.get(body, self.has_more)
        total = pointer.get(body, self.total)
        # A boolean is an integer to Python, and none to JSON.
        if not isinstance(rows, list) or not isinstance(has_more, bool) or type(total) is not int:
            return None
        if total > MOST_ROWS:
            return None  # no list has so many rows, and no arithmetic on them means anything
        return Listing(tuple(rows), has_more, total)
