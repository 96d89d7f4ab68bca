"""What a watch must know after a restart, kept beside the runs in the file of the history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from conformance.events.model import Key

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = "CREATE TABLE IF NOT EXISTS watch (id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB)"
MOST_UNSENT = 200  # changes that are kept for a receiver that does not answer


class State(Struct):
    """The regions that are lost and why, what failed when it was last told, the changes that no
    receiver took yet, and counts.
    """

    lost: dict[str, str] = field(default_factory=dict)
    failing: list[Key] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    rounds: int = 0


def load(path: Path) -> State:
    """The state in a history; a new one where there is none, or where it is of another version."""
    if not path.exists():
        return State()
    try:
        with closing(sqlite3.connect(path)) as database:
            row = database.execute("SELECT state FROM watch").fetchone()
        return msgspec.json.decode(row[0], type=State) if row else State()
    except (sqlite3.Error, msgspec.MsgspecError):
        return State()


def save(path: Path, state: State) -> None:
    """Keep the state; raises sqlite3.Error where it cannot be written."""
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(_TABLE)
        database.execute(
            "INSERT OR REPLACE INTO watch VALUES (1, ?)", (msgspec.json.encode(state),)
        )
