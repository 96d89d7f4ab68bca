"""What a style of paging can do: ask for a page, follow it to the next, read one out of
an answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from conformance.contract.entry import Entry

Query = tuple[tuple[str, str], ...]
"""The name and value of each query parameter, in order, not encoded; and of each header field that a
style asks for pages by.
"""

Header = Callable[[str], str | None]
"""The value of a header field of an answer, by its name in lower case."""


class Role(StrEnum):
    """What a query parameter of paging says of the page that is asked for."""

    SIZE = "size"  # how many rows it has at most
    START = "start"  # how many rows of the list come before it
    NUMBER = "number"  # how many pages of this size come before it
    CURSOR = "cursor"  # where it begins, in words that only the server understands


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter of paging. Values below `minimum` or above `maximum` are out of bounds."""

    name: str
    role: Role
    integer: bool = True
    default: int | None = None
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What an answer says of its page: the rows, whether more follow, how many there are in all.

    None stands for what a style does not say. `following` asks for the next page; it is none after
    the last one, and where the answer itself does not say how to go on. `leads_on` says whether the
    answer has a cursor or a link for the next page. `links` are URLs by what they lead to: next,
    previous, first, last. `pages` is how many pages of this size there are.
    """

    rows: tuple[Any, ...]
    has_more: bool | None = None
    total: int | None = None
    following: Query | None = None
    leads_on: bool | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None


class Pagination(ABC):
    """A style of paging, as one operation has it.

    A window is a number of rows (`size`) from one of them on (`start`, counted from 0). A parameter
    that is None is left out of the query, so that the documented default applies.
    """

    style: ClassVar[str]
    """The name by which an overlay asks for it."""

    fields: ClassVar[tuple[str, ...]]
    """The keys by which an overlay describes it."""

    addressable: ClassVar[bool]
    """Whether a page can be asked for without those before it; from any row on, or as far as
    `aligned` says.
    """

    single: ClassVar[bool] = False
    """Whether there is one page alone, so that all requests for the list are alike."""

    @classmethod
    @abstractmethod
    def from_entry(cls, entry: Entry) -> Pagination:
        """Read from an overlay; raises ContractError."""

    @property
    @abstractmethod
    def parameters(self) -> tuple[Parameter, ...]:
        """The query parameters that it knows."""

    @property
    @abstractmethod
    def rows_pointer(self) -> str:
        """Where in an answer the rows are, as a JSON Pointer."""

    @property
    @abstractmethod
    def pointers(self) -> tuple[str, ...]:
        """Every place of an answer that it reads, as JSON Pointers; the document must describe
        each.
        """

    @property
    @abstractmethod
    def default_size(self) -> int:
        """How many rows a page has where none were asked for."""

    @property
    @abstractmethod
    def maximum_size(self) -> int:
        """The most rows that a page may be asked for."""

    @property
    def unbounded(self) -> bool:
        """Whether no maximum is documented, and none was found."""
        return False

    @property
    def gives_all(self) -> bool:
        """Whether the pages that lead from one to the next are the whole list."""
        return True

    @property
    def tells_total(self) -> bool:
        """Whether its answers say how many rows there are in all."""
        return True

    @property
    def tells_more(self) -> bool:
        """Whether its answers say if more rows follow."""
        return True

    @property
    def tells_pages(self) -> bool:
        """Whether its answers say how many pages there are, beside how many rows."""
        return False

    @property
    def linked(self) -> bool:
        """Whether its answers name other pages by URLs, which are whole requests."""
        return False

    @property
    def header_names(self) -> tuple[str, ...]:
        """The header fields by which it asks for pages; all else it asks for in the query."""
        return ()

    @property
    def may_miss_past_end(self) -> bool:
        """Whether a page past the end may be answered 404, or be refused, rather than without rows."""
        return False

    @property
    def refuses_altered(self) -> bool:
        """Whether a cursor that the server did not give is refused, as far as the overlay says."""
        return False

    @property
    def sized(self) -> bool:
        """Whether a request can say how many rows its page has."""
        return self.parameter(Role.SIZE) is not None

    def aligned(self, size: int | None, start: int) -> int:
        """The last start not behind this one that the style has words for; where it has none but
        for the first page, 0.
        """
        return start if self.addressable else 0

    def has_words(self, size: int | None, start: int) -> bool:
        """Whether a page that begins there can be asked for."""
        return self.aligned(size, start) == start

    def reaching(self, furthest: int) -> Pagination:
        """The same where START, or NUMBER, has a documented maximum."""
        return self

    def start_of(self, value: int, size: int) -> int:
        """How many rows come before the page that a value of START, or of NUMBER, asks for."""
        return value

    def behind(self, size: int, start: int, count: int) -> int:
        """Where the next page starts, behind one of `count` rows that was asked for with this
        window.
        """
        return start + count

    @abstractmethod
    def window(self, size: int | None = None, start: int | None = None) -> Query:
        """The query for a window; raises NotAddressable where the style has no words for it.

        A `start` of 0 has words in every style: it is the first page.
        """

    def first(self, size: int | None = None) -> Query:
        """The query for the first page."""
        return self.window(size)

    @abstractmethod
    def following(self, listing: Listing, size: int | None, start: int) -> Query | None:
        """The query for the page behind one that was asked for with this window; none behind the
        last.
        """

    @abstractmethod
    def read(self, body: Any, header: Header) -> Listing | None:
        """The page that an answer holds; none where it holds none that is well-formed."""

    def parameter(self, role: Role) -> Parameter | None:
        """The parameter that plays a role, if any does."""
        return next((entry for entry in self.parameters if entry.role is role), None)


class NotAddressable(LookupError):
    """A window that a style of paging has no words for."""
