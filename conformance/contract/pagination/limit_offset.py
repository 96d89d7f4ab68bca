"""Limit/offset paging: any window can be asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from conformance.contract.pagination.interface import Listing, Parameter, Query, Role
from conformance.contract.pagination.telling import Telling, Told, assumed, sizes

if TYPE_CHECKING:
    from conformance.contract.entry import Entry


@dataclass(frozen=True, slots=True)
class LimitOffset(Told):
    """The names of the two parameters, and the number of the first row, which is 1 in some."""

    style: ClassVar[str] = "limit_offset"
    fields: ClassVar[tuple[str, ...]] = (
        "style",
        "limit",
        "offset",
        *Telling.KEYS,
        "default_limit",
        "maximum_limit",
        "assumed",
        "first_row",
        "maximum_offset",
    )
    addressable: ClassVar[bool] = True

    limit: str
    offset: str
    maximum_offset: int | None = None
    first_row: int = 0

    @classmethod
    def from_entry(cls, entry: Entry) -> LimitOffset:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        default, maximum = sizes(entry)
        limit, offset = entry.text("limit"), entry.text("offset")
        first = entry.count("first_row") if "first_row" in entry else 0
        furthest = entry.count("maximum_offset", first) if "maximum_offset" in entry else None
        telling = Telling.from_entry(entry)
        marked = assumed(entry)
        return cls(telling, default, maximum, limit, offset, furthest, first, assumed=marked)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """`limit` from 1 to its maximum, `offset` from the first row on."""
        first = self.first_row
        return (
            Parameter(self.limit, Role.SIZE, True, self.default_limit, 1, self.maximum_limit),
            Parameter(self.offset, Role.START, True, first, first, self.maximum_offset),
        )

    def reaching(self, furthest: int) -> LimitOffset:
        """The same where no greater offset may be asked for, unless an overlay says how great."""
        if self.maximum_offset is not None:
            return self
        return replace(self, maximum_offset=furthest)

    def aligned(self, size: int | None, start: int) -> int:
        """The start itself, as far as offsets go."""
        if self.maximum_offset is None:
            return start
        return min(start, self.maximum_offset - self.first_row)

    def start_of(self, value: int, size: int) -> int:
        """The value itself, where rows are counted from 0."""
        return value - self.first_row

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """`limit` and `offset`, as far as they are given."""
        offset = None if start is None else start + self.first_row
        given = ((self.limit, size), (self.offset, offset))
        return tuple((name, str(value)) for name, value in given if value is not None)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The window behind this one, unless the answer says that there is none.

        Where it says nothing, only a page without rows is an end: a short one may hide those behind it.
        """
        if listing.leads_on is not None:
            return listing.following
        more = listing.has_more
        if more is None and listing.total is not None:
            more = start + len(listing.rows) < listing.total
        if more is None:
            more = bool(listing.rows)
        behind = start + len(listing.rows)
        return self.window(size, behind) if more and self.has_words(size, behind) else None
