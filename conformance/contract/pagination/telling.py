"""What an answer tells of its page, in its body or in header fields: common to all styles."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract import pointer
from conformance.contract.links import query_of, relations
from conformance.contract.pagination.interface import Listing, Pagination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.entry import Entry
    from conformance.contract.pagination.interface import Header

MOST_ROWS = 2**53 - 1  # the largest count that every reader of JSON keeps exact (RFC 8259 6)
MOST_DIGITS = 16  # of such a count
SIZES = DEFAULT, MAXIMUM = ("default_limit", "maximum_limit")
RELATIONS = ("next", "previous", "first", "last")
SYNONYMS = {"prev": "previous"}  # both are in use (IANA, Link Relation Types)


@dataclass(frozen=True, slots=True)
class Telling:
    """Where an answer has what it says of its page: JSON Pointers into the body, and header fields.

    None stands for what it does not say. `links` are places of URLs, by what they lead to.
    """

    KEYS: ClassVar[tuple[str, ...]] = (
        "items",
        "has_more",
        "is_last",
        "total",
        "total_header",
        "pages",
        *RELATIONS,
        "link_header",
    )

    items: str
    has_more: str | None = None
    total: str | None = None
    total_header: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    link_header: bool = False
    pages: str | None = None
    is_last: str | None = None  # `has_more` the other way round

    @classmethod
    def from_entry(cls, entry: Entry, *, link_header: bool = False) -> Telling:
        """Read from an overlay; raises ContractError."""
        telling = cls(
            items=entry.pointer("items"),
            has_more=_told(entry, "has_more"),
            is_last=_told(entry, "is_last"),
            total=_told(entry, "total"),
            total_header=entry.optional_text("total_header"),
            links={name: place for name in RELATIONS if (place := _told(entry, name))},
            link_header=entry.switch("link_header") or link_header,
            pages=_told(entry, "pages"),
        )
        if telling.total is not None and telling.total_header is not None:
            entry.fail("total_header", "a total stands in one place, and `total` names another")
        if telling.has_more is not None and telling.is_last is not None:
            entry.fail(
                "is_last", "one flag says whether more follows, and `has_more` names another"
            )
        if telling.links and telling.link_header:
            entry.fail("link_header", "links stand in one place, and the body has them")
        return telling

    @property
    def pointers(self) -> tuple[str, ...]:
        """Every place of the body."""
        flags = (self.has_more, self.is_last)
        told = (self.items, *flags, self.total, self.pages, *self.links.values())
        return tuple(place for place in told if place is not None)

    @property
    def has_flag(self) -> bool:
        """Whether a boolean says that more follows, or that nothing does."""
        return self.has_more is not None or self.is_last is not None

    @property
    def leads_on(self) -> bool:
        """Whether it has a link to the next page, as long as there is one."""
        return self.link_header or "next" in self.links

    def read(self, body: Any, header: Header) -> Listing | None:
        """The page that an answer holds; none where a value is of another type than it needs."""
        rows = pointer.get(body, self.items)
        flag = self.has_more if self.has_more is not None else self.is_last
        has_more = None if flag is None else pointer.get(body, flag)
        total = None if self.total is None else pointer.get(body, self.total)
        pages = None if self.pages is None else pointer.get(body, self.pages)
        links = self._links(body, header)
        if not isinstance(rows, list) or links is None:
            return None
        if self.pages is not None and not _is_count(pages):
            return None
        if flag is not None and not isinstance(has_more, bool):
            return None
        if self.is_last is not None:
            has_more = not has_more
        if self.total is not None and not _is_count(total):
            return None

        if self.total_header is not None:
            total = _header_count(self.total_header, header)
        if not self.leads_on:
            return Listing(tuple(rows), has_more, total, links=links, pages=pages)
        following = query_of(links["next"]) if "next" in links else None
        leads_on = following is not None
        return Listing(tuple(rows), has_more, total, following, leads_on, links, pages)

    def _links(self, body: Any, header: Header) -> dict[str, str] | None:
        """The URLs that the answer has; none of them where one is no text."""
        if self.link_header:
            found = {
                SYNONYMS.get(name, name): url for name, url in relations(header("link")).items()
            }
            return {name: found[name] for name in RELATIONS if name in found}

        links = {}
        for name, place in self.links.items():
            url = pointer.get(body, place)
            if url is pointer.MISSING or url is None or url == "":
                continue
            if not isinstance(url, str):
                return None
            links[name] = url
        return links


@dataclass(frozen=True, slots=True)
class Told(Pagination):
    """A style whose answers tell what a `Telling` says, with pages of documented sizes.

    `assumed` names the sizes that the documentation does not state: a run learns them.
    """

    telling: Telling
    default_limit: int
    maximum_limit: int
    assumed: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def rows_pointer(self) -> str:
        """Where the rows are."""
        return self.telling.items

    @property
    def pointers(self) -> tuple[str, ...]:
        """The rows, and whatever else the body tells."""
        return self.telling.pointers

    @property
    def default_size(self) -> int:
        """The documented default."""
        return self.default_limit

    @property
    def maximum_size(self) -> int:
        """The documented maximum."""
        return self.maximum_limit

    @property
    def unbounded(self) -> bool:
        """Where an assumption was not replaced by what a region shows."""
        return MAXIMUM in self.assumed

    @property
    def tells_total(self) -> bool:
        """Where the overlay says in which place."""
        return self.telling.total is not None or self.telling.total_header is not None

    @property
    def tells_more(self) -> bool:
        """Where there is a flag, or a link to the next page."""
        return self.telling.has_flag or self.telling.leads_on

    @property
    def tells_pages(self) -> bool:
        """Where the overlay says in which place."""
        return self.telling.pages is not None

    @property
    def linked(self) -> bool:
        """Where the overlay says in which places."""
        return bool(self.telling.links) or self.telling.link_header

    def read(self, body: Any, header: Header) -> Listing | None:
        """The values of the answer, each of the type that its meaning needs."""
        return self.telling.read(body, header)


def sizes(entry: Entry, *, sized: bool = True) -> tuple[int, int]:
    """The documented default and maximum of the rows of a page; without a parameter for it one
    number is both.
    """
    default = entry.count("default_limit", 1)
    if not sized and "maximum_limit" not in entry:
        return default, default
    maximum = entry.count("maximum_limit", 1)
    if default > maximum:
        entry.fail("default_limit", f"expected at most maximum_limit ({maximum}), it is {default}")
    return default, maximum


def assumed(entry: Entry) -> tuple[str, ...]:
    """The sizes that an overlay marks as assumptions."""
    names = entry.texts("assumed")
    if not set(names) <= set(SIZES):
        entry.fail("assumed", f"expected names among {', '.join(SIZES)}, they are {list(names)}")
    return names


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


def _header_count(place: str, header: Header) -> int | None:
    """The count that a header field has: alone, behind the slash of `Content-Range`, or, as in
    `X-Pagination#/TotalCount`, where a JSON Pointer leads in its JSON.
    """
    name, _, inside = place.partition("#")
    text = header(name.lower())
    if text is None:
        return None
    if not inside:
        return _count(text.rpartition("/")[2])
    try:
        value = pointer.get(json.loads(text), inside)
    except (ValueError, RecursionError):
        return None
    return value if _is_count(value) else None


def _count(text: str) -> int | None:
    """The count that a text is; none where it is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        return None
    return int(text)
