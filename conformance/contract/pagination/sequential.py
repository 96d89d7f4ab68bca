"""What the styles have in common whose pages are reached one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from conformance.contract.pagination.interface import (
    Listing,
    NotAddressable,
    Parameter,
    Query,
    Role,
)
from conformance.contract.pagination.telling import Telling, Told, assumed, sizes

if TYPE_CHECKING:
    from conformance.contract.entry import Entry

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sequential(Told):
    """The names of the parameters that say how many rows a page has and where it begins, as far as
    there are such.

    `altered` says whether the documentation promises that a cursor is refused which the server did
    not give.
    """

    addressable: ClassVar[bool] = False
    FIELDS: ClassVar[tuple[str, ...]] = (
        "style",
        "limit",
        "cursor",
        "altered_cursors",
        *Telling.KEYS,
        "default_limit",
        "maximum_limit",
        "assumed",
    )

    limit: str | None = None
    cursor: str | None = None
    altered: bool = False

    @classmethod
    def of_link(cls, entry: Entry, telling: Telling) -> Self:
        """A style whose answers have the whole request for the next page; raises ContractError."""
        limit, cursor = entry.optional_text("limit"), entry.optional_text("cursor")
        default, maximum = sizes(entry, sized=limit is not None)
        marked = assumed(entry)
        return cls(telling, default, maximum, limit, cursor, refusing(entry), assumed=marked)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The size from 1 to its maximum, and the opaque cursor."""
        found = []
        if self.limit is not None:
            found.append(
                Parameter(self.limit, Role.SIZE, True, self.default_limit, 1, self.maximum_limit)
            )
        if self.cursor is not None:
            found.append(Parameter(self.cursor, Role.CURSOR, integer=False))
        return tuple(found)

    @property
    def refuses_altered(self) -> bool:
        """As the overlay says."""
        return self.altered and self.cursor is not None

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The first page; every later one is reached by the one before it."""
        if start:
            raise NotAddressable(f"from row {start} on")
        return () if size is None or self.limit is None else ((self.limit, str(size)),)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """What the answer itself says."""
        return listing.following


def refusing(entry: Entry) -> bool:
    """Whether an overlay says that altered cursors are refused; raises ContractError."""
    stated = entry.optional_text("altered_cursors")
    if stated not in (None, REFUSED):
        entry.fail("altered_cursors", f"expected {REFUSED}, or nothing, it is {stated!r}")
    return stated == REFUSED
