"""An answer held against what the contract allows: deviations, and the requirement of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conformance.laws import pages, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.laws.oracle.asked import Asked
    from conformance.laws.oracle.model import ListModel
    from conformance.laws.pages import Page

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Deviation:
    """What an answer should have been and what it was, and the requirement that this breaks."""

    requirement: str
    expected: str
    actual: str


def deviations(
    asked: Asked, status: int, page: Page | None, model: ListModel, changes: int = 0
) -> list[Deviation]:
    """Where an answer is none that the contract allows, or that `changes` of the list since
    explain.

    `page` is the page that a 2xx holds; what is wrong with a body that holds none is the schema
    laws' to say, as a 5xx is to the laws of any answer.
    """
    rule = asked.rule
    if 200 <= status < 300:
        return _of_page(asked, page, model, changes) if page is not None else []

    if status in asked.refusals and asked.may_refuse:
        return []
    if status == NOT_FOUND and asked.may_not_find:
        return []
    if status in (NOT_FOUND, *asked.refusals) and _may_be_past_end(asked, model):
        return []
    if status >= 500 or status == 0:
        return []

    expected = "400, or a page that a reading of the value explains" if rule else "200"
    return [Deviation(rule or _of_valid(asked, model), expected, f"status {status}")]


def _of_valid(asked: Asked, model: ListModel) -> str:
    """The requirement that the refusal of a valid request breaks."""
    if any(reading.not_found for reading in asked.filters):
        return "FIL-04"
    is_beyond = model.whole and all(start >= model.total for start, _ in asked.windows)
    return "PAG-09" if is_beyond and model.total else "ROB-06"


def _may_be_past_end(asked: Asked, model: ListModel) -> bool:
    """Whether a window may begin behind the end of a list that the filters may leave, and the style
    allows 404, or a refusal of the number, for that.
    """
    if not asked.paging.may_miss_past_end:
        return False
    if asked.start.refused:
        return True  # there is no page of a number that is none
    if any(reading.beyond for reading in asked.readings):
        return True
    shortest = min(lst.total for lst in asked.lists(model))
    return any(start and start >= shortest for start, _ in asked.windows)


def _of_page(asked: Asked, page: Page, model: ListModel, changes: int) -> list[Deviation]:
    lists = asked.lists(model)
    windows = asked.windows
    if any(_explained(page, lst, start, size, changes) for lst in lists for start, size in windows):
        return []
    if _is_empty_page(page) and any(reading.beyond for reading in asked.readings):
        return []
    return [_smallest(asked, page, lists, windows)]


def _explained(page: Page, lst: ListModel, start: int, size: int, changes: int) -> bool:
    """Whether a page is the window of a list, or differs by no more than so many rows
    that moved.
    """
    if not list(_differences(page, lst, start, size)):
        return True
    expected = lst.page(start, size) if changes and lst.whole else None
    if expected is None or not _counts_right(replace(page, offset=start, limit=size)):
        return False
    return not sequence.apart(replace(page, offset=start, limit=size), expected, changes)


def _differences(page: Page, lst: ListModel, start: int, size: int) -> Iterator[Deviation]:
    """Where a page is not the window of a list; by content only as far as the model knows it."""
    total = lst.total if page.total is None else page.total
    if lst.whole and total != lst.total:
        yield Deviation("PAG-04", f"total {lst.total}", f"total {total}")

    # Of a list without a total that was not read to its end, only what was read is known.
    is_known = not lst.open_ended or start + size <= total
    count = max(0, min(size, total - start))
    if is_known and len(page.rows) != count:
        yield Deviation("PAG-02", f"{count} rows", f"{len(page.rows)} rows")

    more = start + len(page.rows) < total
    # A link behind a window of no rows would lead to itself: there need be none.
    for told in (page.has_more, page.leads_on if size else None):
        if told not in (None, more) and (more or not lst.open_ended):
            yield Deviation("PAG-03", f"has_more {_word(more)}", f"has_more {_word(told)}")

    window = lst.window(start, size) if lst.whole else None
    if window is not None:
        for index, (expected, actual) in enumerate(zip(window, page.ids, strict=False)):
            if expected != actual:
                yield Deviation(
                    "PAG-07", f"row {expected!r} at offset {start + index}", f"row {actual!r}"
                )
                break


def _word(value: bool | None) -> str:
    return str(value).lower()


def _counts_right(page: Page) -> bool:
    """Whether a page agrees with itself, which no movement of the list excuses."""
    return not (pages.size(page) or pages.has_more(page))


def _is_empty_page(page: Page) -> bool:
    return not page.rows and not page.has_more


def _smallest(
    asked: Asked, page: Page, lists: Sequence[ListModel], windows: Sequence[tuple[int, int]]
) -> Deviation:
    """The deviation of a page, named by the least valid value that was asked for."""
    fewest = _fewest(page, lists, windows)
    first = fewest[0]
    rule = asked.rule
    if rule is None:
        rule = _of_filters(asked, page) or first.requirement
        return Deviation(rule, first.expected, first.actual)

    if not asked.filters and [each.requirement for each in fewest] == ["PAG-04"]:
        return first
    said = f"{len(page.rows)} rows, total {page.total}, has_more {_word(page.has_more)}"
    readings = ", ".join(sorted({f"{size} rows from offset {start}" for start, size in windows}))
    return Deviation(rule, f"400, or {readings}", said)


def closest(asked: Asked, page: Page, model: ListModel) -> list[Deviation]:
    """Where a page differs from the window that comes closest to it, of those that its request may
    be taken to ask for.
    """
    return _fewest(page, asked.lists(model), asked.windows)


def _fewest(
    page: Page, lists: Sequence[ListModel], windows: Sequence[tuple[int, int]]
) -> list[Deviation]:
    return min(
        (list(_differences(page, lst, start, size)) for lst in lists for start, size in windows),
        key=len,
    )


def _of_filters(asked: Asked, page: Page) -> str | None:
    """The requirement of a filtered list that a page breaks: rows of other values, or its
    paging.
    """
    if not asked.filters:
        return None
    if any(reading.not_found for reading in asked.filters):
        return "FIL-04"
    lists = [lst for reading in asked.filters for lst in reading.lists]
    known = {name for lst in lists for name in lst.rows}
    if all(lst.whole for lst in lists) and any(name not in known for name in page.ids):
        return "FIL-01"
    if any(_lacks_rows(page, lst) for lst in lists):
        return "FIL-02"
    return "FIL-05" if any(_is_disordered(page, lst) for lst in lists) else "FIL-03"


def _lacks_rows(page: Page, lst: ListModel) -> bool:
    """Whether a page is of a list that lost some of the rows: they come in its order, with gaps or
    too early, and fewer are said to be there.
    """
    places = [lst.places.get(name) for name in page.ids]
    known = [place for place in places if place is not None]
    is_shorter = lst.whole and page.total is not None and page.total < lst.total
    if not known or len(known) < len(places) or known != sorted(known) or not is_shorter:
        return False
    return known[-1] - known[0] >= len(known) or known[0] > page.offset


def _is_disordered(page: Page, lst: ListModel) -> bool:
    """Whether the rows of a page are all of a list, and come in another order than there."""
    places = [lst.places.get(name) for name in page.ids]
    known = [place for place in places if place is not None]
    return len(known) == len(places) and known != sorted(known)
