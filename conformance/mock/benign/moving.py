"""Live data: rows are added, deleted and changed while they are listed, up to twice a second."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.store import NEWEST_FIRST, OLDEST_FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service
    from conformance.mock.store import Store

PURGE = "DELETE FROM batch_calls WHERE id IN (SELECT id FROM batch_calls ORDER BY id LIMIT 10)"
HEARTBEAT = """
UPDATE batch_calls SET updated_at = ?
WHERE id = (SELECT id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)
"""
HEAD, TAIL = 1_790_000_000, 1_600_000_000
DELETE = (
    "DELETE FROM batch_calls WHERE id = (SELECT id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)"
)
DELETE_LISTED = (
    f"DELETE FROM batch_calls WHERE id = (SELECT id FROM batch_calls ORDER BY {NEWEST_FIRST} "  # noqa: S608 - an order of this package, nothing of a request
    "LIMIT 1 OFFSET 10)"
)
UPDATE = """
UPDATE batch_calls
SET updated_at = ?, status = CASE status WHEN 'completed' THEN 'archived' ELSE 'completed' END
WHERE id = (SELECT id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)
"""
REASSIGN = """
UPDATE batch_calls
SET updated_at = ?, agent_id = (SELECT agent_id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)
WHERE id = (SELECT id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)
"""


@benign()
def row_added_at_the_head(service: Service) -> None:
    """Twice a second a row is added before the first."""
    _moving(service, 2.0, lambda store, number: _add(store, number, HEAD + number))


@benign()
def row_added_at_the_tail(service: Service) -> None:
    """Twice a second a row is added behind the last."""
    _moving(service, 2.0, lambda store, number: _add(store, number, TAIL - number))


@benign()
def row_added_oldest_first(service: Service) -> None:
    """Twice a second a row is added, in a list with the oldest first."""
    service.order = OLDEST_FIRST
    _moving(service, 2.0, lambda store, number: _add(store, number, HEAD + number))


@benign()
def row_deleted(service: Service) -> None:
    """Once a second a row somewhere is deleted."""
    service.population = replace(service.population, rows=400)
    _moving(service, 1.0, lambda store, number: store.change(DELETE, service.random.randrange(100)))


@benign()
def row_comes_and_goes(service: Service) -> None:
    """Twice a second the first row is added, and deleted again: the list is as it was, now and
    then.
    """

    def move(store: Store, number: int) -> None:
        if number % 2:
            _add(store, number, HEAD)
        else:
            store.change("DELETE FROM batch_calls WHERE name LIKE 'Added %'")

    _moving(service, 2.0, move)


@benign()
def status_changes(service: Service) -> None:
    """Twice a second a row's status changes, and its `updated_at`."""
    _moving(
        service,
        2.0,
        lambda store, number: store.change(
            UPDATE, _instant(HEAD + number), service.random.randrange(50)
        ),
    )


@benign()
def agent_changes(service: Service) -> None:
    """Twice a second a row goes to another agent: filtered lists move, the whole one does not."""
    _moving(
        service,
        2.0,
        lambda store, number: store.change(
            REASSIGN,
            _instant(HEAD + number),
            service.random.randrange(50),
            service.random.randrange(50),
        ),
    )


@benign(regions=("india",))
def row_added_in_one_region(service: Service) -> None:
    """Twice a second a row is added before the first, in one region."""
    _moving(service, 2.0, lambda store, number: _add(store, number, HEAD + number))


@benign(expected="conformant or unverified")
def rows_added_twenty_a_second(service: Service) -> None:
    """Twenty times a second a row is added before the first."""
    _moving(service, 20.0, lambda store, number: _add(store, number, HEAD + number))


@benign(expected="conformant or unverified")
def rows_added_in_bursts(service: Service) -> None:
    """Once in three seconds fifty rows are added before the first."""

    def burst(store: Store, number: int) -> None:
        for one in range(50):
            _add(store, 50 * number + one, HEAD + 50 * number + one)

    _moving(service, 1 / 3, burst)


@benign()
def rows_with_heartbeats(service: Service) -> None:
    """Five times a second some row's `updated_at` changes."""
    _moving(
        service,
        5.0,
        lambda store, number: store.change(
            HEARTBEAT, _instant(HEAD + number), service.random.randrange(50)
        ),
    )


@benign()
def rows_purged(service: Service) -> None:
    """Once in four seconds the last ten rows are deleted."""
    service.population = replace(service.population, rows=400)
    _moving(service, 1 / 4, lambda store, number: store.change(PURGE))


@benign()
def listed_rows_go(service: Service) -> None:
    """Five times a second the row in the middle of the first page is deleted: the very one that a
    run learns of goes under it.
    """
    service.population = replace(service.population, rows=800)
    _moving(service, 5.0, lambda store, number: store.change(DELETE_LISTED))


@benign()
def order_by_activity(service: Service) -> None:
    """Rows are ordered by their last update, and twice a second one is updated and moves up."""
    service.order = "updated_at DESC NULLS LAST, id ASC"
    _moving(
        service,
        2.0,
        lambda store, number: store.change(
            UPDATE, _instant(HEAD + number), service.random.randrange(100)
        ),
    )


@benign()
def names_edited(service: Service) -> None:
    """Twice a second somebody edits a row's name."""
    _moving(
        service,
        2.0,
        lambda store, number: store.change(
            "UPDATE batch_calls SET updated_at = ?, name = ? "
            "WHERE id = (SELECT id FROM batch_calls ORDER BY id LIMIT 1 OFFSET ?)",
            _instant(HEAD + number),
            f"Edited {number}",
            service.random.randrange(100),
        ),
    )


def _moving(service: Service, rate: float, move: Callable[[Store, int], None]) -> None:
    """Catch up, before each request, with the changes that are due by now."""
    respond = service.respond
    started = cache(time.monotonic)
    done = 0

    def moved(call: Call) -> Answer:
        nonlocal done
        due = int((time.monotonic() - started()) * rate)
        while done < due:
            done += 1
            move(service.store, done)
        return respond(call)

    service.respond = moved


def _add(store: Store, number: int, created: int) -> None:
    (newest,) = store.query("SELECT * FROM batch_calls ORDER BY id DESC LIMIT 1")
    agent = store.rows(None, 1, number % store.total())[0][0]
    row = (
        agent,
        _instant(created),
        newest[0] + 1,
        f"Added {number}",
        None,
        "pending",
        number,
        None,
    )
    store.add(row)


def _instant(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
