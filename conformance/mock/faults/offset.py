"""Faults of `offset`: where a page starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.integers import single, strict_integer
from conformance.mock.service import INVALID, NOT_FOUND
from conformance.mock.wrappers import each_list, each_selection, each_start, fail, refuse

if TYPE_CHECKING:
    from conformance.mock.messages import Call
    from conformance.mock.service import Service


@fault("PAG-02")
def lone_last_row_left_out(service: Service) -> None:
    """A last page that would hold one row of several is empty."""
    each_selection(
        service, lambda window, rows: [] if window.limit > 1 and len(rows) == 1 else rows
    )


@fault("PAG-09")
def offset_beyond_10000_refused(service: Service) -> None:
    """An `offset` of more than 10,000 is answered with 400."""
    parse = service.parse_offset
    service.parse_offset = lambda values: (
        found if (found := parse(values)) <= 10_000 else refuse("offset", "at most 10000")
    )


@fault("PAG-13")
def largest_offset_of_64_bits_fails(service: Service) -> None:
    """An `offset` of 2^63 - 1 gives 500."""
    parse = service.parse_offset
    service.parse_offset = lambda values: fail() if values == [str(2**63 - 1)] else parse(values)


@fault("PAG-05")
def offset_ignored(service: Service) -> None:
    """Every page starts at the first row."""
    each_start(service, lambda window: 0)


@fault("PAG-05")
def offset_off_by_one(service: Service) -> None:
    """Every page but the first starts one row early."""
    each_start(service, lambda window: window.offset - 1)


@fault("PAG-05")
def offset_wrong_past_row_50(service: Service) -> None:
    """Pages past row 50 start one row early."""
    each_start(service, lambda window: window.offset - (window.offset > 50))


@fault("PAG-05")
def offset_stuck_at_40(service: Service) -> None:
    """Pages past row 40 all start there."""
    each_start(service, lambda window: min(40, window.offset))


@fault("PAG-05")
def borders_repeat_a_row(service: Service) -> None:
    """The last row of a full page is the first of it again."""
    each_selection(
        service,
        lambda window, rows: [*rows[:-1], rows[0]] if 1 < window.limit == len(rows) else rows,
    )


@fault("PAG-05")
def page_loses_a_row_to_a_copy(service: Service) -> None:
    """The second row of a page past the first is a copy of its first."""
    each_selection(
        service,
        lambda window, rows: (
            [*rows[:1], *rows[:1], *rows[2:]] if window.offset and rows[1:] else rows
        ),
    )


@fault("PAG-02")
def offset_is_a_page_number(service: Service) -> None:
    """`offset` counts pages of `limit` rows."""
    select = service.select
    service.select = lambda window: select(replace(window, offset=window.offset * window.limit))


@fault("PAG-02")
def last_row_lost(service: Service) -> None:
    """The last row of the list is on no page."""
    each_selection(
        service,
        lambda window, rows: rows[: max(0, service.count(window) - 1 - window.offset)],
    )


@fault("PAG-02")
def last_page_empty(service: Service) -> None:
    """A last page that is not full comes empty."""
    each_selection(service, lambda window, rows: rows if len(rows) == window.limit else [])


@fault("PAG-07")
def offset_rounded_to_pages(service: Service) -> None:
    """Pages start at multiples of `limit`, whatever `offset` says."""
    each_start(service, lambda window: window.offset - window.offset % window.limit)


@fault("PAG-07")
def unaligned_page_reversed(service: Service) -> None:
    """A page whose `offset` is no multiple of `limit` has its rows reversed."""
    each_selection(
        service, lambda window, rows: rows[::-1] if window.offset % window.limit else rows
    )


@fault("PAG-07")
def unaligned_page_swaps_two(service: Service) -> None:
    """A page whose `offset` is no multiple of `limit` has its first two rows swapped."""
    each_selection(
        service,
        lambda window, rows: [*rows[1::-1], *rows[2:]] if window.offset % window.limit else rows,
    )


@fault("PAG-09")
def last_page_past_the_end(service: Service) -> None:
    """An `offset` past the end gives the last rows again."""
    select = service.select
    service.select = lambda window: (
        select(
            replace(window, offset=min(window.offset, max(0, service.count(window) - window.limit)))
        )
        if window.offset >= service.count(window)
        else select(window)
    )


@fault("PAG-09")
def not_found_past_the_end(service: Service) -> None:
    """An `offset` past the end is answered with 404."""
    each_list(
        service,
        lambda call, answer: (
            service.error(404, NOT_FOUND, "no such page")
            if _past_the_end(service, call)
            else answer
        ),
    )


@fault("PAG-09")
def refused_past_the_end(service: Service) -> None:
    """An `offset` past the end is answered with 400."""
    each_list(
        service,
        lambda call, answer: (
            service.error(400, INVALID, "offset is past the end")
            if _past_the_end(service, call)
            else answer
        ),
    )


@fault("PAG-09")
def first_page_at_the_end(service: Service) -> None:
    """An `offset` of exactly `total` gives the first page."""
    select = service.select
    service.select = lambda window: select(
        replace(window, offset=window.offset if window.offset != service.count(window) else 0)
    )


@fault("PAG-12")
def negative_offset_from_the_end(service: Service) -> None:
    """A negative `offset` counts from the end."""
    service.parse_offset = lambda values: _from_the_end(service, values)


@fault("PAG-17")
def negative_offset_is_zero(service: Service) -> None:
    """A negative `offset` is taken as 0."""
    service.parse_offset = lambda values: max(0, _signed(values))


@fault("PAG-12")
def negative_offset_is_absolute(service: Service) -> None:
    """A negative `offset` loses its sign."""
    service.parse_offset = lambda values: abs(_signed(values))


@fault("PAG-12")
def negative_offset_fails(service: Service) -> None:
    """A negative `offset` gives 500."""
    service.parse_offset = lambda values: offset if (offset := _signed(values)) >= 0 else fail()


def _signed(values: list[str]) -> int:
    return strict_integer("offset", single("offset", values) or "0")


def _from_the_end(service: Service, values: list[str]) -> int:
    offset = _signed(values)
    return offset if offset >= 0 else max(0, service.store.total() + offset)


def _past_the_end(service: Service, call: Call) -> bool:
    window = service.window(call)
    return window.offset >= service.count(window)
