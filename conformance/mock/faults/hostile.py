"""Faults of hostile filter values: what is no agent at all widens the list or breaks it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.integers import CANONICAL
from conformance.mock.service import INVALID
from conformance.mock.store import NEWEST_FIRST, SELECT
from conformance.mock.wrappers import fail, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("FIL-06")
def bad_agent_lists_everything(service: Service) -> None:
    """An `agent_id` that is no integer gives the unfiltered list."""
    _hostile(service, lambda text: None)


@fault("FIL-06")
def agent_read_up_to_a_letter(service: Service) -> None:
    """An `agent_id` is read as far as its digits go: `42 OR 1=1` is 42."""
    _hostile(service, lambda text: int(re.match(r"\d*", text, re.ASCII)[0][:18] or "0"))  # type: ignore[index]  # a pattern of nothing or more always matches


@fault("FIL-06")
def injected_condition_widens(service: Service) -> None:
    """The text of `agent_id` is put into the query as it is."""
    _injected(service)


@fault("FIL-06")
def agents_separated_by_commas(service: Service) -> None:
    """An `agent_id` of several numbers with commas lists the rows of all of these agents."""
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        numbers = ",".join(call.values("agent_id")).split(",")
        if len(numbers) < 2 or not all(CANONICAL.fullmatch(one) for one in numbers):
            return list_rows(call)
        return _of_condition(service, f"agent_id IN ({', '.join(numbers)})")

    service.list_rows = listed


@fault("FIL-06")
def fraction_of_an_agent_cut_off(service: Service) -> None:
    """`agent_id=42.5` is 42."""
    _cut_off(service, ".")


@fault("FIL-06")
def agent_up_to_a_nul(service: Service) -> None:
    """`agent_id` ends at a NUL, as texts of C do."""
    _cut_off(service, "\0")


def _cut_off(service: Service, mark: str) -> None:
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: parse([value.split(mark)[0] for value in values])


@fault("FIL-06")
def range_of_agents(service: Service) -> None:
    """An `agent_id` of two numbers with dots lists the rows of all agents from one to the other."""
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        ends = "".join(call.values("agent_id")).split("..")
        if len(ends) != 2 or not all(CANONICAL.fullmatch(end) for end in ends):
            return list_rows(call)
        low, high = sorted(map(int, ends))
        return _of_condition(service, f"agent_id BETWEEN {low} AND {high}")

    service.list_rows = listed


@fault("FIL-06")
def negative_agent_is_the_positive_one(service: Service) -> None:
    """The sign of `agent_id` is dropped."""
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: None if (found := parse(values)) is None else abs(found)


@fault("FIL-06")
def null_agent_lists_everything(service: Service) -> None:
    """`agent_id=null` gives the unfiltered list."""
    _hostile(service, lambda text: None if text == "null" else refuse("agent_id", "an integer"))


@fault("FIL-06")
def agent_wildcard(service: Service) -> None:
    """An `agent_id` with `%` or `*` gives the unfiltered list."""
    _hostile(
        service, lambda text: None if set(text) & {"%", "*"} else refuse("agent_id", "an integer")
    )


@fault("FIL-07")
def empty_agent_lists_everything(service: Service) -> None:
    """An empty `agent_id` gives the unfiltered list."""
    _hostile(service, lambda text: refuse("agent_id", "an integer") if text else None)


@fault("FIL-07")
def empty_agent_lists_one_agent(service: Service) -> None:
    """An empty `agent_id` lists the rows of some agent."""
    _hostile(
        service, lambda text: refuse("agent_id", "an integer") if text else _some_agent(service)
    )


@fault("FIL-06")
def quote_in_agent_fails(service: Service) -> None:
    """An `agent_id` with a quote gives 500."""
    _hostile(
        service, lambda text: fail() if set(text) & {"'", '"'} else refuse("agent_id", "an integer")
    )


@fault("FIL-06")
def long_agent_fails(service: Service) -> None:
    """An `agent_id` of more than 200 characters gives 500."""
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: fail() if len("".join(values)) > 200 else parse(values)


@fault("FIL-06")
def nul_in_agent_fails(service: Service) -> None:
    """An `agent_id` with a NUL gives 500."""
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: fail() if "\0" in "".join(values) else parse(values)


@fault("FIL-06")
def huge_agent_fails(service: Service) -> None:
    """An `agent_id` beyond 64 bits gives 500."""
    count = service.count
    service.count = lambda window: fail() if abs(window.agent_id or 0) >= 2**63 else count(window)


def _hostile(service: Service, take: Callable[[str], int | None]) -> None:
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: (
        take(values[0])
        if len(values) == 1 and not CANONICAL.fullmatch(values[0])
        else parse(values)
    )


def _some_agent(service: Service) -> int:
    """The agent of the newest row."""
    return int(service.store.rows(None, 1, 0)[0][0])


def _injected(service: Service) -> None:
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        values = call.values("agent_id")
        if len(values) != 1 or CANONICAL.fullmatch(values[0]):
            return list_rows(call)
        try:
            return _of_condition(service, f"agent_id = {values[0]}")
        except (sqlite3.Error, sqlite3.Warning, ValueError):
            return service.error(400, INVALID, "agent_id must be an integer")

    service.list_rows = listed


def _of_condition(service: Service, condition: str) -> Answer:
    rows = service.store.query(f"{SELECT} WHERE {condition} ORDER BY {NEWEST_FIRST}")
    page = service.envelope([service.show(row) for row in rows[:20]], len(rows) > 20, len(rows))
    return replace(service.error(200, "", ""), body=service.encode(page))
