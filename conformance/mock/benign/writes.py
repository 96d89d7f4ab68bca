"""Ways to create and delete that conform; they show in the orders, which are served for them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.messages import Answer
from conformance.mock.orders import ORDERS_OF, PATH, served

if TYPE_CHECKING:
    from conformance.mock.orders import Order
    from conformance.mock.service import Service

LATE = 0.7  # seconds


@benign(writes=True)
def orders(service: Service) -> None:
    """Orders are created with 201, a body and a Location, replaced and deleted."""
    served(service)


@benign(writes=True)
def orders_equal_the_other_way_round(service: Service) -> None:
    """Orders of one count come by their id, descending, in a list that is sorted by it."""

    def sorted_otherwise(rows: list[Order], name: str) -> list[Order]:
        by, is_descending = ORDERS_OF[name]
        sign = -1 if is_descending else 1
        return sorted(rows, key=lambda row: (sign * row[by], -row["id"]))

    served(service).sort = sorted_otherwise


@benign(writes=True)
def orders_without_lines(service: Service) -> None:
    """Only every third order has lines."""
    orders = served(service)
    lines = orders.lines
    orders.lines = lambda number: [] if number % 3 else lines(number)


@benign(writes=True)
def orders_accepted(service: Service) -> None:
    """A creation gets 202 without a body; its Location alone says what is created."""
    kept = served(service)

    def accepted(order: dict[str, int]) -> Answer:
        fields = {k: v for k, v in service.headers().items() if k != "content-type"}
        return Answer(202, fields | {"location": f"{PATH}/{order['id']}"}, b"")

    kept.created = accepted


@benign(writes=True)
def orders_deleted_again(service: Service) -> None:
    """A DELETE of an order that was deleted gets 204 again."""
    kept, gone = served(service), set[int]()
    delete = kept.delete

    def deleted(number: int) -> Answer:
        gone.add(number)
        return delete(number)

    kept.delete = deleted
    missing = kept.missing
    kept.missing = lambda number, call: (
        kept.deleted() if call.method == "DELETE" and number in gone else missing(number, call)
    )


@benign(writes=True)
def orders_appear_late(service: Service) -> None:
    """An order that was created is found, listed and counted within a second."""
    kept, since = served(service), dict[int, float]()
    created, find, rows = kept.created, kept.find, kept.rows

    def noted(order: dict[str, int]) -> Answer:
        since.setdefault(order["id"], time.monotonic())
        return created(order)

    def is_there(number: int) -> bool:
        return time.monotonic() - since.get(number, 0.0) >= LATE

    kept.created = noted
    kept.find = lambda number: find(number) if is_there(number) else None
    kept.rows = lambda: [row for row in rows() if is_there(row["id"])]
