"""Next-URL paging: an answer has the URL of the next page in its body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from conformance.contract.pagination.sequential import Sequential
from conformance.contract.pagination.telling import Telling

if TYPE_CHECKING:
    from conformance.contract.entry import Entry


@dataclass(frozen=True, slots=True)
class NextUrl(Sequential):
    """The URL is the whole request for the next page."""

    style: ClassVar[str] = "next_url"
    fields: ClassVar[tuple[str, ...]] = Sequential.FIELDS

    @classmethod
    def from_entry(cls, entry: Entry) -> NextUrl:
        """Read from an overlay; raises ContractError."""
        entry.only(cls.fields)
        if "next" not in entry:
            entry.fail("", "next is missing; expected a JSON Pointer to the URL of the next page")
        return cls.of_link(entry, Telling.from_entry(entry))
