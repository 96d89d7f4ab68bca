"""Faults of the `agent_id` filter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import has_more, show_row
from conformance.mock.store import NEWEST_FIRST, SELECT
from conformance.mock.wrappers import each_selection, each_total, fail, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Call, Window
    from conformance.mock.service import Service
    from conformance.mock.store import Row


@fault("FIL-03")
def filtered_has_more_when_page_is_full(service: Service) -> None:
    """Under a filter `has_more` says whether the page holds `limit` rows."""
    service.has_more = lambda window, shown, total: (
        has_more(window, shown, total) if window.agent_id is None else shown == window.limit
    )


@fault("FIL-03")
def filtered_total_of_the_rest_at_the_maximum(service: Service) -> None:
    """Under a filter, and with the largest `limit`, `total` counts the rows from `offset` on."""
    each_total(
        service,
        lambda window, total: (
            total if window.agent_id is None or window.limit < 100 else total - window.offset
        ),
    )


@fault("FIL-03")
def filtered_past_the_end_gives_the_last_page(service: Service) -> None:
    """Under a filter an offset past the end gives the last rows."""
    select = service.select

    def selected(window: Window) -> list[Row]:
        total = service.count(window)
        if window.agent_id is None or window.offset < total:
            return select(window)
        return select(replace(window, offset=max(0, total - window.limit)))

    service.select = selected


@fault("FIL-02")
def filtered_rows_lack_recipients(service: Service) -> None:
    """Under a filter every row has no recipients."""
    each_selection(
        service,
        lambda window, rows: (
            rows if window.agent_id is None else [(*row[:6], 0, row[7]) for row in rows]
        ),
    )


@fault("FIL-01")
def filter_ignored(service: Service) -> None:
    """`agent_id` is read and not used."""
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: parse(values) and None


@fault("FIL-01")
def filter_ignored_past_first_page(service: Service) -> None:
    """Pages past the first are not filtered."""
    select = service.select
    service.select = lambda window: select(
        replace(window, agent_id=None) if window.offset else window
    )[: max(0, service.count(window) - window.offset)]


@fault("FIL-01")
def filter_ignored_deep_down(service: Service) -> None:
    """Pages of a filtered list are not filtered from its second half on."""
    select = service.select

    def selected(window: Window) -> list[Row]:
        rows, count = select(window), service.count(window)
        if window.agent_id is None or window.offset <= count // 2:
            return rows
        return select(replace(window, agent_id=None, offset=window.offset + 3))[: len(rows)]

    service.select = selected


@fault("FIL-01")
def filter_by_prefix(service: Service) -> None:
    """`agent_id=31` also lists the rows of agent 311."""
    _matching(service, "CAST(agent_id AS TEXT) LIKE ? || '%'")


@fault("FIL-01")
def filter_by_substring(service: Service) -> None:
    """`agent_id=1` also lists the rows of agents 31 and 101."""
    _matching(service, "CAST(agent_id AS TEXT) LIKE '%' || ? || '%'")


@fault("FIL-01")
def filter_from_upward(service: Service) -> None:
    """`agent_id=311` also lists the rows of agents with greater numbers."""
    _matching(service, "agent_id >= ?")


@fault("FIL-01")
def filter_lets_one_through(service: Service) -> None:
    """A filtered page past row 5 ends with a row of another agent."""
    _stranger(service)


@fault("FIL-02")
def filter_loses_rows_without_update(service: Service) -> None:
    """A filtered list leaves out rows that were never updated."""
    _matching(service, "agent_id = ? AND updated_at IS NOT NULL")


@fault("FIL-02")
def filter_loses_pending(service: Service) -> None:
    """A filtered list leaves out pending rows."""
    _matching(service, "agent_id = ? AND status <> 'pending'")


@fault("FIL-02")
def long_list_filtered_to_three_rows(service: Service) -> None:
    """Of an account too large to be walked, a filtered list has the three newest rows and
    no more.
    """
    service.population = replace(service.population, rows=60_000)
    count, select = service.count, service.select
    service.count = lambda window: (
        count(window) if window.agent_id is None else min(3, count(window))
    )
    service.select = lambda window: (
        select(window) if window.agent_id is None else select(window)[: max(0, 3 - window.offset)]
    )


@fault("FIL-02")
def unfiltered_hides_a_row(service: Service) -> None:
    """The unfiltered list leaves out its oldest row, the filtered one does not."""
    count, select = service.count, service.select
    service.count = lambda window: count(window) - (window.agent_id is None)
    service.select = lambda window: select(window)[: max(0, service.count(window) - window.offset)]


@fault("FIL-03")
def filter_after_paging(service: Service) -> None:
    """The page is cut first and filtered then: filtered pages are short."""
    select = service.select
    service.select = lambda window: [
        row
        for row in select(replace(window, agent_id=None))
        if window.agent_id in (None, show_row(row)["agent_id"])
    ]


@fault("FIL-03")
def limit_ignored_when_filtered(service: Service) -> None:
    """A filtered page has up to 20 rows, whatever `limit` says."""
    select = service.select
    service.select = lambda window: select(
        window if window.agent_id is None else replace(window, limit=20)
    )


@fault("FIL-03")
def offset_ignored_when_filtered(service: Service) -> None:
    """A filtered page starts at the first row."""
    select = service.select
    service.select = lambda window: (
        select(window)
        if window.agent_id is None
        else select(replace(window, offset=0))[: window_rows(service, window)]
    )


@fault("FIL-03")
def filtered_total_one_too_many(service: Service) -> None:
    """A filtered list's `total` is one too many."""
    count = service.count
    service.count = lambda window: (
        (total := count(window)) + (total > 0 and window.agent_id is not None)
    )


