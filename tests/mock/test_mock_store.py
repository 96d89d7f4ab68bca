"""The store: the same rows from the same seed, the right page at any depth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.mock.seeding import POPULATIONS
from conformance.mock.store import COLUMNS, NEWEST_FIRST, OLDEST_FIRST, Store

BIG = replace(POPULATIONS["global"], rows=5_300)


def _ids(store: Store, agent: int | None, order: str) -> list[int]:
    where = "" if agent is None else f"WHERE agent_id = {agent}"
    return [row[0] for row in store.query(f"SELECT id FROM batch_calls {where} ORDER BY {order}")]


def test_a_seed_gives_the_same_rows() -> None:
    """Two stores of one seed are equal; another seed gives other rows."""
    first, again, other = (
        Store(replace(POPULATIONS["india"], seed=seed)).rows(None, 1000, 0) for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("rows", [0, 1, 20, 137, 5_300])
def test_a_store_has_as_many_rows_as_asked_for(rows: int) -> None:
    """The number of rows is the one asked for, with as many ids."""
    store = Store(replace(POPULATIONS["global"], rows=rows))
    assert store.total() == rows == len(set(_ids(store, None, NEWEST_FIRST)))


@pytest.mark.parametrize("order", [NEWEST_FIRST, OLDEST_FIRST, "total_recipients, id"])
@pytest.mark.parametrize("agent", [None, 42])
def test_deep_pages_are_the_rows_counted_from_the_first(order: str, agent: int | None) -> None:
    """A page that starts from a known row is the same as one counted from the first."""
    store = Store(BIG)
    ids = _ids(store, agent, order)
    place = COLUMNS.index("id")
    for offset in (0, 999, 1000, 1001, len(ids) - 1000, len(ids) - 1):
        assert [row[place] for row in store.rows(agent, 30, offset, order)] == ids[
            offset : offset + 30
        ]


def test_changes_are_seen_at_any_depth() -> None:
    """After a row was added or deleted, totals and deep pages are those of the new list."""
    store = Store(BIG)
    before = store.rows(None, 5, 4000)
    store.add((42, "2030-01-01T00:00:00Z", 99, "new", None, "pending", 1, None))
    assert store.rows(None, 5, 4001) == before
    assert store.total() == 5_301
    store.change("DELETE FROM batch_calls WHERE id = 99")
    assert store.rows(None, 5, 4000) == before


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 2**64, -(2**63), -(2**200)])
def test_numbers_of_any_size_match_nothing(number: int) -> None:
    """Agents and offsets beyond 64 bits are no error of the store."""
    store = Store(POPULATIONS["global"])
    assert store.total(number) == 0
    assert store.rows(number, 10, 0) == []
    assert store.rows(None, 10, max(number, 200)) == []


def test_ids_of_the_regions_never_meet() -> None:
    """However many rows are asked for, no id is in both regions."""
    here, there = (Store(replace(one, rows=20_000)) for one in POPULATIONS.values())
    assert not set(_ids(here, None, "id")) & set(_ids(there, None, "id"))
