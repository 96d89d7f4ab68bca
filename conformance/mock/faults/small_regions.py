"""Faults that show in a small region of windows and filters alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Service


@fault("PAG-02")
def short_for_limits_41_to_45_further_on(service: Service) -> None:
    """Limits from 41 to 45 behind offset 9 lack a row."""
    _cut(service, lambda window: 41 <= window.limit <= 45 and window.offset > 9)


@fault("PAG-07")
def swapped_in_an_offset_band(service: Service) -> None:
    """Pages that begin from offset 16 to 31 have their first two rows swapped."""
    _swapped(service, lambda window: 16 <= window.offset < 32 and window.agent_id is None)


@fault("PAG-07")
def swapped_at_odd_starts_of_small_pages(service: Service) -> None:
    """Pages of 10 to 19 rows that begin at an odd offset have their first two rows swapped."""
    _swapped(service, lambda window: 10 <= window.limit < 20 and window.offset % 2 == 1)


@fault("FIL-03")
def middle_agent_total_off(service: Service) -> None:
    """One agent's list has a total that is one too high, where it does not begin at the
    first row.
    """
    middle = _middle(service)
    _total(service, lambda window: window.agent_id == middle() and window.offset > 0)


@fault("FIL-05")
def middle_agent_swapped_behind_the_first(service: Service) -> None:
    """One agent's pages have their first two rows swapped, where they do not begin at the first
    row.
    """
    middle = _middle(service)
    _swapped(service, lambda window: window.agent_id == middle() and window.offset > 0)


@fault("FIL-03")
def filtered_page_short_further_on(service: Service) -> None:
    """A filtered page that does not begin at the first row lacks its last one."""
    _cut(service, lambda window: window.agent_id is not None and window.offset > 0)


@fault("FIL-03")
def filtered_has_more_wrong_further_on(service: Service) -> None:
    """Under a filter `has_more` is always false where a page does not begin at the first row."""
    has_more = service.has_more
    service.has_more = lambda window, shown, total: (
        False
        if window.agent_id is not None and window.offset > 0
        else has_more(window, shown, total)
    )


@fault("FIL-01")
def middle_agent_gets_a_foreign_row(service: Service) -> None:
    """One agent's pages of two rows and more begin with a row of another agent."""
    middle, select = _middle(service), service.select

    def selected(window: Window) -> list[Any]:
        rows = select(window)
        if window.agent_id != middle() or len(rows) < 2:
            return rows
        others = service.store.rows(None, 100, 0, service.order)
        return [next(row for row in others if row[0] != window.agent_id), *rows[1:]]

    service.select = selected


@fault("PAG-16")
def order_of_three_parameters_matters(service: Service) -> None:
    """With the filter last the window is the first page."""
    window = service.window

    def read(call: Call) -> Window:
        names = [name for name, _ in call.parameters]
        if len(names) == 3 and names[-1] == "agent_id":
            shortened = call.query.replace("offset=", "skip=")
            return window(type(call)(call.method, call.path, shortened, call.headers))
        return window(call)

    service.window = read


def _middle(service: Service) -> Callable[[], int]:
    """The agent in the middle of the agents by number, known once rows are there."""
    known: list[int] = []

    def middle() -> int:
        if not known:
            rows = service.store.query(
                "SELECT DISTINCT agent_id FROM batch_calls ORDER BY agent_id"
            )
            known.append(int(rows[len(rows) // 2][0]))
        return known[0]

    return middle


def _cut(service: Service, where: Callable[[Window], bool]) -> None:
    select = service.select
    service.select = lambda window: select(window)[:-1] if where(window) else select(window)


def _swapped(service: Service, where: Callable[[Window], bool]) -> None:
    select = service.select

    def selected(window: Window) -> list[Any]:
        rows = select(window)
        return [rows[1], rows[0], *rows[2:]] if where(window) and len(rows) > 1 else rows

    service.select = selected


def _total(service: Service, where: Callable[[Window], bool]) -> None:
    list_rows, envelope = service.list_rows, service.envelope

    def listed(call: Call) -> Answer:
        if not where(service.window(call)):
            return list_rows(call)
        service.envelope = lambda items, more, total: envelope(items, more, total + 1)
        try:
            return list_rows(call)
        finally:
            service.envelope = envelope

    service.list_rows = listed
