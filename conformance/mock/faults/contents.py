"""Faults in which a row's values depend on the window that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.wrappers import each_selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Service
    from conformance.mock.store import Row

NAME, RECIPIENTS = 3, 6  # where a row has its name, and its total_recipients


@fault("PAG-07")
def one_row_misnamed_on_the_largest_page(service: Service) -> None:
    """One row has its neighbour's name where the first page is asked for with the largest limit."""

    def misname(window: Window, rows: list[Row]) -> list[Row]:
        if (window.limit, window.offset, window.agent_id) != (100, 0, None) or len(rows) < 9:
            return rows
        return [*rows[:7], _with(rows[7], NAME, rows[8][NAME]), *rows[8:]]

    each_selection(service, misname)


@fault("PAG-07")
def pages_of_one_row_count_no_recipients(service: Service) -> None:
    """A page of one row has `total_recipients` 0 in it."""
    each_selection(
        service, lambda window, rows: _without_recipients(rows) if window.limit == 1 else rows
    )


@fault("FIL-02")
def filtered_rows_lack_a_name(service: Service) -> None:
    """The second row under a filter has an empty name."""

    def unname(window: Window, rows: list[Row]) -> list[Row]:
        if window.agent_id is None or len(rows) < 2:
            return rows
        return [rows[0], _with(rows[1], NAME, ""), *rows[2:]]

    each_selection(service, unname)


@fault("PAG-01")
def default_page_counts_no_recipients(service: Service) -> None:
    """Where no `limit` is sent the rows have `total_recipients` 0."""
    listed = service.list_rows
    service.list_rows = lambda call: _emptied(service, call, listed)


def _emptied(service: Service, call: Call, listed: Callable[[Call], Answer]) -> Answer:
    if any(name == "limit" for name, _ in call.parameters):
        return listed(call)
    select = service.select
    service.select = lambda window: _without_recipients(select(window))
    try:
        return listed(call)
    finally:
        service.select = select


def _without_recipients(rows: list[Row]) -> list[Row]:
    return [_with(row, RECIPIENTS, 0) for row in rows]


def _with(row: Row, at: int, value: object) -> Row:
    return (*row[:at], value, *row[at + 1 :])
