"""The laws of the one sequence that all pages are slices of, on data that may move meanwhile."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.events.model import Walk, WalkPage
from conformance.laws.filter_texts import value_of
from conformance.laws.finding import Finding
from conformance.laws.pages import size

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from conformance.client.exchange import Exchange
    from conformance.laws.pages import Page

SHOWN = 100  # duplicates and gaps that a picture of a walk names


@dataclass(frozen=True, slots=True)
class Reference:
    """The sequence as some pages have it, and how many changes were seen since they were read.

    `ids` are identities by offset, `offsets` the reverse.
    """

    ids: Mapping[int, Any]
    changes: int = 0
    offsets: Mapping[Any, int] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[Page], changes: int = 0) -> Reference:
        """What the pages say; where they contradict each other the first one counts."""
        ids: dict[int, Any] = {}
        for page in pages:
            for index, row_id in enumerate(page.ids):
                ids.setdefault(page.offset + index, row_id)
        return cls(ids, changes, {row_id: at for at, row_id in ids.items()})

    def covers(self, page: Page) -> bool:
        """Whether at least one row of the page can be compared."""
        return any(page.offset + index in self.ids for index in range(len(page.ids)))


def changes(before: Sequence[Page], after: Sequence[Page]) -> int:
    """At least how many rows came, went or moved between two readings of the same windows; 0: none
    seen.
    """
    if not before or not after:
        return 0
    seen = _total_difference(before[0], after[0])
    for earlier, later in zip(before, after, strict=False):
        if (earlier.offset, earlier.limit) == (later.offset, later.limit):
            seen = max(seen, _shift(earlier.ids, later.ids))
    return seen


def refiled(before: Iterable[Page], after: Iterable[Page], places: Collection[str]) -> int:
    """How many rows have another value at one of the places: those that are filtered by them came to
    one filtered list and went from another.
    """
    filed = [
        {
            row_id: [value_of(row, place) for place in places]
            for page in pages
            for row_id, row in zip(page.ids, page.rows, strict=False)
        }
        for pages in (before, after)
    ]
    return sum(1 for name, values in filed[0].items() if filed[1].get(name, values) != values)


def _total_difference(page: Page, reference: Page) -> int:
    """How far two totals are apart; where a style of paging tells none there is no difference."""
    if page.total is None or reference.total is None:
        return 0
    return abs(page.total - reference.total)


def _shift(before: tuple[Any, ...], after: tuple[Any, ...]) -> int:
    """How many rows came before a window, or went, so that its rows shifted; else how many were
    exchanged.
    """
    if before == after:
        return 0
    for by in range(1, min(len(before), len(after))):
        if after[by:] == before[: len(after) - by] or before[by:] == after[: len(before) - by]:
            return by
    common = set(before) & set(after)
    return max(1, max(len(before), len(after)) - len(common))


def same_rows(page: Page, reference: Reference, what: str) -> list[Finding]:
    """PAG-06, PAG-07: a window holds the rows that the sequence has at its offset."""
    wrong = [
        (index, row_id)
        for index, row_id in enumerate(page.ids)
        if page.offset + index in reference.ids and reference.ids[page.offset + index] != row_id
    ]
    if not wrong or (reference.changes and _is_explained(page, reference)):
        return []

    index, row_id = wrong[0]
    at = page.offset + index
    expected = f"row {reference.ids[at]!r} at offset {at}, {what}"
    return [Finding(expected, f"row {row_id!r}", page.shown, note=_note(page, len(wrong)))]


def _note(page: Page, wrong: int) -> str:
    return (
        f"window: limit {page.limit}, offset {page.offset}; {wrong} of {len(page.ids)} rows differ"
    )


def _is_explained(page: Page, reference: Reference) -> bool:
    """Whether the changes that were seen make the page out of the sequence, by insertions and
    deletions.

    One more than were seen is allowed, for the last may have come after the reading that counted them.
    """
    allowed = reference.changes + 1
    drift = [
        reference.offsets[row_id] - (page.offset + index)
        for index, row_id in enumerate(page.ids)
        if row_id in reference.offsets
    ]
    # A row that came is in no reference; each pushes those behind it on by one.
    inserted = len(page.ids) - len(drift)
    is_near = all(abs(step) <= allowed for step in drift)
    # Between two rows that kept their distance nothing came or went; a row that moved makes two
    # jumps.
    jumps = sum(1 for before, after in itertools.pairwise(drift) if before != after)
    # No change of the data lists a row twice on one page.
    is_repeated = len(set(page.ids)) < len(page.ids)
    return inserted <= allowed and is_near and jumps <= 2 * allowed and not is_repeated


def apart(page: Page, reference: Page, changes: int) -> bool:
    """Whether two answers to one window differ more than so many rows that came, went or moved
    explain.
    """
    if (page.ids, page.total) == (reference.ids, reference.total):
        return page.has_more != reference.has_more
    difference = max(_total_difference(page, reference), abs(len(page.ids) - len(reference.ids)))
    if difference > changes:
        return True
    return bool(same_rows(page, Reference.of([reference], changes), ""))


def walk(pages: Sequence[Page], *, whole: bool = True, changes: int = 0) -> list[Finding]:
    """PAG-05: the pages of a walk visit every row once, `total` rows in all; each change explains
    one.

    `whole` says whether the pages are all of the list.
    """
    seen, duplicates = _visited(pages)
    picture = _picture(pages, [at for _, at, _ in duplicates])
    if len(duplicates) > changes:
        page, at, before = duplicates[0]
        shown = page.shown + _holding(pages, before)
        text = f"the row at offset {at} is the row at offset {before} again; {len(duplicates)} such rows"
        return [Finding("each row once", text, shown, walk=picture)]

    total = pages[-1].total
    if whole and total is not None and abs(seen - total) > changes:
        text = f"{seen} rows in {len(pages)} pages"
        # Pages that count wrong by themselves are the reason, if there are any.
        wrong = next((page for page in reversed(pages) if size(page)), pages[-1])
        return [Finding(f"{total} rows (total)", text, wrong.shown, walk=picture)]
    return _promises(pages) if total is None else []


def same_length(
    pages: Sequence[Page], reference: Sequence[Page], changes: int = 0
) -> list[Finding]:
    """PAG-06: two walks of a whole list come to the same number of rows; where there is a total, it
    says so of each (PAG-05).
    """
    if not pages or not reference or pages[-1].total is not None:
        return []
    # Of pages that have numbers the last one, which has no rows, begins behind a page's worth.
    seen = sum(len(page.rows) for page in pages)
    expected = sum(len(page.rows) for page in reference)
    if abs(seen - expected) <= changes:
        return []
    text = f"{seen} rows in {len(pages)} pages"
    wanted = f"{expected} rows, as in {len(reference)} pages of {reference[0].limit}"
    return [Finding(wanted, text, pages[-1].shown + reference[-1].shown)]


def _promises(pages: Sequence[Page]) -> list[Finding]:
    """What pages without a total say of those behind them, and is not so; a total says it better
    (PAG-03).

    That a cursor leads to a page without rows, which ends the list, is a habit of many.
    """
    for page in pages:
        if page.leads_on and not page.rows:
            text = f"no rows at offset {page.offset}, and a link or cursor to a next page"
            return [Finding("rows on each page that leads to another", text, page.shown)]
        if page.has_more is not None and page.leads_on not in (None, page.has_more):
            text = f"has_more {str(page.has_more).lower()}"
            kind = "a link or cursor" if page.leads_on else "nothing that leads to a next page"
            expected = f"has_more {str(page.leads_on).lower()}, for there is {kind}"
            return [Finding(expected, text, page.shown)]

    for page, behind in itertools.pairwise(pages):
        if page.has_more and not behind.rows:
            text = f"no rows at offset {behind.offset}"
            return [
                Finding("rows behind a page with has_more true", text, behind.shown + page.shown)
            ]
    return []


def _visited(pages: Sequence[Page]) -> tuple[int, list[tuple[Page, int, int]]]:
    """How many rows there are, and each that came again: its page, its offset, and where it was
    first.
    """
    first: dict[Any, int] = {}
    duplicates: list[tuple[Page, int, int]] = []
    for page in pages:
        for index, row_id in enumerate(page.ids):
            at = page.offset + index
            if row_id in first:
                duplicates.append((page, at, first[row_id]))
            first.setdefault(row_id, at)
    return len(first), duplicates


def _holding(pages: Sequence[Page], offset: int) -> tuple[Exchange, ...]:
    """The exchange of the first page that has the row at an offset."""
    return next((page.shown for page in pages if page.offset <= offset < page.end), ())


def _picture(pages: Sequence[Page], duplicates: Sequence[int]) -> Walk:
    ends = sorted((page.offset, page.end) for page in pages)
    # Where two pages of the walk should meet and do not.
    gaps = [end for (_, end), (start, _) in itertools.pairwise(ends) if start > end]
    return Walk(
        total=pages[0].total or 0,
        pages=tuple(
            WalkPage(
                page.offset, page.limit, len(page.rows), page.exchange.id if page.exchange else None
            )
            for page in pages
        ),
        duplicates=tuple(duplicates[:SHOWN]),
        gaps=tuple(gaps[:SHOWN]),
    )


def repeats(answers: Sequence[Page], most: int) -> list[Finding]:
    """PAG-08: the same request gives the same rows in the same order; `most` changes are the data's
    own.
    """
    different = [
        (before, after)
        for at, (before, after) in enumerate(itertools.pairwise(answers))
        if before.ids != after.ids and not _is_turnover(before, after, answers[at + 2 :])
    ]
    if len(different) <= most:
        return []
    before, after = different[0]
    are_reordered = set(before.ids) == set(after.ids)
    kind = "the same rows in another order" if are_reordered else "other rows"
    text = f"{kind}, {len(different)} times in {len(answers)} answers"
    expected = "the same rows in the same order, asked again"
    return [Finding(expected, text, after.shown + before.shown)]


def _is_turnover(before: Page, after: Page, later: Sequence[Page]) -> bool:
    """Whether rows came and went for good, however many, and the others kept their order."""
    places = {name: place for place, name in enumerate(before.ids)}
    kept = [places[name] for name in after.ids if name in places]
    gone = set(before.ids) - set(after.ids)
    returns = any(gone & set(page.ids) for page in later)
    return bool(kept) and kept == sorted(kept) and not returns


def reverts(answers: Sequence[Page], most: int) -> list[Finding]:
    """PAG-08: an order that gives way to another and comes back is no movement of the data.

    Rows that came and went again explain `most` displaced rows of it, and no more.
    """
    for first, between, last in zip(answers, answers[1:], answers[2:], strict=False):
        if first.ids != last.ids or first.ids == between.ids:
            continue
        count = displaced(first.ids, between.ids)
        if count > most:
            text = f"{count} rows displaced, and back again in the next answer"
            shown = between.shown + first.shown + last.shown
            return [Finding("the same rows in the same order, asked again", text, shown)]
    return []


def displaced(before: Sequence[Any], after: Sequence[Any]) -> int:
    """At least how many rows came or were moved, from one order to another."""
    places = {name: place for place, name in enumerate(before)}
    kept = [places[name] for name in after if name in places]

    # The longest increasing run of places is what can have stood still.
    ends: list[int] = []
    for place in kept:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(after) - len(ends)
