"""Lists that are sorted: in the order that was asked for, and with the rows of the plain list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.checks.confirm import confirm
from conformance.checks.lists import longest, paging, window
from conformance.checks.marks import requirements
from conformance.events.model import Unexercised
from conformance.laws import sorting as laws

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.contract.parts_of_operation import Sort
    from conformance.laws.finding import Finding

SORTS, SORTS_SMOKE = 6, 2  # orders that are asked for
ORDERED = 2  # rows without which a list has no order


@requirements("FIL-08", "FIL-09")
def test_sorts(sender: Sender, evidence: Evidence) -> None:
    """A list under each order that is documented, as far as a few pages go, beside the plain one."""
    if not longest(sender).pages:
        return
    most = 0  # rows with a value that an order shows in
    for sort in sender.few(sender.operation.sorts, SORTS_SMOKE)[:SORTS]:
        ordered = longest(sender, extra=sort.query)
        if not ordered.pages:
            asked = window(sender.context, paging(sender.context).default_size, 0, sort.query)
            evidence.judge("FIL-08", laws.answered(sender.send(asked), sort))
            continue

        rows = sum(len(laws.values_of(read, sort)) for read in ordered.pages)
        page = partial(_pages_in_order, sender, sort)
        if not confirm(sender, evidence, "FIL-08", page, inherent=True, rows=rows):
            confirm(sender, evidence, "FIL-08", partial(_in_order, sender, sort))
        confirm(sender, evidence, "FIL-09", partial(_same_rows, sender, sort), rows=rows)
        most = max(most, rows)

    if most < ORDERED:
        for requirement in ("FIL-08", "FIL-09"):
            evidence.unexercised(requirement, Unexercised("order", ORDERED, most))


def _pages_in_order(sender: Sender, sort: Sort, again: bool) -> list[Finding]:
    """What is wrong within one page, which no change of the data explains."""
    ordered = longest(sender, again=again, extra=sort.query)
    findings = (laws.sorted_by([read], sort) for read in ordered.pages)
    return next((found for found in findings if found), [])


def _in_order(sender: Sender, sort: Sort, again: bool) -> list[Finding]:
    return laws.sorted_by(longest(sender, again=again, extra=sort.query).pages, sort)


def _same_rows(sender: Sender, sort: Sort, again: bool) -> list[Finding]:
    whole = longest(sender, again=again)
    ordered = longest(sender, again=again, extra=sort.query)
    if not (whole.pages and ordered.pages):
        return []
    if whole.whole and ordered.whole:
        return laws.same_rows(ordered.pages, whole.pages, sort)
    return laws.same_total(ordered.pages[0], whole.pages[0], sort)
