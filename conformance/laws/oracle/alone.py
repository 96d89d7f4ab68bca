"""What a page breaks by itself, whatever list it is of: its own window and its own total say so."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from conformance.contract.pagination import Role
from conformance.laws import pages
from conformance.laws.oracle.answers import query_of
from conformance.laws.oracle.values import LARGE, read_parameter
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation

LAWS = {"PAG-02": pages.size, "PAG-03": pages.has_more}


def broken_alone(exchange: Exchange, operation: Operation) -> list[str]:
    """The requirements that an answer breaks under every reading of its request.

    What else is found in the answer may be no more than that.
    """
    paging = operation.pagination
    if paging is None or not paging.addressable:
        return []
    read = [read_page(exchange, operation, *window) for window in _windows(exchange, operation)]
    seen = [page for page in read if page is not None]
    if not seen:
        return []
    # A page without rows is one past the end, where the request may be taken to ask for that.
    seen = [page for page in seen if not page.rows and (page.remaining or 0) <= 0] or seen
    return [name for name, law in LAWS.items() if all(law(page) for page in seen)]


def _windows(exchange: Exchange, operation: Operation) -> Iterator[tuple[int, int]]:
    """The windows, by start and size, that a request may be taken to ask for."""
    paging = operation.pagination
    assert paging is not None
    start, size = (paging.parameter(role) for role in (Role.START, Role.SIZE))
    if start is None or size is None:
        return

    _, _, raw = exchange.request.target.partition("?")
    query = query_of(raw)
    read = read_parameter(query.get(start.name, ()), start)
    starts = read.values | {LARGE} if read.beyond else read.values
    sizes = read_parameter(query.get(size.name, ()), size).values
    yield from product(sorted(starts), sorted(sizes))
