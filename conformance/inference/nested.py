"""Pages within an answer: whether they are what the operation is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.inference import names

if TYPE_CHECKING:
    from conformance.contract.operation import Operation
    from conformance.inference.shapes import Shape

LEAD_ON = (*names.NEXT_CURSOR, *names.TOTAL)


def why_not_paged(operation: Operation, shape: Shape, *, is_asked: bool) -> str | None:
    """Why rows in a member of the answer are no pages of the operation; none where they may be.

    `is_asked`: a parameter asks for pages. An item may hold the first page of a list of its own,
    whose links lead to that list; and an answer may hold pages of several lists, of which a
    request asks for some.
    """
    holder, _, rows = shape.listed.rpartition("/")
    if not holder or not _leads_on(shape, holder):
        return None
    if not is_asked and operation.path.rstrip("/").endswith("}"):
        return f"{holder} has a page of what belongs to the item, and no parameter asks for others"

    others = {member.pointer.rpartition("/")[0] for member in shape.members if member.name == rows}
    alike = sorted(other for other in others if other != holder and _leads_on(shape, other))
    if alike and holder.count("/") == alike[0].count("/"):
        return f"{holder}, {', '.join(alike)} have pages of several lists"
    return None


def _leads_on(shape: Shape, holder: str) -> bool:
    """Whether beside the rows in a member stands what says that there may be more."""
    return any(
        member.pointer.rpartition("/")[0] == holder and names.rank(member.name, LEAD_ON) is not None
        for member in shape.members
    )
