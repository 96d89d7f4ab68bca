"""A list of any length, walked whole (`--walk all`): every page judged, none kept."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import changes_since, confirm
from conformance.checks.identities import Identities
from conformance.checks.lists import longest, page, pages, paging, window
from conformance.checks.marks import requirements
from conformance.checks.reach import reaches_end
from conformance.laws import pages as laws
from conformance.laws.finding import Finding
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk
    from conformance.laws.pages import Page

MOST = 3  # findings of a kind that are asked for again
DUPLICATES = 10_000  # rows seen again that are counted


class _Walked:
    """What a walk of any length came to: how many pages there were, and the first that
    count wrong.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.pages = 0
        self.wrong: dict[str, list[Page]] = {"PAG-02": [], "PAG-03": [], "PAG-04": []}

    def take(self, read: Page) -> None:
        """Judge one page by what it says itself."""
        self.pages += 1
        verdicts = {
            "PAG-02": bool(laws.size(read)),
            "PAG-03": bool(laws.has_more(read)),
            "PAG-04": read.total != self.total,
        }
        for requirement, is_broken in verdicts.items():
            if is_broken and len(self.wrong[requirement]) < MOST:
                self.wrong[requirement].append(read)


@requirements("PAG-05", "PAG-02", "PAG-03", "PAG-04")
def test_whole_walk(sender: Sender, evidence: Evidence) -> None:
    """Every page of the list, however many: it counts right, and no row is on two of them or on
    none.
    """
    if sender.settings.walk != "all" or not paging(sender.context).addressable:
        return
    before = longest(sender, again=True)
    if not before.pages or not reaches_end(sender, before.total):
        return

    walked = _Walked(before.total)
    with Identities() as seen:
        for read in _every_page(sender, before.total):
            walked.take(read)
            for index, identity in enumerate(read.ids):
                seen.add(identity, read.offset + index)
        duplicates = list(islice(seen.twice(), DUPLICATES))
        rows = seen.count - len(duplicates)

    _judge_pages(sender, evidence, walked)
    _judge_walk(sender, evidence, walked, rows, duplicates, before)


def _every_page(sender: Sender, total: int) -> Iterator[Page]:
    top = paging(sender.context).maximum_size
    starts = range(0, total, top)
    exchanges = sender.stream(window(sender.context, top, start) for start in starts)
    for start, exchange in zip(starts, exchanges, strict=False):
        read = read_page(exchange, sender.operation, start, top)
        if read is not None:
            yield read


def _judge_pages(sender: Sender, evidence: Evidence, walked: _Walked) -> None:
    for requirement, kind in (("PAG-02", "pages"), ("PAG-03", "pages"), ("PAG-04", "answers")):
        wrong = walked.wrong[requirement]
        counts: dict[str, Any] = {kind: walked.pages - len(wrong)}
        evidence.judge(requirement, [], **counts)
        for read in wrong:
            confirm(sender, evidence, requirement, partial(_page_again, sender, requirement, read))


def _page_again(sender: Sender, requirement: str, read: Page, again: bool) -> list[Finding]:
    fresh = page(sender, read.limit, read.offset, again=True) if again else read
    if fresh is None:
        return []
    if requirement == "PAG-04":
        head = page(sender, 1, 0, again=again)
        return laws.same_total([head, fresh]) if head else []
    return laws.size(fresh) if requirement == "PAG-02" else laws.has_more(fresh)


def _judge_walk(
    sender: Sender,
    evidence: Evidence,
    walked: _Walked,
    rows: int,
    duplicates: list[tuple[int, int]],
    before: Walk,
) -> None:
    """PAG-05: `rows` different ones were seen; of each that came again its offset, and where it was
    first.
    """
    changes = changes_since(sender, before)
    evidence.judge("PAG-05", [], walks=1, pages=walked.pages)
    if len(duplicates) > changes:
        for at, earlier in duplicates[:MOST]:
            confirm(sender, evidence, "PAG-05", partial(_twice, sender, at, earlier))
    elif abs(rows - walked.total) > changes:
        text = f"{rows} rows in {walked.pages} pages"
        evidence.judge("PAG-05", [Finding(f"{walked.total} rows (total)", text)])


def _twice(sender: Sender, at: int, earlier: int, _again: bool) -> list[Finding]:
    """The two pages on which a row was seen, asked for side by side."""
    top = paging(sender.context).maximum_size
    starts = (earlier // top * top, at // top * top)
    first, second = pages(sender, [(top, start) for start in starts], again=True)
    if first is None or second is None:
        return []

    if starts[0] == starts[1]:
        common = [row_id for row_id in first.ids if first.ids.count(row_id) > 1]
    else:
        common = [row_id for row_id in second.ids if row_id in set(first.ids)]
    if not common:
        return []
    text = f"row {common[0]!r} on the pages at offset {starts[0]} and {starts[1]}; {len(common)} such rows"
    return [Finding("each row once", text, second.shown + first.shown)]
