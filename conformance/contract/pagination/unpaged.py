"""Lists without paging: one answer has all the rows, or those that the server gives of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from conformance.contract.pagination.interface import Listing, NotAddressable, Parameter, Query
from conformance.contract.pagination.telling import MOST_ROWS, Telling, Told

if TYPE_CHECKING:
    from conformance.contract.entry import Entry


@dataclass(frozen=True, slots=True)
class Unpaged(Told):
    """The plain request is for the one page that there is; `partial`: of a list that may have more
    rows than it gives.
    """

    style: ClassVar[str] = "unpaged"
    fields: ClassVar[tuple[str, ...]] = ("style", "items", "total", "total_header", "partial")
    addressable: ClassVar[bool] = False
    single: ClassVar[bool] = True

    partial: bool = False

    @classmethod
    def from_entry(cls, entry: Entry) -> Unpaged:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        return cls(Telling.from_entry(entry), MOST_ROWS, MOST_ROWS, entry.switch("partial"))

    @property
    def gives_all(self) -> bool:
        """Unless the overlay says that there may be more."""
        return not self.partial

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """None."""
        return ()

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The plain request; there is no other page."""
        if start:
            raise NotAddressable(f"from row {start} on")
        return ()

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """Nothing follows."""
        return None
