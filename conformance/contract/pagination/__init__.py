"""Styles of paging: an interface, a file for each style, and the table of the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.pagination.cursor import Cursor
from conformance.contract.pagination.interface import (
    Listing,
    NotAddressable,
    Pagination,
    Parameter,
    Query,
    Role,
)
from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.link_header import LinkHeader
from conformance.contract.pagination.next_url import NextUrl
from conformance.contract.pagination.page_size import PageSize
from conformance.contract.pagination.range_field import RangeField
from conformance.contract.pagination.unpaged import Unpaged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.entry import Entry

__all__ = [
    "STYLES",
    "Listing",
    "NotAddressable",
    "Pagination",
    "Parameter",
    "Query",
    "Role",
    "known_fields",
    "read_pagination",
]

# A new style is a new file, and a line here.
STYLES: dict[str, type[Pagination]] = {
    style.style: style
    for style in (LimitOffset, PageSize, Cursor, NextUrl, LinkHeader, RangeField, Unpaged)
}
# Where an overlay names no style: the key that tells it, in order.
TELLING = (
    ("offset", LimitOffset),
    ("page", PageSize),
    ("next_cursor", Cursor),
    ("end_cursor", Cursor),
    ("row_cursor", Cursor),
    ("next", NextUrl),
    ("link_header", LinkHeader),
    ("range", RangeField),
)


def read_pagination(entry: Entry) -> Pagination | None:
    """The paging that an overlay states, of the style that it names or that its keys tell; raises
    ContractError.
    """
    if not entry.values:
        return None
    name = entry.optional_text("style") or _style_of(entry.values).style
    if name not in STYLES:
        entry.fail("style", f"expected one of {', '.join(STYLES)}, it is {name!r}")
    return STYLES[name].from_entry(entry)


def known_fields(paging: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that describe the style that an object of an overlay is of."""
    known = STYLES.get(str(paging.get("style"))) or _style_of(paging)
    return known.fields


def _style_of(paging: Mapping[str, Any]) -> type[Pagination]:
    told = (style for key, style in TELLING if paging.get(key) not in (None, False))
    return next(told, LimitOffset)
