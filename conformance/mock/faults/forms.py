"""Faults of the rows' values: of another type, of another format, against their meaning."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault
from conformance.mock.store import COLUMNS
from conformance.mock.wrappers import each_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.service import Service


@fault("SCH-05")
def agent_id_a_string(service: Service) -> None:
    """`agent_id` is a string of digits."""
    _change(service, "agent_id", str)


@fault("SCH-05")
def id_a_string(service: Service) -> None:
    """`id` is a string of digits."""
    _change(service, "id", str)


@fault("SCH-05")
def total_recipients_a_string(service: Service) -> None:
    """`total_recipients` is a string of digits."""
    _change(service, "total_recipients", str)


@fault("SCH-05")
def agent_id_a_float(service: Service) -> None:
    """`agent_id` is a number with a decimal point."""
    _change(service, "agent_id", float)


@fault("SCH-05")
def id_a_float(service: Service) -> None:
    """`id` is a number with a decimal point."""
    _change(service, "id", float)


@fault("SCH-05")
def total_recipients_a_float(service: Service) -> None:
    """`total_recipients` is a number with a decimal point."""
    _change(service, "total_recipients", float)


@fault("SCH-05")
def total_recipients_sometimes_a_float(service: Service) -> None:
    """In some rows `total_recipients` is a number with a decimal point."""
    _change(service, "total_recipients", lambda number: number if number % 5 else float(number))


@fault("SCH-03")
def name_a_number(service: Service) -> None:
    """Names that end in digits are numbers."""
    _change(service, "name", lambda name: int(name.split()[-1]))


@fault("SCH-03")
def name_an_object(service: Service) -> None:
    """`name` is an object with the text in it."""
    _change(service, "name", lambda name: {"text": name})


@fault("SCH-03")
def status_a_number(service: Service) -> None:
    """`status` is a number."""
    _change(service, "status", len)


@fault("SCH-03")
def created_at_in_epoch_seconds(service: Service) -> None:
    """`created_at` is a number of seconds."""
    _change(service, "created_at", lambda instant: int(datetime.fromisoformat(instant).timestamp()))


@fault("SCH-03")
def created_at_without_zone(service: Service) -> None:
    """`created_at` has no zone."""
    _change(service, "created_at", lambda instant: instant.removesuffix("Z"))


@fault("SCH-03")
def created_at_with_a_space(service: Service) -> None:
    """`created_at` has a space instead of the `T`, and no zone."""
    _change(service, "created_at", lambda instant: instant.replace("T", " ").removesuffix("Z"))


@fault("SCH-03")
def created_at_a_date(service: Service) -> None:
    """`created_at` is a date without a time."""
    _change(service, "created_at", lambda instant: instant[:10])


@fault("SCH-03")
def scheduled_for_in_words(service: Service) -> None:
    """`scheduled_for` is an HTTP date."""
    _change(
        service,
        "scheduled_for",
        lambda instant: instant and f"{datetime.fromisoformat(instant):%a, %d %b %Y %H:%M:%S} GMT",
    )


@fault("SCH-03")
def scheduled_for_empty(service: Service) -> None:
    """A row that is not scheduled has an empty `scheduled_for`."""
    _change(service, "scheduled_for", lambda instant: instant or "")


@fault("SCH-03")
def updated_at_impossible(service: Service) -> None:
    """Some `updated_at` are the 30th of February."""
    _change(
        service, "updated_at", lambda instant: instant and (instant[:5] + "02-30" + instant[10:])
    )


@fault("SCH-03")
def updated_at_false(service: Service) -> None:
    """A row that was never updated has `updated_at` false."""
    _change(service, "updated_at", lambda instant: instant or False)


@fault("SCH-03")
def one_bad_date_deep_in_the_list(service: Service) -> None:
    """One row deep in the list has a `created_at` of another format."""
    _deep_row(service)


@fault("SCH-08")
def updated_before_created(service: Service) -> None:
    """Some rows were updated before they were created."""
    each_item(
        service,
        lambda item: (
            item | {"updated_at": "2019" + item["created_at"][4:]} if item["id"] % 5 == 0 else item
        ),
    )


@fault("SCH-08")
def recipients_below_zero(service: Service) -> None:
    """Some rows have fewer than no recipients."""
    _change(service, "total_recipients", lambda number: number if number % 6 else -1)


@fault("SCH-08")
def ids_below_zero(service: Service) -> None:
    """Ids are negative."""
    _change(service, "id", lambda number: -number)


def _change(service: Service, name: str, change: Callable[[Any], Any]) -> None:
    each_item(service, lambda item: item | {name: change(item[name])})


def _deep_row(service: Service) -> None:
    where = cache(lambda: service.store.rows(None, 1, 44, service.order)[0][COLUMNS.index("id")])
    each_item(
        service,
        lambda item: (
            item | {"created_at": item["created_at"].replace("T", " at ")}
            if item["id"] == where()
            else item
        ),
    )
