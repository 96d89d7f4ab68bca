"""Faults of the order of rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.store import NEWEST_FIRST, OLDEST_FIRST
from conformance.mock.wrappers import each_order, each_selection

if TYPE_CHECKING:
    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("PAG-08")
def ties_in_random_order(service: Service) -> None:
    """Rows of the same instant come in another order each time."""
    each_order(
        service,
        lambda window: f"created_at DESC, (id * {service.random.randrange(1, 1009)}) % 1009",
    )


@fault("PAG-08")
def order_alternates(service: Service) -> None:
    """Every other request lists the oldest rows first."""
    each_order(service, lambda window: NEWEST_FIRST if service.calls % 2 else OLDEST_FIRST)


@fault("PAG-08")
def first_rows_rotate(service: Service) -> None:
    """Each request starts its page with another of its rows."""
    each_selection(
        service, lambda window, rows: rows[(n := service.calls % (len(rows) or 1)) :] + rows[:n]
    )


@fault("PAG-08")
def now_and_then_reversed(service: Service) -> None:
    """Every 25th page has its rows reversed."""
    each_selection(service, lambda window, rows: rows if service.calls % 25 else rows[::-1])


@fault("PAG-08")
def now_and_then_empty(service: Service) -> None:
    """Every 30th list is empty, as if there were no rows at all."""
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        answer = list_rows(call)
        if service.calls % 30 or answer.status != 200:
            return answer
        return replace(answer, body=service.encode(service.envelope([], False, 0)))

    service.list_rows = listed


@fault("PAG-07")
def large_pages_are_summaries(service: Service) -> None:
    """The rows of pages of more than 50 have no recipients."""
    each_selection(
        service,
        lambda window, rows: (
            rows if window.limit <= 50 else [(*row[:6], 0, row[7]) for row in rows]
        ),
    )


@fault("PAG-05")
def ties_depend_on_offset(service: Service) -> None:
    """Rows of the same instant are ordered by a number that depends on the page."""
    each_order(service, lambda window: f"created_at DESC, (id * {window.offset + 1}) % 1009")


@fault("PAG-05")
def order_turns_after_first_page(service: Service) -> None:
    """Pages past the first are counted from the oldest row."""
    each_order(service, lambda window: OLDEST_FIRST if window.offset else NEWEST_FIRST)


@fault("PAG-06")
def order_depends_on_limit(service: Service) -> None:
    """Pages of 50 rows and more list the oldest first."""
    each_order(service, lambda window: OLDEST_FIRST if window.limit >= 50 else NEWEST_FIRST)


@fault("PAG-06")
def ties_depend_on_limit(service: Service) -> None:
    """Rows of the same instant are ordered upward where `limit` is odd."""
    each_order(
        service, lambda window: "created_at DESC, id ASC" if window.limit % 2 else NEWEST_FIRST
    )


@fault("PAG-06")
def small_pages_by_id(service: Service) -> None:
    """Pages of fewer than ten rows are ordered by id."""
    each_order(service, lambda window: "id DESC" if window.limit < 10 else NEWEST_FIRST)


@fault("FIL-05")
def filtered_oldest_first(service: Service) -> None:
    """A filtered list is in the opposite order."""
    each_order(service, lambda window: NEWEST_FIRST if window.agent_id is None else OLDEST_FIRST)


@fault("FIL-05")
def filtered_by_id(service: Service) -> None:
    """A filtered list is ordered by id."""
    each_order(service, lambda window: NEWEST_FIRST if window.agent_id is None else "id DESC")


@fault("FIL-05")
def filtered_ties_upward(service: Service) -> None:
    """In a filtered list, rows of the same instant are in the opposite order."""
    each_order(
        service,
        lambda window: NEWEST_FIRST if window.agent_id is None else "created_at DESC, id ASC",
    )
