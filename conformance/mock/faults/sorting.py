"""Faults of lists in another order and of their fields, and of what is below a resource; they show in the
orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.orders import COUNT, fields, served, sort

if TYPE_CHECKING:
    from conformance.mock.orders import Order
    from conformance.mock.service import Service

ORDER = 10  # rows that are sorted by themselves


@fault("FIL-08", writes=True)
def sort_ignored(service: Service) -> None:
    """The list is in its own order, whatever `sort` says."""
    served(service).sort = lambda rows, name: rows


@fault("FIL-08", writes=True)
def sort_ascending_only(service: Service) -> None:
    """A descending order is an ascending one."""
    served(service).sort = lambda rows, name: sort(rows, name.removeprefix("-"))


@fault("FIL-08", writes=True)
def sort_as_text(service: Service) -> None:
    """Counts are sorted as texts, their last digit first, and ids are not touched."""

    def as_text(rows: list[Order], name: str) -> list[Order]:
        if "count" not in name:
            return sort(rows, name)
        keyed = {row["id"]: str(row["count"] * 7 % 10) for row in rows}
        return sorted(rows, key=lambda row: (keyed[row["id"]], row["id"]))

    served(service).sort = as_text


@fault("FIL-08", writes=True)
def sorted_in_parts(service: Service) -> None:
    """Every ten rows are in order, and the whole list is not."""

    def in_parts(rows: list[Order], name: str) -> list[Order]:
        parts = (rows[start : start + ORDER] for start in range(0, len(rows), ORDER))
        return [row for part in parts for row in sort(part, name)]

    served(service).sort = in_parts


@fault("FIL-08", writes=True)
def descending_orders_refused(service: Service) -> None:
    """A documented order that begins with a minus is refused with 400."""
    served(service).known_orders = ("id", "count")


@fault("FIL-09", writes=True)
def sorted_list_without_a_row(service: Service) -> None:
    """A sorted list lacks a row, and has another twice in its place."""

    def twice(rows: list[Order], name: str) -> list[Order]:
        ordered = sort(rows, name)
        return [*ordered[: COUNT // 2], ordered[COUNT // 2 - 1], *ordered[COUNT // 2 + 1 :]]

    served(service).sort = twice


@fault("FIL-09", writes=True)
def sorted_list_of_distinct_values(service: Service) -> None:
    """A list that is sorted has one row of each value, and rows from before in the place of the others."""

    def distinct(rows: list[Order], name: str) -> list[Order]:
        ordered = sort(rows, name)
        by = name.removeprefix("-")
        first = {row[by]: row for row in reversed(ordered)}
        return [first[row[by]] for row in ordered]

    served(service).sort = distinct


@fault("RES-09", writes=True)
def lines_of_another_order(service: Service) -> None:
    """The lines of an order are those of the order before it."""
    orders = served(service)
    lines = orders.lines
    orders.lines = lambda number: lines(number - 1)


@fault("RES-09", writes=True)
def lines_of_all_orders(service: Service) -> None:
    """The lines of an order are those of the first orders, and its own."""
    orders = served(service)
    lines = orders.lines
    orders.lines = lambda number: [
        line for each in sorted({*list(orders.first)[:2], number}) for line in lines(each)
    ]


@fault("RES-09", writes=True)
def line_of_another_order(service: Service) -> None:
    """The last line of an order is one of the next order."""
    orders = served(service)
    lines = orders.lines
    orders.lines = lambda number: [*lines(number)[:-1], lines(number + 1)[0]]


@fault("SCH-13", writes=True)
def declared_field_left_out(service: Service) -> None:
    """A page has no `X-Total-Count`, which is required."""
    served(service).fields = lambda total, orders: {}


@fault("SCH-13", writes=True)
def declared_field_in_words(service: Service) -> None:
    """`X-Total-Count` is a number and a word."""
    served(service).fields = lambda total, orders: {"x_total_count": f"{total} orders"}


@fault("SCH-13", writes=True)
def declared_field_with_another_word(service: Service) -> None:
    """`X-Sorted-By` of a sorted list has a word that its schema does not allow."""
    served(service).fields = lambda total, orders: (
        fields(total, orders) | ({"x_sorted_by": "price"} if orders else {})
    )


@fault("ROB-06", writes=True)
def unchanged_whatever_the_tag(service: Service) -> None:
    """An order is answered with 304 to any `If-None-Match`."""
    served(service).is_known = lambda tag, tags: bool(tags)
