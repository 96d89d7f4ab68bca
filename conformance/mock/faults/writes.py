"""Faults of what is created, replaced and deleted; they show in the orders, which are served for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.orders import PATH, counted, served

if TYPE_CHECKING:
    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("RES-04", writes=True)
def created_order_not_found(service: Service) -> None:
    """An order that was created is listed, and not found by its id."""
    orders = served(service)
    kept = orders.kept
    orders.find = lambda number: kept.get(number) if number in orders.first else None


@fault("RES-04", writes=True)
def created_order_not_listed(service: Service) -> None:
    """Orders that were created are counted, and in no list."""
    orders = served(service)
    rows = orders.rows
    orders.total = lambda: len(rows())
    orders.rows = lambda: [row for row in rows() if row["id"] in orders.first]


@fault("RES-04", writes=True)
def location_leads_nowhere(service: Service) -> None:
    """The Location of a creation leads to a path that is none."""
    orders = served(service)
    created = orders.created
    orders.created = lambda order: created(order).with_headers(location=f"/v1/order/{order['id']}")


@fault("RES-04", writes=True)
def location_of_the_next_order(service: Service) -> None:
    """The Location of a creation has the id of an order to come."""
    orders = served(service)
    created = orders.created
    orders.created = lambda order: created(order).with_headers(location=f"{PATH}/{order['id'] + 1}")


@fault("RES-05", writes=True)
def total_without_created_orders(service: Service) -> None:
    """The total counts the orders that were there at first."""
    orders = served(service)
    orders.total = lambda: len(orders.first)


@fault("RES-05", writes=True)
def created_orders_counted_twice(service: Service) -> None:
    """The total counts each order that was created twice."""
    orders = served(service)
    orders.total = lambda: 2 * len(orders.rows()) - len(orders.first)


@fault("RES-06", writes=True)
def deleted_order_found(service: Service) -> None:
    """An order that was deleted is not listed, and is found by its id still."""
    orders, gone = served(service), dict[int, dict[str, int]]()
    find, delete = orders.find, orders.delete

    def deleted(number: int) -> Answer:
        gone[number] = find(number) or {}
        return delete(number) if number in orders.kept else orders.deleted()

    orders.delete = deleted
    orders.find = lambda number: find(number) or gone.get(number)


@fault("RES-06", writes=True)
def deleted_order_listed(service: Service) -> None:
    """An order that was deleted is not found, and is listed still."""
    orders, gone = served(service), dict[int, dict[str, int]]()
    find, rows, delete = orders.find, orders.rows, orders.delete

    def deleted(number: int) -> Answer:
        gone[number] = find(number) or {}
        return delete(number)

    orders.delete = deleted
    orders.rows = lambda: [*rows(), *gone.values()]


@fault("RES-07", writes=True)
def replaced_order_adds_up(service: Service) -> None:
    """A PUT adds its count to the one that is there."""
    orders = served(service)
    replace = orders.replace

    def added(number: int, call: Call) -> Answer:
        before, answer = orders.kept[number]["count"], replace(number, call)
        if answer.status == 200:
            orders.kept[number]["count"] += before
        return answer

    orders.replace = added


@fault("RES-07", writes=True)
def order_replaced_once(service: Service) -> None:
    """A second PUT of an order gets 409."""
    orders, replaced = served(service), set[int]()
    replace = orders.replace

    def once(number: int, call: Call) -> Answer:
        if number in replaced and counted(call) is not None:
            return service.error(409, "duplicate_request", "the order was replaced")
        answer = replace(number, call)
        if answer.status == 200:
            replaced.add(number)
        return answer

    orders.replace = once


@fault("RES-08", writes=True)
def idempotency_key_ignored(service: Service) -> None:
    """A request that repeats an idempotency key creates another order."""
    served(service).repeated = lambda key: None


@fault("RES-08", writes=True)
def idempotency_key_breaks(service: Service) -> None:
    """A request that repeats an idempotency key gets 500."""
    orders = served(service)
    repeated = orders.repeated
    orders.repeated = lambda key: (
        service.error(500, "internal_error", "internal error") if repeated(key) else None
    )
