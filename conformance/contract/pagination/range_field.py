"""Paging by the fields `Range` and `Content-Range` with a unit of the API's own (RFC 9110 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from conformance.contract.pagination.interface import Listing, NotAddressable, Parameter, Query
from conformance.contract.pagination.telling import MOST_DIGITS, Telling, Told, sizes

if TYPE_CHECKING:
    from typing import Any

    from conformance.contract.entry import Entry
    from conformance.contract.pagination.interface import Header

FIELD = "Range"
# RFC 9110 14.4; some servers leave the unit out.
CONTENT_RANGE = re.compile(
    rf"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+ +)?(?:(\d{{1,{MOST_DIGITS}}})-(\d{{1,{MOST_DIGITS}}})|\*)"
    rf"/(\d{{1,{MOST_DIGITS}}}|\*)"
)


@dataclass(frozen=True, slots=True)
class RangeField(Told):
    """A request without the field is for the first page; each later one asks for as many rows, behind
    those that `Content-Range` says the page before it has.
    """

    style: ClassVar[str] = "range"
    fields: ClassVar[tuple[str, ...]] = (
        "style",
        "range",
        "items",
        "default_limit",
        "maximum_limit",
    )
    addressable: ClassVar[bool] = False

    unit: str

    @classmethod
    def from_entry(cls, entry: Entry) -> RangeField:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        default, maximum = sizes(entry, sized=False)
        return cls(Telling(entry.pointer("items")), default, maximum, entry.text("range"))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """None: what asks for a page is a header field."""
        return ()

    @property
    def header_names(self) -> tuple[str, ...]:
        """`Range`."""
        return (FIELD,)

    @property
    def tells_total(self) -> bool:
        """In `Content-Range`."""
        return True

    @property
    def tells_more(self) -> bool:
        """By nothing beside the total, and where the page ends."""
        return False

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The first page; every later one is reached by the one before it."""
        if start:
            raise NotAddressable(f"from row {start} on")
        return ()

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The rows behind those of the page."""
        return listing.following

    def read(self, body: Any, header: Header) -> Listing | None:
        """The rows, and what `Content-Range` says of them; without one they are the whole list."""
        listing = self.telling.read(body, header)
        if listing is None:
            return None

        field = header("content-range")
        if field is None:
            return replace(listing, total=len(listing.rows), leads_on=False)
        match = CONTENT_RANGE.fullmatch(field.strip())
        if match is None:
            return None

        total = None if match[3] == "*" else int(match[3])
        if match[2] is None or not listing.rows:
            return replace(listing, total=total, leads_on=False)

        behind = int(match[2]) + 1
        leads_on = total is None or behind < total
        following = self._from(behind) if leads_on else None
        return replace(listing, total=total, following=following, leads_on=leads_on)

    def _from(self, start: int) -> Query:
        return ((FIELD, f"{self.unit}={start}-{start + self.default_limit - 1}"),)
