"""Faults of the rows' properties: missing, null, left out, added."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault
from conformance.mock.store import COLUMNS
from conformance.mock.wrappers import each_item, each_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.service import Item, Service


HALF = "(half of a pair)"
ZERO_TIME = "0001-01-01T00:00:00Z"


@fault("SCH-04")
def agent_id_missing(service: Service) -> None:
    """Rows have no `agent_id`."""
    _without(service, "agent_id")


@fault("SCH-04")
def created_at_missing(service: Service) -> None:
    """Rows have no `created_at`."""
    _without(service, "created_at")


@fault("SCH-04")
def id_missing(service: Service) -> None:
    """Rows have no `id`."""
    _without(service, "id")


@fault("SCH-04")
def name_missing(service: Service) -> None:
    """Rows have no `name`."""
    _without(service, "name")


@fault("SCH-04")
def status_missing(service: Service) -> None:
    """Rows have no `status`."""
    _without(service, "status")


@fault("SCH-04")
def total_recipients_missing(service: Service) -> None:
    """Rows have no `total_recipients`."""
    _without(service, "total_recipients")


@fault("SCH-04")
def name_missing_deep_in_the_list(service: Service) -> None:
    """One row deep in the list has no `name`."""
    _deep(service, lambda item: {key: item[key] for key in item if key != "name"})


@fault("SCH-03")
def agent_id_null(service: Service) -> None:
    """In some rows `agent_id` is null."""
    _some(service, "agent_id", lambda value: None)


@fault("SCH-03")
def created_at_null(service: Service) -> None:
    """In some rows `created_at` is null."""
    _some(service, "created_at", lambda value: None)


@fault("SCH-03")
def id_null(service: Service) -> None:
    """In some rows `id` is null."""
    _some(service, "id", lambda value: None)


@fault("SCH-03")
def name_null(service: Service) -> None:
    """In some rows `name` is null."""
    _some(service, "name", lambda value: None)


@fault("SCH-03")
def status_null(service: Service) -> None:
    """In some rows `status` is null."""
    _some(service, "status", lambda value: None)


@fault("SCH-03")
def total_recipients_null(service: Service) -> None:
    """In some rows `total_recipients` is null."""
    _some(service, "total_recipients", lambda value: None)


@fault("SCH-04")
def data_missing_when_empty(service: Service) -> None:
    """The envelope of an empty page has no `data`."""
    each_page(
        service, lambda page: page if page["data"] else {k: page[k] for k in ("has_more", "total")}
    )


@fault("SCH-04")
def data_called_items(service: Service) -> None:
    """The envelope's rows are under `items` instead of `data`."""
    each_page(
        service, lambda page: {"items": page["data"]} | {k: page[k] for k in ("has_more", "total")}
    )


@fault("SCH-04")
def envelope_inside_result(service: Service) -> None:
    """The envelope is wrapped in `result`."""
    each_page(service, lambda page: {"result": page})


@fault("SCH-03")
def bare_list(service: Service) -> None:
    """The body is the list of rows, without an envelope."""
    each_page(service, lambda page: page["data"])


@fault("SCH-03")
def data_null_when_empty(service: Service) -> None:
    """The `data` of an empty page is null."""
    each_page(service, lambda page: page | {"data": page["data"] or None})


@fault("SCH-03")
def data_keyed_by_id(service: Service) -> None:
    """`data` is an object of rows by id."""
    each_page(service, lambda page: page | {"data": {str(row["id"]): row for row in page["data"]}})


@fault("SCH-03")
def a_null_among_the_rows(service: Service) -> None:
    """The last row of the last page is null."""
    _last_null(service)


@fault("SCH-07")
def undocumented_row_property(service: Service) -> None:
    """Rows have a property that the document does not have."""
    each_item(service, lambda item: item | {"internal_cost": 0.42})


@fault("SCH-07")
def undocumented_envelope_property(service: Service) -> None:
    """The envelope has a property that the document does not have."""
    each_page(service, lambda page: page | {"page_token": "b2Zmc2V0"})


@fault("SCH-07")
def undocumented_property_deep_in_the_list(service: Service) -> None:
    """One row deep in the list has a property that the document does not have."""
    _deep(service, lambda item: item | {"debug": True})


@fault("SCH-10")
def null_update_left_out(service: Service) -> None:
    """Rows that were never updated have no `updated_at`."""
    _omit_null(service, "updated_at")


@fault("SCH-10")
def null_schedule_left_out(service: Service) -> None:
    """Rows that are not scheduled have no `scheduled_for`."""
    _omit_null(service, "scheduled_for")


def _without(service: Service, name: str) -> None:
    each_item(service, lambda item: {key: item[key] for key in item if key != name})


def _omit_null(service: Service, name: str) -> None:
    each_item(
        service,
        lambda item: {key: item[key] for key in item if key != name or item[key] is not None},
    )


def _some(service: Service, name: str, change: Callable[[Any], Any]) -> None:
    """Change a property of every seventh row or so."""
    each_item(
        service, lambda item: item | {name: change(item[name])} if item["id"] % 7 == 3 else item
    )


@fault("SCH-11")
def names_encoded_twice(service: Service) -> None:
    """Names with a letter beyond ASCII were encoded twice."""
    service.population = replace(
        service.population, names=("Fr\u00fchjahr", "Renewals", "Caf\u00e9")
    )
    each_item(service, lambda item: item | {"name": item["name"].encode().decode("latin-1")})


@fault("SCH-11")
def a_name_is_cut_within_a_character(service: Service) -> None:
    """One name ends in half of a surrogate pair."""
    encode = service.encode
    service.encode = lambda payload: encode(payload).replace(HALF.encode(), b"\\ud83d")
    _deep(service, lambda item: item | {"name": f"Diwali {HALF}"})


@fault("SCH-12")
def not_scheduled_is_year_1(service: Service) -> None:
    """A batch that is not scheduled is so for the first of January of year 1."""
    each_item(service, lambda item: item | {"scheduled_for": item["scheduled_for"] or ZERO_TIME})


@fault("SCH-12")
def a_creation_in_year_1(service: Service) -> None:
    """One row deep in the list was created in year 1."""
    _deep(service, lambda item: item | {"created_at": ZERO_TIME})


def _deep(service: Service, change: Callable[[Item], Item]) -> None:
    """Change the one row that is 45th in the unfiltered list."""
    where = cache(lambda: service.store.rows(None, 1, 44, service.order)[0][COLUMNS.index("id")])
    each_item(service, lambda item: change(item) if item["id"] == where() else item)


def _last_null(service: Service) -> None:
    envelope = service.envelope
    service.envelope = lambda items, more, total: envelope(
        items if more or not items[1:] else [*items[:-1], None],  # type: ignore[list-item]  # a row that is null is the fault
        more,
        total,
    )
