"""The embedded store of a region: SQLite in memory, pages by offset at any depth."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from conformance.mock.seeding import populate

if TYPE_CHECKING:
    from conformance.mock.seeding import Population

COLUMNS = (
    "agent_id",
    "created_at",
    "id",
    "name",
    "scheduled_for",
    "status",
    "total_recipients",
    "updated_at",
)
SELECT = f"SELECT {', '.join(COLUMNS)} FROM batch_calls"  # noqa: S608 - own names
MARKS = ", ".join("?" for _ in COLUMNS)
NEWEST_FIRST = "created_at DESC, id DESC"
OLDEST_FIRST = "created_at ASC, id ASC"

# A page deep in a big table starts from a known row instead of counting from the first.
STRIDE = 1000
LARGEST = 2**63 - 1

Row = tuple[Any, ...]


class Store:
    """The batch calls of one region."""

    def __init__(self, population: Population) -> None:
        # The tests run a region in a thread of its own; one thread uses it at a time.
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        populate(self.connection, population)
        self._totals: dict[int | None, int] = {}
        self._anchors: dict[tuple[int | None, str], list[tuple[str, int]]] = {}

    def total(self, agent_id: int | None = None) -> int:
        """How many rows an agent has, or the region; no row has a number beyond 64 bits."""
        if agent_id is not None and abs(agent_id) > LARGEST:
            return 0
        if agent_id not in self._totals:
            where, values = _where(agent_id)
            (found,) = self.query(f"SELECT count(*) FROM batch_calls {where}", *values)[0]  # noqa: S608 - own names
            if not found:
                return 0  # not kept: there is no end of agents that do not exist
            self._totals[agent_id] = found
        return self._totals[agent_id]

    def rows(
        self, agent_id: int | None, limit: int, offset: int, order: str = NEWEST_FIRST
    ) -> list[Row]:
        """The rows of one window, in order; a window past the end, of any size of number,
        is empty.
        """
        if offset >= self.total(agent_id):
            return []
        where, values = _where(agent_id)
        if offset >= STRIDE and order in (NEWEST_FIRST, OLDEST_FIRST):
            anchor = self._anchored(agent_id, order)[offset // STRIDE]
            onward = "<=" if order == NEWEST_FIRST else ">="
            where += f"{' AND' if where else 'WHERE'} (created_at, id) {onward} (?, ?)"
            values, offset = (*values, *anchor), offset % STRIDE
        return self.query(
            f"{SELECT} {where} ORDER BY {order} LIMIT ? OFFSET ?",
            *values,
            min(limit, LARGEST),
            offset,
        )

    def query(self, statement: str, *values: object) -> list[Row]:
        """Read."""
        return self.connection.execute(statement, values).fetchall()

    def add(self, row: Row) -> None:
        """One row more."""
        # Column names of our own; the values are bound.
        self.change(f"INSERT INTO batch_calls ({', '.join(COLUMNS)}) VALUES ({MARKS})", *row)  # noqa: S608

    def change(self, statement: str, *values: object) -> None:
        """Write, and forget what was known of the rows."""
        self.connection.execute(statement, values)
        self._totals.clear()
        self._anchors.clear()

    def _anchored(self, agent_id: int | None, order: str) -> list[tuple[str, int]]:
        if (agent_id, order) not in self._anchors:
            where, values = _where(agent_id)
            placed = f"SELECT created_at, id, row_number() OVER (ORDER BY {order}) - 1 AS place"
            found = self.query(
                f"SELECT created_at, id FROM ({placed} FROM batch_calls {where}) WHERE place % ? = 0",  # noqa: S608
                *values,
                STRIDE,
            )
            self._anchors[agent_id, order] = [(created_at, number) for created_at, number in found]
        return self._anchors[agent_id, order]


def _where(agent_id: int | None) -> tuple[str, tuple[object, ...]]:
    return ("", ()) if agent_id is None else ("WHERE agent_id = ?", (agent_id,))
