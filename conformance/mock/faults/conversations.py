"""Faults of the list of conversations alone: its pages, its filter, its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.service import Service


@fault("PAG-02", whole=True)
def conversations_more_than_asked(service: Service) -> None:
    """A page of conversations has one row more than was asked for."""
    page = service.resources.page
    service.resources.page = lambda rows, window: page(
        rows, replace(window, limit=window.limit + 1)
    )


@fault("PAG-03", whole=True)
def conversations_end_early(service: Service) -> None:
    """A page of conversations that is the last but one says that no more follow."""
    _pages(service, lambda body, left: body | {"has_more": left > 20})


@fault("PAG-04", whole=True)
def conversations_counted_by_page(service: Service) -> None:
    """The total of conversations is the number of rows on the page."""
    _pages(service, lambda body, left: body | {"total": len(body["data"])})


@fault("PAG-07", whole=True)
def conversations_skip_at_odd_offsets(service: Service) -> None:
    """At an odd offset the conversations begin one row too late."""
    page = service.resources.page
    service.resources.page = lambda rows, window: page(
        rows, replace(window, offset=window.offset + window.offset % 2)
    )


@fault("FIL-01", whole=True)
def conversations_of_all_agents(service: Service) -> None:
    """The filter of conversations by agent is ignored."""
    chosen = service.resources.chosen
    service.resources.chosen = lambda window: chosen(replace(window, agent_id=None))


@fault("SCH-04", whole=True)
def conversations_without_an_end(service: Service) -> None:
    """A conversation that is in progress has no end."""
    _rows(
        service,
        lambda row: {
            name: value
            for name, value in row.items()
            if name != "end_timestamp" or row["status"] != "in_progress"
        },
    )


@fault("SCH-05", whole=True)
def conversations_agents_as_texts(service: Service) -> None:
    """Agents of conversations are texts."""
    _rows(service, lambda row: row | {"agent_id": str(row["agent_id"])})


@fault("SCH-08", whole=True)
def conversations_of_negative_length(service: Service) -> None:
    """A conversation that failed took -1 seconds."""
    _rows(
        service,
        lambda row: row | ({"duration_seconds": -1} if row["status"] == "failed" else {}),
    )


@fault("PAR-04", regions=("india",), whole=True)
def conversations_in_capitals(service: Service) -> None:
    """India writes the status of conversations in capitals."""
    _rows(service, lambda row: row | {"status": row["status"].upper()})


@fault("PAR-04", regions=("india",), whole=True)
def conversations_timed_in_seconds(service: Service) -> None:
    """India writes the times of conversations in seconds, not in milliseconds."""
    _rows(
        service,
        lambda row: (
            row
            | {
                name: row[name] and row[name] // 1000
                for name in ("start_timestamp", "end_timestamp")
            }
        ),
    )


def _pages(service: Service, change: Callable[[Any, int], Any]) -> None:
    """Change the body of each page, given how many rows follow it."""
    page = service.resources.page

    def changed(rows: Any, window: Any) -> Any:
        body = page(rows, window)
        return change(body, len(rows) - window.offset - len(body["data"]))

    service.resources.page = changed


def _rows(service: Service, change: Callable[[Any], Any]) -> None:
    """Change each row of the list."""
    _pages(service, lambda body, _: body | {"data": [change(row) for row in body["data"]]})
