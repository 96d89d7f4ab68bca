"""A list of any length, walked whole (`--walk all`): every page judged, none kept."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import changes_since, confirm
from conformance.checks.identities import Identities
from conformance.checks.lists import longest, page, pages, paging, window
from conformance.checks.marks import requirements
from conformance.laws import pages as laws
from conformance.laws.finding import Finding
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.laws.pages import Page

MOST = 3  # findings of a kind that are asked for again


@requirements("PAG-05", "PAG-02", "PAG-03", "PAG-04")
def test_whole_walk(sender: Sender, evidence: Evidence) -> None:
    """Every page of the list, however many: it counts right, and no row is on two of them or on none."""
    if sender.settings.walk != "all":
        return
    before = longest(sender, again=True)
    if not before.pages:
        return
    wrong: dict[str, list[Page]] = {"PAG-02": [], "PAG-03": [], "PAG-04": []}
    walked = 0
    with Identities() as seen:
        for one in _every_page(sender, before.total):
            walked += 1
            for index, identity in enumerate(one.ids):
                seen.add(identity, one.offset + index)
            _broken(one, before.total, wrong)
        twice = list(islice(seen.twice(), 10_000))
        changes = changes_since(sender, before)
        _judge_pages(sender, evidence, wrong, walked)
        _judge_walk(sender, evidence, seen.count, before.total, twice, changes, walked)


def _every_page(sender: Sender, total: int) -> Iterator[Page]:
    top = paging(sender.context).maximum_limit
    requests = (window(sender.context, top, start) for start in range(0, total, top))
    for start, exchange in zip(range(0, total, top), sender.stream(requests), strict=False):
        one = read_page(exchange, sender.operation, start, top)
        if one is not None:
            yield one


def _broken(one: Page, total: int, wrong: dict[str, list[Page]]) -> None:
    verdicts = (("PAG-02", laws.size(one)), ("PAG-03", laws.has_more(one)), ("PAG-04", one.total != total))
    for requirement, broken in verdicts:
        if broken and len(wrong[requirement]) < MOST:
            wrong[requirement].append(one)


def _judge_pages(sender: Sender, evidence: Evidence, wrong: dict[str, list[Page]], walked: int) -> None:
    for requirement, kind in (("PAG-02", "pages"), ("PAG-03", "pages"), ("PAG-04", "answers")):
        counts: dict[str, Any] = {kind: walked - len(wrong[requirement])}
        evidence.judge(requirement, [], **counts)
        for one in wrong[requirement]:
            confirm(sender, evidence, requirement, partial(_page_again, sender, requirement, one))


def _page_again(sender: Sender, requirement: str, one: Page, again: bool) -> list[Finding]:
    fresh = page(sender, one.limit, one.offset, again=True) if again else one
    if fresh is None:
        return []
    if requirement == "PAG-04":
        head = page(sender, 1, 0, again=again)
        return laws.same_total([head, fresh]) if head else []
    return laws.size(fresh) if requirement == "PAG-02" else laws.has_more(fresh)


def _judge_walk(
    sender: Sender,
    evidence: Evidence,
    rows: int,
    total: int,
    twice: list[tuple[int, int]],
    changes: int,
    walked: int,
) -> None:
    evidence.judge("PAG-05", [], walks=1, pages=walked)
    if len(twice) > changes:
        for at, earlier in twice[:MOST]:
            confirm(sender, evidence, "PAG-05", partial(_twice, sender, at, earlier))
    distinct = rows - len(twice)
    if abs(distinct - total) > changes and len(twice) <= changes:
        text = f"{distinct} rows in {walked} pages"
        evidence.judge("PAG-05", [Finding(f"{total} rows (total)", text)])


def _twice(sender: Sender, at: int, earlier: int, _again: bool) -> list[Finding]:
    """The two pages on which a row was seen, asked for side by side."""
    top = paging(sender.context).maximum_limit
    starts = (earlier // top * top, at // top * top)
    first, second = pages(sender, [(top, start) for start in starts], again=True)
    if first is None or second is None:
        return []
    common = [one for one in second.ids if one in set(first.ids)] if starts[0] != starts[1] else []
    if starts[0] == starts[1] and len(set(first.ids)) < len(first.ids):
        common = [one for one in first.ids if first.ids.count(one) > 1]
    if not common:
        return []
    text = f"row {common[0]!r} on the pages at offset {starts[0]} and {starts[1]}; {len(common)} such rows"
    return [Finding("each row once", text, second.shown + first.shown)]
