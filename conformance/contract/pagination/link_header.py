"""Link-header paging: an answer names the next page in its Link field (RFC 8288)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from conformance.contract.pagination.sequential import Sequential
from conformance.contract.pagination.telling import Telling

if TYPE_CHECKING:
    from conformance.contract.entry import Entry


@dataclass(frozen=True, slots=True)
class LinkHeader(Sequential):
    """The target of the relation `next` is the whole request for the next page."""

    style: ClassVar[str] = "link_header"
    fields: ClassVar[tuple[str, ...]] = Sequential.FIELDS

    @classmethod
    def from_entry(cls, entry: Entry) -> LinkHeader:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        return cls.of_link(entry, Telling.from_entry(entry, link_header=True))
