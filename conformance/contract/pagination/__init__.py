"""Styles of paging: an interface, a file for each style, and the table of the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract.pagination.interface import (
    Listing,
    NotAddressable,
    Pagination,
    Parameter,
    Query,
    Role,
)
from conformance.contract.pagination.limit_offset import LimitOffset

if TYPE_CHECKING:
    from conformance.contract.entry import Entry

__all__ = [
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
STYLES: dict[str, type[Pagination]] = {style.style: style for style in (LimitOffset,)}


def read_pagination(entry: Entry) -> Pagination | None:
    """The paging that an overlay states, limit/offset where it names no style; raises
    ContractError.
    """
    if not entry.values:
        return None
    name = entry.optional_text("style") or LimitOffset.style
    if name not in STYLES:
        entry.fail("style", f"expected one of {', '.join(STYLES)}, it is {name!r}")
    return STYLES[name].from_entry(entry)


def known_fields(style: object) -> tuple[str, ...]:
    """The keys that describe a style of paging; without a style limit/offset's."""
    known = STYLES.get(str(style)) or LimitOffset
    return known.fields
