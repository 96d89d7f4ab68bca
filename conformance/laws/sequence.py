"""The laws of the one sequence that all pages are slices of, on data that may move meanwhile."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.events.model import Walk, WalkPage
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from conformance.laws.pages import Page

SHOWN = 100  # duplicates and gaps that a picture of a walk names


@dataclass(frozen=True, slots=True)
class Reference:
    """Identities by offset, as some pages have them, and how many changes were seen since."""

    ids: Mapping[int, Any]
    moved: int = 0
    places: Mapping[Any, int] = field(default_factory=dict)
    rows: Mapping[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[Page], moved: int = 0) -> Reference:
        """What the pages say; where they contradict each other the first one counts."""
        ids: dict[int, Any] = {}
        rows: dict[Any, Any] = {}
        for page in pages:
            for index, (one, row) in enumerate(zip(page.ids, page.rows, strict=True)):
                ids.setdefault(page.offset + index, one)
                rows.setdefault(one, row)
        return cls(ids, moved, {one: at for at, one in ids.items()}, rows)

    def covers(self, page: Page) -> bool:
        """Whether at least one row of the page can be compared."""
        return any(page.offset + index in self.ids for index in range(len(page.ids)))


def changes(before: Sequence[Page], after: Sequence[Page]) -> int:
    """At least how many rows came, went or moved between two readings of the same windows; 0: none seen."""
    if not before or not after:
        return 0
    seen = abs(before[0].total - after[0].total)
    for old, new in zip(before, after, strict=False):
        if (old.offset, old.limit) == (new.offset, new.limit):
            seen = max(seen, _shift(old.ids, new.ids))
    return seen


def _shift(old: tuple[Any, ...], new: tuple[Any, ...]) -> int:
    if old == new:
        return 0
    for by in range(1, min(len(old), len(new))):
        if new[by:] == old[: len(new) - by] or old[by:] == new[: len(old) - by]:
            return by
    common = set(old) & set(new)
    return max(1, max(len(old), len(new)) - len(common))


def same_rows(page: Page, reference: Reference, what: str) -> list[Finding]:
    """PAG-06, PAG-07: a window holds the rows that the sequence has at its offset."""
    wrong = [
        (index, one)
        for index, one in enumerate(page.ids)
        if page.offset + index in reference.ids and reference.ids[page.offset + index] != one
    ]
    if not wrong or (reference.moved and _explained(page, reference)):
        return []
    index, one = wrong[0]
    at = page.offset + index
    expected = f"row {reference.ids[at]!r} at offset {at}, {what}"
    note = f"window: limit {page.limit}, offset {page.offset}; {len(wrong)} of {len(page.ids)} rows differ"
    return [Finding(expected, f"row {one!r}", page.shown, note=note)]


def same_content(
    page: Page, reference: Reference, names: Collection[str], changes: int, what: str
) -> list[Finding]:
    """PAG-07, FIL-02: the named properties of a row read the same wherever it is listed.

    `changes` rows may have been changed meanwhile.
    """
    wrong = [
        (one, different)
        for one, row in zip(page.ids, page.rows, strict=True)
        if one in reference.rows and (different := _different(reference.rows[one], row, names))
    ]
    if len(wrong) <= changes:
        return []
    one, (name, expected, actual) = wrong[0]
    note = f"window: limit {page.limit}, offset {page.offset}; {len(wrong)} of {len(page.ids)} rows differ"
    return [
        Finding(f"row {one!r} with {name} {expected!r}, {what}", f"{name} {actual!r}", page.shown, note=note)
    ]


def _different(one: Any, other: Any, names: Collection[str]) -> tuple[str, Any, Any] | None:
    """The first of the named properties that both have and that differs, as each has it."""
    if one == other or not (isinstance(one, dict) and isinstance(other, dict)):
        return None
    return next(
        (
            (name, one[name], other[name])
            for name in names
            if name in one and name in other and one[name] != other[name]
        ),
        None,
    )


def _explained(page: Page, reference: Reference) -> bool:
    """Whether so many rows that came, went or moved make the one out of the other."""
    allowed = reference.moved + 1
    known = [(index, reference.places[one]) for index, one in enumerate(page.ids) if one in reference.places]
    strangers = len(page.ids) - len(known)
    drift = [at - (page.offset + index) for index, at in known]
    jumps = sum(1 for a, b in itertools.pairwise(drift) if a != b)
    repeated = len(page.ids) - len(set(page.ids))
    near = all(abs(step) <= allowed for step in drift)
    return strangers <= allowed and jumps <= 2 * allowed and near and not repeated


def apart(one: Page, other: Page, changes: int) -> bool:
    """Whether two answers to one window differ more than so many rows that came, went or moved explain."""
    if (one.ids, one.total) == (other.ids, other.total):
        return one.has_more != other.has_more
    few = abs(one.total - other.total) <= changes and abs(len(one.ids) - len(other.ids)) <= changes
    return not few or bool(same_rows(one, Reference.of([other], changes), ""))


def walk(pages: Sequence[Page], *, whole: bool = True, moved: int = 0) -> list[Finding]:
    """PAG-05: the pages of a walk visit every row once, `total` rows in all; each change explains one."""
    seen: dict[Any, int] = {}
    duplicates: list[tuple[Page, int, int]] = []
    for page in pages:
        for index, one in enumerate(page.ids):
            at = page.offset + index
            if one in seen:
                duplicates.append((page, at, seen[one]))
            seen.setdefault(one, at)
    picture = _picture(pages, [at for _, at, _ in duplicates])
    if len(duplicates) > moved:
        page, at, before = duplicates[0]
        text = f"the row at offset {at} is the row at offset {before} again; {len(duplicates)} such rows"
        return [Finding("each row once", text, page.shown, walk=picture)]
    total = pages[-1].total
    if whole and abs(len(seen) - total) > moved:
        text = f"{len(seen)} rows in {len(pages)} pages"
        return [Finding(f"{total} rows (total)", text, pages[-1].shown, walk=picture)]
    return []


def _picture(pages: Sequence[Page], duplicates: list[int]) -> Walk:
    ends = sorted((page.offset, page.end) for page in pages)
    # Where two pages of the walk should meet and do not.
    gaps = [end for (_, end), (start, _) in itertools.pairwise(ends) if start > end]
    return Walk(
        total=pages[0].total,
        pages=tuple(
            WalkPage(page.offset, page.limit, len(page.rows), page.exchange.id if page.exchange else None)
            for page in pages
        ),
        duplicates=tuple(duplicates[:SHOWN]),
        gaps=tuple(gaps[:SHOWN]),
    )


def repeats(answers: Sequence[Page], most: int) -> list[Finding]:
    """PAG-08: the same request gives the same rows in the same order; `most` changes are the data's own."""
    turns = [(one, other) for one, other in itertools.pairwise(answers) if one.ids != other.ids]
    if len(turns) <= most:
        return []
    one, other = turns[0]
    same = "the same rows in another order" if set(one.ids) == set(other.ids) else "other rows"
    text = f"{same}, {len(turns)} times in {len(answers)} answers"
    return [Finding("the same rows in the same order, asked again", text, other.shown + one.shown)]
