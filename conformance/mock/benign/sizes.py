"""Accounts of other sizes and other make-up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import benign

if TYPE_CHECKING:
    from conformance.mock.service import Service


@benign(expected="unverified")
def empty_account(service: Service) -> None:
    """No row at all: nothing to be wrong with, and no evidence either."""
    service.population = replace(service.population, rows=0)


@benign()
def one_row(service: Service) -> None:
    """A single row: no second page, no order to speak of, which is said and is no fault."""
    service.population = replace(service.population, rows=1)


@benign()
def exactly_20_rows(service: Service) -> None:
    """As many rows as the default page holds."""
    service.population = replace(service.population, rows=20)


@benign()
def exactly_100_rows(service: Service) -> None:
    """As many rows as the largest page holds."""
    service.population = replace(service.population, rows=100)


@benign()
def exactly_101_rows(service: Service) -> None:
    """One row more than the largest page holds."""
    service.population = replace(service.population, rows=101)


@benign()
def rows_300000(service: Service) -> None:
    """An account too large to be walked whole."""
    service.population = replace(service.population, rows=300_000)


@benign(regions=("india",))
def regions_of_other_sizes(service: Service) -> None:
    """One region has ten times the other's rows."""
    service.population = replace(service.population, rows=600)


@benign()
def one_agent(service: Service) -> None:
    """Every row is of one agent."""
    service.population = replace(service.population, agents=service.population.agents[:1])


@benign()
def many_agents(service: Service) -> None:
    """Every few rows are of another agent."""
    service.population = replace(service.population, agents=tuple(range(900, 960)))


@benign()
def big_ids(service: Service) -> None:
    """Ids and agents are 64-bit numbers, beyond what a double holds exactly."""
    service.population = replace(
        service.population,
        first_id=1_780_000_000_000_000_000 + service.population.first_id,
        agents=(9_007_199_254_740_993, 9_007_199_254_740_995),
    )


@benign()
def one_instant(service: Service) -> None:
    """All rows were created in the same second."""
    service.filled.append(
        lambda store: store.change(
            "UPDATE batch_calls SET created_at = (SELECT min(created_at) FROM batch_calls)"
        )
    )


@benign()
def three_rows(service: Service) -> None:
    """Three rows: most of what needs a second page cannot be shown, which is said."""
    service.population = replace(service.population, rows=3)


@benign()
def exactly_21_rows(service: Service) -> None:
    """One row more than the default page holds."""
    service.population = replace(service.population, rows=21)


@benign()
def one_agent_for_each_row(service: Service) -> None:
    """No two rows are of one agent."""
    service.population = replace(service.population, agents=tuple(range(5_000, 5_400)))


@benign()
def ids_with_gaps(service: Service) -> None:
    """Most rows were deleted long ago, so that ids have gaps of all widths."""
    service.population = replace(service.population, rows=900)
    service.filled.append(
        lambda store: store.change("DELETE FROM batch_calls WHERE (id * id) % 7 NOT IN (2)")
    )
