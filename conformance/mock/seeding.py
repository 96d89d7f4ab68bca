"""The rows of a region, made inside SQLite from a seed, so that a million take seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

NAMES = (
    "Spring Promotion Campaign",
    "Renewal reminders",
    "नवीनीकरण अनुस्मारक",
    "Überfällige Rechnungen",
    'Tom & Jerry\'s "follow-up"',
    "KYC <pending>",
    "顧客満足度調査",
    "Diwali offers 🪔",
    "تذكير بالدفع",
    "EMI due / overdue",
    "Beta\\cohort",
    "",
)
STATUSES = ("scheduled", "pending", "in_progress", "completed", "completed", "failed", "cancelled")

TABLE = """
CREATE TABLE batch_calls (
    id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
    total_recipients INTEGER NOT NULL, created_at TEXT NOT NULL, scheduled_for TEXT, updated_at TEXT)
"""
INDEXES = (
    "CREATE INDEX by_age ON batch_calls (created_at, id)",
    "CREATE INDEX by_agent ON batch_calls (agent_id, created_at, id)",
)

# However many rows there are, the account is about two years old.
TIES, SPAN = 4, 63_000_000

# Four rows share each instant, so that ties meet every page border; the instant does not follow the
# id, so that the order is visibly by creation and not by number.
FILL = """
WITH RECURSIVE
    counter(i) AS (SELECT 0 WHERE :rows > 0 UNION ALL SELECT i + 1 FROM counter WHERE i + 1 < :rows),
    mixed(i, a) AS (SELECT i, ((i * 2654435761 + :seed * 40503 + 12345) & 2147483647) FROM counter),
    stirred(i, a, b) AS (SELECT i, a, ((a * 1103515245 + 12345) >> 7) & 2147483647 FROM mixed),
    born(i, a, b, t) AS (
        SELECT i, a, b, :epoch + ((i * 7919 + :seed) % :rows) / 4 * :pace FROM stirred)
INSERT INTO batch_calls
SELECT
    :first + i * 3 + (b & 1),
    (SELECT agent FROM agents WHERE slot = b % :agents),
    (SELECT name FROM names WHERE slot = (a >> 5) % :names) || ' ' || (i + 1),
    (SELECT status FROM statuses WHERE slot = (b >> 4) % :statuses),
    1 + (b >> 3) % 5000,
    strftime('%Y-%m-%dT%H:%M:%SZ', t, 'unixepoch'),
    CASE WHEN (b >> 6) % 3 THEN strftime('%Y-%m-%dT%H:%M:%SZ', t + 3600 * (1 + b % 400), 'unixepoch') END,
    CASE WHEN (b >> 9) % 4 THEN strftime('%Y-%m-%dT%H:%M:%SZ', t + (a >> 4) % 90000, 'unixepoch') END
FROM born
"""


@dataclass(frozen=True, slots=True)
class Population:
    """Whose rows they are: how many, of which agents, numbered from where."""

    rows: int
    agents: tuple[int, ...]
    first_id: int
    seed: int = 0
    names: tuple[str, ...] = NAMES
    statuses: tuple[str, ...] = STATUSES
    epoch: int = 1_712_000_000


# The numbers of one region never reach the other's, however many rows are asked for.
# An agent named several times owns as many shares of the rows. Some numbers begin or end others,
# so that a filter that compares text is seen.
POPULATIONS = {
    "global": Population(137, (42, 42, 42, 57, 57, 421, 101, 7), 12_001),
    "india": Population(61, (311, 311, 311, 31, 31, 388), 50_000_003),
}


def populate(connection: sqlite3.Connection, population: Population) -> None:
    """Create the table and fill it."""
    connection.execute(TABLE)
    _lookup(connection, "agents", "agent", population.agents)
    _lookup(connection, "names", "name", population.names)
    _lookup(connection, "statuses", "status", population.statuses)
    connection.execute(
        FILL,
        {
            "rows": population.rows,
            "seed": population.seed,
            "epoch": population.epoch,
            "first": population.first_id,
            "pace": max(1, min(SPAN // max(1, population.rows // TIES), 5413)),
            "agents": len(population.agents),
            "names": len(population.names),
            "statuses": len(population.statuses),
        },
    )
    for statement in INDEXES:
        connection.execute(statement)


def _lookup(
    connection: sqlite3.Connection, table: str, column: str, values: tuple[object, ...]
) -> None:
    connection.execute(f"CREATE TEMP TABLE {table} (slot INTEGER PRIMARY KEY, {column})")
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(values))  # noqa: S608 - the names of tables stand in this file, none comes from a request
