"""Pages that are wrong only because the total is: the walk of the list came to another number of rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.checks.lists import longest
from conformance.laws import pages as laws

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page


def beside_wrong_total(sender: Sender, found: list[Finding], page: Page) -> list[Finding]:
    """The findings of a page, resting on the last page of the walk too, where that breaks PAG-02, and
    where the page is right for a list of as many rows as the walk has.
    """
    rows, last = _walked(sender)
    if not found or last is None or not laws.size(last):
        return found
    corrected = replace(page, total=rows)
    if laws.size(corrected) or laws.has_more(corrected):
        return found
    return [finding.resting_on(*last.shown, note=_note(rows)) for finding in found]


def beside_wrong_sum(sender: Sender, found: list[Finding]) -> list[Finding]:
    """The findings of parts that do not add up to a total which the walk contradicts."""
    rows, last = _walked(sender)
    if not found or last is None or not laws.size(last):
        return found
    return [finding.resting_on(*last.shown, note=_note(rows)) for finding in found]


def _walked(sender: Sender) -> tuple[int, Page | None]:
    """How many rows the walk with the largest pages came to, and its last page."""
    walked = longest(sender)
    names = {name for page in walked.pages for name in page.ids}
    return len(names), walked.pages[-1] if walked.whole else None


def _note(rows: int) -> str:
    return f"the walk came to {rows} rows, and contradicts the total"
