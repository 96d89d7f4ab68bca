"""Page/size paging: pages have numbers, and any of them can be asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract import pointer
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
    from conformance.contract.pagination.interface import Header


@dataclass(frozen=True, slots=True)
class PageSize(Told):
    """The names of the two parameters, of which the size may be missing, the number of the first
    page, and where an answer has that of the next one; null, or nothing, behind the last.
    """

    style: ClassVar[str] = "page_size"
    fields: ClassVar[tuple[str, ...]] = (
        "style",
        "page",
        "size",
        "first_page",
        *Telling.KEYS,
        "default_limit",
        "maximum_limit",
        "assumed",
        "maximum_page",
        "next_page",
    )
    addressable: ClassVar[bool] = True

    page: str
    size: str | None = None
    first_page: int = 1
    maximum_page: int | None = None
    next_page: str | None = None

    @classmethod
    def from_entry(cls, entry: Entry) -> PageSize:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        size = entry.optional_text("size")
        default, maximum = sizes(entry, sized=size is not None)
        first = entry.count("first_page") if "first_page" in entry else 1
        page = entry.text("page")
        last = entry.count("maximum_page", first) if "maximum_page" in entry else None
        telling = Telling.from_entry(entry)
        leading = entry.optional_pointer("next_page")
        if leading is not None and telling.leads_on:
            entry.fail("next_page", "one place leads on, and the links name another")
        marked = assumed(entry)
        return cls(telling, default, maximum, page, size, first, last, leading, assumed=marked)

    @property
    def pointers(self) -> tuple[str, ...]:
        """The rows, and whatever else the body tells."""
        places = self.telling.pointers
        return places if self.next_page is None else (*places, self.next_page)

    @property
    def tells_more(self) -> bool:
        """By the number of the next page, too."""
        told = self.telling
        return self.next_page is not None or told.has_flag or told.leads_on

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The size from 1 to its maximum, the page from the first one on."""
        page = Parameter(
            self.page, Role.NUMBER, True, self.first_page, self.first_page, self.maximum_page
        )
        if self.size is None:
            return (page,)
        size = Parameter(self.size, Role.SIZE, True, self.default_limit, 1, self.maximum_limit)
        return (size, page)

    @property
    def may_miss_past_end(self) -> bool:
        """A page that does not exist is answered 404, or refused as a number, by many."""
        return True

    def reaching(self, furthest: int) -> PageSize:
        """The same where no later page may be asked for, unless an overlay says how late."""
        if self.maximum_page is not None:
            return self
        return replace(self, maximum_page=furthest)

    def aligned(self, size: int | None, start: int) -> int:
        """The start of the page that a row is on, as far as pages go."""
        rows = self._rows(size)
        number = start // rows
        if self.maximum_page is not None:
            number = min(number, self.maximum_page - self.first_page)
        return number * rows

    def start_of(self, value: int, size: int) -> int:
        """As many whole pages as come before it."""
        return (value - self.first_page) * size

    def behind(self, size: int, start: int, count: int) -> int:
        """The next page, however many rows this one has."""
        return start + size

    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The size and the page, as far as they are given; raises NotAddressable within a page."""
        pairs: Query = ()
        if size is not None and self.size is not None:
            pairs = ((self.size, str(size)),)
        if start is None:
            return pairs

        number, within = divmod(start, self._rows(size))
        if within:
            raise NotAddressable(f"from row {start} on in pages of {self._rows(size)}")
        return (*pairs, (self.page, str(number + self.first_page)))

    def _rows(self, size: int | None) -> int:
        """How many rows a page has, at least one, for a size that is asked for."""
        return self.default_limit if size is None or self.size is None else max(size, 1)

    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The page behind this one, unless the answer says that there is none.

        Where it says nothing, only a page without rows is an end.
        """
        if self.next_page is not None:
            return None if listing.following is None else (*self.window(size), *listing.following)
        if listing.leads_on is not None:
            return listing.following
        behind = start // self._rows(size) * self._rows(size) + self._rows(size)
        more = listing.has_more
        if more is None and listing.total is not None:
            more = behind < listing.total
        if more is None and listing.pages is not None:
            more = behind // self._rows(size) < listing.pages
        if more is None:
            more = bool(listing.rows)
        return self.window(size, behind) if more and self.has_words(size, behind) else None

    def read(self, body: Any, header: Header) -> Listing | None:
        """The page, and the number of the next one: an integer, or nothing."""
        listing = self.telling.read(body, header)
        if listing is None or self.next_page is None:
            return listing
        number = pointer.get(body, self.next_page)
        if number is None or number is pointer.MISSING:
            return replace(listing, leads_on=False)
        if type(number) is not int:
            return None
        return replace(listing, following=((self.page, str(number)),), leads_on=True)
