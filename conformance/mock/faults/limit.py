"""Faults of `limit`: how many rows a page has."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from conformance.mock.entries import fault
from conformance.mock.integers import (
    CANONICAL,
    MOST_DIGITS,
    InvalidParameter,
    single,
    strict_integer,
)
from conformance.mock.service import NOT_FOUND
from conformance.mock.wrappers import fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Service


@fault("PAG-13")
def limit_true_is_one(service: Service) -> None:
    """`limit=true` is read as 1."""
    parse = service.parse_limit
    service.parse_limit = lambda values: 1 if values == ["true"] else parse(values)


@fault("PAG-13")
def limit_of_several_is_the_first(service: Service) -> None:
    """`limit=5,10` is read as 5."""
    parse = service.parse_limit
    service.parse_limit = lambda values: parse([value.split(",")[0] for value in values])


@fault("PAG-01")
def default_limit_of_10(service: Service) -> None:
    """Without `limit` a page has 10 rows."""
    service.default_limit = 10


@fault("PAG-01")
def default_limit_of_50(service: Service) -> None:
    """Without `limit` a page has 50 rows."""
    service.default_limit = 50


@fault("PAG-01")
def default_limit_of_everything(service: Service) -> None:
    """Without `limit` the page has every row."""
    _without_limit(service, lambda window: 10**9)


@fault("PAG-01")
def default_limit_only_on_first_page(service: Service) -> None:
    """Without `limit` a page past the first has 15 rows."""
    _without_limit(service, lambda window: 15 if window.offset else 20)


@fault("PAG-01")
def default_limit_other_when_filtered(service: Service) -> None:
    """Without `limit` a filtered page has 5 rows."""
    _without_limit(service, lambda window: 20 if window.agent_id is None else 5)


@fault("PAG-01")
def default_offset_of_one(service: Service) -> None:
    """Without `offset` the first row is left out."""
    parse = service.parse_offset
    service.parse_offset = lambda values: parse(values or ["1"])


@fault("PAG-02")
def limit_one_too_many(service: Service) -> None:
    """A page has one row more than asked for."""
    _change_length(service, lambda limit: limit + 1)


@fault("PAG-02")
def limit_one_too_few(service: Service) -> None:
    """A page of more than one row lacks one."""
    _change_length(service, lambda limit: max(1, limit - 1))


@fault("PAG-02")
def limit_ignored(service: Service) -> None:
    """A page has 20 rows, whatever `limit` says."""
    _change_length(service, lambda limit: 20)


@fault("PAG-10")
def pages_of_at_least_10(service: Service) -> None:
    """A page has ten rows or more, whatever `limit` says."""
    _change_length(service, lambda limit: max(10, limit))


@fault("PAG-10")
def limit_37_broken(service: Service) -> None:
    """`limit=37` gives 36 rows; every other value is honoured."""
    _change_length(service, lambda limit: 36 if limit == 37 else limit)


@fault("PAG-10")
def limit_1_gives_2(service: Service) -> None:
    """`limit=1` gives two rows."""
    _change_length(service, lambda limit: max(2, limit))


@fault("PAG-10")
def limit_1_refused(service: Service) -> None:
    """`limit=1` is answered with 400."""
    _refuse_limit(service, lambda limit: limit == 1)


@fault("PAG-10")
def limit_100_refused(service: Service) -> None:
    """`limit=100`, the maximum, is answered with 400."""
    _refuse_limit(service, lambda limit: limit == 100)


@fault("PAG-10")
def maximum_of_50(service: Service) -> None:
    """Anything above `limit=50` is answered with 400."""
    service.maximum = 50


@fault("PAG-10")
def clamped_to_50(service: Service) -> None:
    """Pages never have more than 50 rows."""
    _change_length(service, lambda limit: min(50, limit))


@fault("PAG-11")
def no_maximum(service: Service) -> None:
    """A `limit` over 100 gives as many rows as it says."""
    service.maximum = 10**30


@fault("PAG-11")
def maximum_of_120(service: Service) -> None:
    """The maximum is 120 instead of 100."""
    service.maximum = 120


@fault("PAG-11")
def over_maximum_gives_default(service: Service) -> None:
    """A `limit` over 100 gives the default of 20 rows."""
    _read(service, lambda limit: 20 if limit > 100 else limit)


@fault("PAG-11")
def over_maximum_gives_nothing(service: Service) -> None:
    """A `limit` over 100 gives an empty page."""
    select, maximum = service.select, service.maximum
    service.maximum = 2**62
    service.select = lambda window: [] if window.limit > maximum else select(window)


@fault("PAG-11")
def over_maximum_not_found(service: Service) -> None:
    """A `limit` over 100 is answered with 404."""
    _refuse_status(service, lambda limit: limit > 100)


@fault("PAG-11")
def over_maximum_clamped_by_turns(service: Service) -> None:
    """A `limit` over 100 is refused by one instance, and taken for 100 by the other."""
    parse, turns = service.parse_limit, cycle((False, True))

    def parsed(values: list[str]) -> int:
        is_over = len(values) == 1 and values[0].isdecimal() and int(values[0][:40]) > 100
        return 100 if is_over and next(turns) else parse(values)

    service.parse_limit = parsed


@fault("PAG-12")
def limit_0_gives_everything(service: Service) -> None:
    """`limit=0` gives every row."""
    _zero(service, 10**9)


@fault("PAG-17")
def limit_0_gives_default(service: Service) -> None:
    """`limit=0` gives the default of 20 rows."""
    _zero(service, 20)


@fault("PAG-17")
def limit_0_gives_one(service: Service) -> None:
    """`limit=0` gives one row."""
    _zero(service, 1)


@fault("PAG-12")
def limit_0_refused_unless_filtered(service: Service) -> None:
    """`limit=0` gives an empty page under a filter, and is refused without one."""
    _served_under_a_filter(service, lambda limit: limit == 0, 0)


@fault("PAG-12")
def negative_limit_refused_unless_filtered(service: Service) -> None:
    """A `limit` below 1 gives the default of 20 rows under a filter, and is refused without one."""
    _served_under_a_filter(service, lambda limit: limit < 1, 20)


@fault("PAG-12")
def limit_0_fails(service: Service) -> None:
    """`limit=0` gives 500."""
    _read(service, lambda limit: limit or fail())


@fault("PAG-12")
def negative_limit_gives_everything(service: Service) -> None:
    """A negative `limit` gives every row."""
    service.parse_limit = _unsigned(service.parse_limit, lambda limit: 10**9)


@fault("PAG-12")
def negative_limit_loses_its_sign(service: Service) -> None:
    """A negative `limit` gives as many rows as without its sign."""
    service.parse_limit = _unsigned(service.parse_limit, lambda limit: min(100, -limit))


@fault("PAG-17")
def negative_limit_gives_default(service: Service) -> None:
    """A negative `limit` gives the default of 20 rows."""
    service.parse_limit = _unsigned(service.parse_limit, lambda limit: 20)


@fault("PAG-12")
def negative_limit_fails(service: Service) -> None:
    """A negative `limit` gives 500."""
    service.parse_limit = _unsigned(service.parse_limit, lambda limit: fail())


def _served_under_a_filter(service: Service, which: Callable[[int], bool], rows: int) -> None:
    window = service.window

    def chosen(call: Call) -> Window:
        text = single("limit", call.values("limit"))
        is_served = (
            text is not None and CANONICAL.fullmatch(text) and which(int(text[:MOST_DIGITS]))
        )
        if not (is_served and call.values("agent_id")):
            return window(call)
        pairs = urlencode([pair for pair in call.parameters if pair[0] != "limit"])
        return replace(window(replace(call, query=pairs)), limit=rows)

    service.window = chosen


def _change_length(service: Service, change: Callable[[int], int]) -> None:
    select = service.select
    service.select = lambda window: select(replace(window, limit=change(window.limit)))


def _without_limit(service: Service, choose: Callable[[Window], int]) -> None:
    window = service.window

    def chosen(call: Call) -> Window:
        asked = window(call)
        return asked if call.values("limit") else replace(asked, limit=choose(asked))

    service.window = chosen


def _read(service: Service, change: Callable[[int], int]) -> None:
    parse = service.parse_limit

    def parsed(values: list[str]) -> int:
        text = single("limit", values)
        return parse(values if text is None else [str(change(strict_integer("limit", text)))])

    service.parse_limit = parsed


def _refuse_limit(service: Service, refused: Callable[[int], bool]) -> None:
    parse = service.parse_limit

    def parsed(values: list[str]) -> int:
        if refused(limit := parse(values)):
            raise InvalidParameter("limit", "another number")
        return limit

    service.parse_limit = parsed


def _refuse_status(service: Service, refused: Callable[[int], bool]) -> None:
    def answered(call: Call, answer: Answer) -> Answer:
        values = call.values("limit")
        if len(values) == 1 and values[0].isdecimal() and refused(int(values[0][:40])):
            return service.error(404, NOT_FOUND, "no such page")
        return answer

    list_rows = service.list_rows
    service.maximum, service.list_rows = 10**40, lambda call: answered(call, list_rows(call))


def _zero(service: Service, rows: int) -> None:
    parse = service.parse_limit
    service.parse_limit = lambda values: rows if values == ["0"] else parse(values)


def _unsigned(
    parse: Callable[[list[str]], int], change: Callable[[int], int]
) -> Callable[[list[str]], int]:
    def parsed(values: list[str]) -> int:
        if len(values) == 1 and (limit := strict_integer("limit", values[0])) < 0:
            return change(limit)
        return parse(values)

    return parsed
