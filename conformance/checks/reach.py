"""How far into a list pages can be asked for: offsets, and numbers of pages, may have a maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.lists import longest, paging, rows_asked
from conformance.events.model import Unexercised

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence


def reaches_end(sender: Sender, total: int, size: int | None = None) -> bool:
    """Whether a page of a size, by default of the largest, that lies past so many rows can be asked
    for.
    """
    trait = paging(sender.context)
    rows = rows_asked(sender.context, trait.maximum_size if size is None else size)
    return trait.aligned(rows, total + rows) >= total


def note_beyond_reach(sender: Sender, evidence: Evidence, requirement: str) -> None:
    """Say that the end of the list lies further than pages can be asked for."""
    trait, total = paging(sender.context), longest(sender).total
    furthest = trait.aligned(trait.maximum_size, total)
    lack = Unexercised("a page past the end", total, furthest, "rows of offset")
    evidence.unexercised(requirement, lack)
