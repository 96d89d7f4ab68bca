"""What a page breaks by itself, whatever list it is of: its own window and its own total say so."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from conformance.contract import pointer
from conformance.contract.pagination import Role
from conformance.laws import pages
from conformance.laws.filter_texts import are_flags, flag_of, value_of
from conformance.laws.oracle.asked import query_of
from conformance.laws.oracle.values import LARGE, read_parameter
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.laws.pages import Page

UNDER_A_FILTER, OTHER_ROWS = "FIL-03", "FIL-01"
SAME_TOTAL, PAST_THE_END = "PAG-04", "PAG-09"
LAWS = {"PAG-02": pages.size, "PAG-03": pages.has_more}


def broken_alone(
    exchange: Exchange, operation: Operation, usual_total: int | None = None
) -> list[str]:
    """The requirements that an answer breaks under every reading of its request.

    What else is found in the answer may be no more than that. `usual_total` is the total of most
    answers of the unfiltered list, where it is known.
    """
    paging = operation.pagination
    if paging is None or not paging.addressable:
        return []
    if 400 <= exchange.status < 500:
        starts = [start for start, _ in _windows(exchange, operation)]
        is_beyond = usual_total and starts and min(starts) >= usual_total
        return [PAST_THE_END] if is_beyond and not is_filtered(exchange, operation) else []
    read = [read_page(exchange, operation, *window) for window in _windows(exchange, operation)]
    seen = [page for page in read if page is not None]
    if not seen:
        return []
    # A page without rows is one past the end, where the request may be taken to ask for that.
    seen = [page for page in seen if not page.rows and (page.remaining or 0) <= 0] or seen
    broken = [name for name, law in LAWS.items() if all(law(page) for page in seen)]
    if is_filtered(exchange, operation):
        broken += [UNDER_A_FILTER] if broken else []
        return [*broken, OTHER_ROWS] if _has_other_rows(exchange, operation, seen[0]) else broken
    if usual_total is not None and seen[0].total not in (None, usual_total):
        broken.append(SAME_TOTAL)
    if broken and usual_total and all(page.offset >= usual_total for page in seen):
        broken.append(PAST_THE_END)
    return broken


def window_of(exchange: Exchange, operation: Operation) -> tuple[object, ...]:
    """What a request may be taken to ask for, in whatever form: its windows and its filters."""
    _, _, raw = exchange.request.target.partition("?")
    query = query_of(raw)
    filters = tuple((name, *query[name]) for name in operation.filters if name in query)
    return (*sorted(set(_windows(exchange, operation))), *filters)


def _has_other_rows(exchange: Exchange, operation: Operation, page: Page) -> bool:
    """Whether a filtered page has a row of another value than the one that was asked for."""
    _, _, raw = exchange.request.target.partition("?")
    query = query_of(raw)
    for name, place in operation.filters.items():
        wanted = {text.strip() for text in query.get(name, ())}
        if len(wanted) == 1 and wanted != {""}:
            values = [value_of(row, place) for row in page.rows]
            seen = {str(value) for value in values if value is not pointer.MISSING}
            if are_flags(seen):
                wanted |= {flag for text in wanted if (flag := flag_of(text))}
            if seen - wanted:
                return True
    return False


def is_filtered(exchange: Exchange, operation: Operation) -> bool:
    """Whether a request names a filter of its operation."""
    _, _, raw = exchange.request.target.partition("?")
    return bool(query_of(raw).keys() & operation.filters.keys())


def _windows(exchange: Exchange, operation: Operation) -> Iterator[tuple[int, int]]:
    """The windows, by start and size, that a request may be taken to ask for."""
    paging = operation.pagination
    assert paging is not None
    start = paging.parameter(Role.START) or paging.parameter(Role.NUMBER)
    size = paging.parameter(Role.SIZE)
    if start is None or size is None:
        return

    _, _, raw = exchange.request.target.partition("?")
    query = query_of(raw)
    read = read_parameter(query.get(start.name, ()), start)
    starts = read.values | {LARGE} if read.beyond else read.values
    sizes = read_parameter(query.get(size.name, ()), size).values
    for value, rows in product(sorted(starts), sorted(sizes)):
        yield paging.start_of(value, rows), rows
