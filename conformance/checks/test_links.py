"""Links and cursors: they lead to the page that they name, and no others are taken for them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import confirm
from conformance.checks.filter_values import values
from conformance.checks.lists import following, longest, page, paging, walk
from conformance.checks.marks import requirements
from conformance.contract.links import query_of
from conformance.contract.pagination import Role
from conformance.events.model import Unexercised
from conformance.laws import links as laws
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.contract.pagination import Query
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

PAGES = 3  # that a list is parted into at least, where its pages can be as small
MOST = 6  # pages of a walk whose links are followed
FOREIGN = "no-such-cursor"


@requirements("PAG-18", "PAG-19")
def test_links(sender: Sender, evidence: Evidence) -> None:
    """Each link of some pages is followed; the always-on laws judge where it points."""
    if not paging(sender.context).linked:
        return
    size = _size(sender)
    walked = walk(sender, size, most=MOST)
    if len(walked.pages) < 2:
        for requirement in ("PAG-18", "PAG-19"):
            _note_one_page(sender, evidence, requirement, size)

    for at in sender.few(_some(walked.pages), 2):
        for relation in walked.pages[at].links:
            experiment = partial(_leads, sender, size, at, relation)
            confirm(sender, evidence, "PAG-19", experiment, links=1)

    for name, place in sender.operation.filters.items():
        for value in values(sender, place)[:1]:
            confirm(sender, evidence, "PAG-19", partial(_keeps_filter, sender, (name, value)))


def _size(sender: Sender) -> int:
    """A size under which the list has several pages, as far as sizes can be asked for."""
    trait = paging(sender.context)
    if not trait.sized:
        return trait.default_size
    return max(1, min(trait.maximum_size, longest(sender).total // PAGES))


def _some(pages: Sequence[Page]) -> list[int]:
    """The second page, which has a link of each kind, then the first and the last one."""
    return list(dict.fromkeys(at for at in (1, 0, len(pages) - 1) if 0 <= at < len(pages)))


def _leads(sender: Sender, size: int, at: int, relation: str, again: bool) -> list[Finding]:
    walked = walk(sender, size, most=MOST, again=again)
    source = walked.pages[at] if at < len(walked.pages) else None
    if source is None or relation not in source.links:
        return []
    # Where pages can be asked for by number, the walk of a long list has its tail.
    has_end = walked.whole or (paging(sender.context).addressable and source.total is not None)
    wanted = _named(walked.pages, at, relation, has_end=has_end)
    if wanted is None:
        return []

    request = following(sender.context, query_of(source.links[relation]))
    exchange = sender.send(request, again=again)
    seen = read_page(exchange, sender.operation, wanted.offset, wanted.limit)
    return laws.leads(relation, exchange, seen, wanted, source)


def _keeps_filter(sender: Sender, chosen: tuple[str, Any], again: bool) -> list[Finding]:
    """The link to the second page of a filtered list, which must filter too."""
    extra = (chosen,)
    first = page(sender, 1, 0, again=again, extra=extra)
    if first is None or "next" not in first.links:
        return []
    behind = walk(sender, 2, again=again, extra=extra, most=1).pages
    wanted = _second_of(behind[0]) if behind else None
    if wanted is None:
        return []

    request = following(sender.context, query_of(first.links["next"]), extra)
    exchange = sender.send(request, again=again)
    seen = read_page(exchange, sender.operation, 1, 1)
    return laws.leads("next", exchange, seen, wanted, first)


def _second_of(read: Page) -> Page | None:
    """The page of the second row alone, out of one that has two."""
    if len(read.rows) != 2:
        return None
    return replace(read, offset=1, limit=1, rows=read.rows[1:], ids=read.ids[1:])


def _named(pages: Sequence[Page], at: int, relation: str, *, has_end: bool) -> Page | None:
    """The page that a relation names; none where the walk does not know it."""
    places = {"next": at + 1, "previous": at - 1, "first": 0, "last": len(pages) - 1}
    place = places[relation]
    is_known = 0 <= place < len(pages) and (has_end or relation != "last")
    return pages[place] if is_known else None


def _note_one_page(sender: Sender, evidence: Evidence, requirement: str, size: int) -> None:
    rows = longest(sender).total
    evidence.unexercised(requirement, Unexercised("several pages", size + 1, rows))


@requirements("PAG-20")
def test_altered_cursors(sender: Sender, evidence: Evidence) -> None:
    """A cursor that is cut, changed, longer or made up is refused, where the overlay says so."""
    trait = paging(sender.context)
    parameter = trait.parameter(Role.CURSOR)
    if parameter is None or not trait.refuses_altered:
        return
    size = _size(sender)
    query = _behind_the_first(sender, size)
    if not query:
        _note_one_page(sender, evidence, "PAG-20", size)

    cursor = dict(query).get(parameter.name, "")
    others = tuple(pair for pair in query if pair[0] != parameter.name)
    for what, value in _altered(cursor).items():
        request = sender.request(*others, (parameter.name, value))
        evidence.judge("PAG-20", laws.refused(sender.send(request), what), values=1)


def _behind_the_first(sender: Sender, size: int) -> Query:
    """The query for the second page; empty where there is none."""
    first = page(sender, size, 0)
    return first.following or () if first else ()


def _altered(cursor: str) -> dict[str, str]:
    """Values that no server gave, with what was done to one that it gave; none is that one itself."""
    middle = len(cursor) // 2
    other = "A" if cursor[middle : middle + 1] != "A" else "B"
    altered = {
        "a cursor that nobody gave": FOREIGN,
        "half a cursor": cursor[:middle],
        "a cursor with another character in its middle": cursor[:middle]
        + other
        + cursor[middle + 1 :],
        "a cursor with more behind it": f"{cursor}{other}{other}",
    }
    return {
        what: value for what, value in altered.items() if value and (cursor or value == FOREIGN)
    }