@fault("FIL-04")
def unknown_agent_lists_everything(service: Service) -> None:
    """An agent without rows gives the unfiltered list."""
    _unknown(service, lambda window: replace(window, agent_id=None))


@fault("FIL-04")
def unknown_agent_refused(service: Service) -> None:
    """An agent without rows is answered with 400."""
    _unknown(service, lambda window: refuse("agent_id", "an agent with rows"))


@fault("FIL-04")
def unknown_agent_fails(service: Service) -> None:
    """An agent without rows gives 500."""
    _unknown(service, lambda window: fail())


@fault("FIL-04")
def unknown_agent_counts_everything(service: Service) -> None:
    """An agent without rows gives an empty list with the unfiltered `total`."""
    count = service.count
    service.count = lambda window: count(window) or service.store.total()


def window_rows(service: Service, window: Window) -> int:
    """How many rows a window should have."""
    return max(0, min(window.limit, service.count(window) - window.offset))


def _matching(service: Service, condition: str) -> None:
    """Filter by another condition, count and rows alike."""
    count, select = service.count, service.select

    def found(window: Window, limit: int, offset: int) -> list[Row]:
        if abs(window.agent_id or 0) >= 2**63 or offset >= 2**63:
            return []
        statement = f"{SELECT} WHERE {condition} ORDER BY {NEWEST_FIRST} LIMIT ? OFFSET ?"
        return service.store.query(statement, window.agent_id, limit, offset)

    service.count = lambda window: (
        count(window) if window.agent_id is None else len(found(window, -1, 0))
    )
    service.select = lambda window: (
        select(window) if window.agent_id is None else found(window, window.limit, window.offset)
    )


def _stranger(service: Service) -> None:
    select = service.select

    def selected(window: Window) -> list[Row]:
        rows = select(window)
        if window.agent_id is None or window.offset <= 5 or not rows:
            return rows
        return [
            *rows[:-1],
            next(row for row in service.store.rows(None, 1000, 0) if row[0] != window.agent_id),
        ]

    service.select = selected


def _unknown(service: Service, change: Callable[[Window], Window]) -> None:
    read = service.window

    def window(call: Call) -> Window:
        asked = read(call)
        return (
            asked
            if asked.agent_id is None or service.store.total(asked.agent_id)
            else change(asked)
        )

    service.window = window
