"""The file of a history: runs are appended, each once; a merge takes the place of its shards."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from conformance.events.errors import Unreadable
from conformance.events.reader import read_summaries
from conformance.reading import must_not_wait
from conformance.verdict.history import PastRun, RegionLatency, history_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.events.model import Key, Level
    from conformance.verdict.history import History
    from conformance.verdict.report import Outcome, Report

VERSION = 1
_PATIENCE = 30.0  # seconds that a run waits for another that writes
_MOST_NAMED = 500  # SQLite takes 999 parameters in its older versions
_TABLES = """
CREATE TABLE runs (run TEXT PRIMARY KEY, started TEXT NOT NULL, suite TEXT, profile TEXT, seed INTEGER,
  verdict TEXT NOT NULL, sentence TEXT, duration REAL, requests INTEGER, shards INTEGER NOT NULL);
CREATE TABLE members (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, member TEXT NOT NULL,
  PRIMARY KEY (member, run));
CREATE TABLE results (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, requirement TEXT NOT NULL,
  operation TEXT NOT NULL, region TEXT NOT NULL, level TEXT NOT NULL, outcome TEXT NOT NULL,
  PRIMARY KEY (requirement, operation, region, run)) WITHOUT ROWID;
CREATE INDEX results_run ON results (run);
CREATE TABLE latencies (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, region TEXT NOT NULL,
  median REAL, p95 REAL, answers INTEGER, limited INTEGER, failed INTEGER, lost INTEGER,
  PRIMARY KEY (run, region)) WITHOUT ROWID;
"""
# The columns that are read as texts, and as numbers: SQLite itself holds a column to no type.
_KINDS = {
    "runs": (("run", "started", "verdict"), ("duration", "requests", "shards")),
    "members": (("run", "member"), ()),
    "results": (("run", "requirement", "operation", "region", "level", "outcome"), ()),
    "latencies": (("run", "region"), ("median", "p95", "answers", "limited", "failed", "lost")),
}


class NotAHistory(Unreadable):
    """A file is no history of this suite, or one of a later version."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: not a history of this suite: {problem}.")


def must_be_history(path: Path) -> None:
    """Refuse a file that no run can be appended to, before anything is asked; raises Unreadable."""
    try:
        path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise NotAHistory(path, f"there is no directory {path.parent}") from None
    except OSError as error:  # links that name each other, a name that is too long
        raise NotAHistory(path, error.strerror or str(error)) from None
    else:
        with _opened(path):
            pass
    # SQLite keeps a journal beside the file.
    for place in (path, path.parent):
        if place.exists() and not os.access(place, os.W_OK):
            raise NotAHistory(path, f"{place} cannot be written")


def append(path: Path, report: Report, events: Path) -> None:
    """Append a run; one that is there already is replaced, one that a merge contains is left out."""
    with _opened(path, create=True) as database, database:
        if database.execute("SELECT 1 FROM members WHERE member = ?", (report.run,)).fetchone():
            return
        shards = [run.run for run in report.runs]
        for name in (report.run, *shards):
            database.execute("DELETE FROM runs WHERE run = ?", (name,))
        _insert(database, report, events, shards)


def read(path: Path, last: int | None = None, *, by_arrival: bool = False) -> History:
    """The runs of a file, the last so many of them; raises Unreadable, OSError.

    They come in the order of their start; `by_arrival` in the order in which they were appended,
    which a clock that was set back does not change.
    """
    if not path.exists():
        raise FileNotFoundError(2, "No such file or directory", str(path))
    with _opened(path) as database:
        _must_be_sound(path, database)
        order = "rowid DESC" if by_arrival else "started DESC, run DESC"
        rows = database.execute(
            f"SELECT * FROM runs ORDER BY {order} LIMIT ?",  # noqa: S608 - one of two texts
            (last or -1,),
        ).fetchall()
        runs = [_run(database, row) for row in reversed(rows)]
        return history_of(runs, _outcomes(database, {run.run for run in runs}))


@contextmanager
def _opened(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a history; raises NotAHistory for what is none."""
    is_new = not path.exists()
    if is_new and not create:
        raise NotAHistory(path, "it does not exist")
    try:
        if not is_new:
            must_not_wait(path)
        # Not as it was given: SQLite keeps `:memory:` and `file:x?mode=memory` nowhere.
        with closing(sqlite3.connect(path.absolute(), timeout=_PATIENCE)) as database:
            database.row_factory = sqlite3.Row
            database.execute("PRAGMA foreign_keys = ON")
            _must_be_current(path, database, is_new=is_new)
            yield database
    except (sqlite3.Error, OSError) as error:
        raise NotAHistory(path, getattr(error, "strerror", None) or str(error)) from None


def _must_be_current(path: Path, database: sqlite3.Connection, *, is_new: bool) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    kinds = dict(database.execute("SELECT name, type FROM sqlite_master").fetchall())
    tables = {name for name, kind in kinds.items() if kind == "table"}
    if other := next((name for name, kind in kinds.items() if kind in ("view", "trigger")), None):
        raise NotAHistory(path, f"it has a {kinds[other]}, which may do anything")
    if version == 0 and not kinds:
        database.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version != VERSION or "runs" not in tables:
        raise NotAHistory(path, f"its version is {version}, this program reads {VERSION}")


def _must_be_sound(path: Path, database: sqlite3.Connection) -> None:
    """Refuse what a torn page or another program left in the place of texts and numbers."""
    for table, (texts, numbers) in _KINDS.items():
        wrong = [f"typeof({name}) <> 'text'" for name in texts]
        wrong += [f"typeof({name}) NOT IN ('integer', 'real', 'null')" for name in numbers]
        found = database.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1")  # noqa: S608 - names of the table above
        if found.fetchone():
            raise NotAHistory(path, f"its table {table} is damaged")


def _insert(database: sqlite3.Connection, report: Report, events: Path, shards: list[str]) -> None:
    facts = (
        *(report.run, report.started, report.suite, report.profile, report.seed, report.verdict),
        *(report.sentence, report.duration_seconds, sum(report.requests.values())),
        max(len(shards), 1),
    )
    database.execute(f"INSERT INTO runs VALUES ({', '.join('?' * len(facts))})", facts)  # noqa: S608 - marks alone
    members = [(report.run, member) for member in shards]
    database.executemany("INSERT INTO members VALUES (?, ?)", members)
    results = (
        (report.run, r.requirement, r.operation, r.region or "", r.level, r.outcome)
        for r in report.results
    )
    database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", results)
    database.executemany(
        "INSERT INTO latencies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _latencies(report, events)
    )


def _latencies(report: Report, events: Path) -> list[tuple[Any, ...]]:
    from conformance.reports.html.latency import Latencies

    latencies = Latencies()
    odd: dict[str, list[int]] = {}
    for exchange in read_summaries(events, whole=()):
        latencies.add(exchange.region, exchange.status, exchange.seconds)
        counts = odd.setdefault(exchange.region, [0, 0, 0])
        status = exchange.status
        counts[0] += status == 429
        counts[1] += status is not None and status >= 500
        counts[2] += status is None

    rows = []
    for region, counts in odd.items():
        median, p95 = latencies.spread(region) or (None, None)
        answers = len(latencies.samples.get((region, "answers"), ()))
        rows.append((report.run, region, median, p95, answers, *counts))
    return rows


def _run(database: sqlite3.Connection, row: sqlite3.Row) -> PastRun:
    latencies = database.execute(
        "SELECT * FROM latencies WHERE run = ? AND median IS NOT NULL ORDER BY region",
        (row["run"],),
    )
    return PastRun(
        run=row["run"],
        started=row["started"],
        suite=row["suite"],
        profile=row["profile"],
        seed=row["seed"],
        verdict=row["verdict"],
        sentence=row["sentence"],
        duration_seconds=row["duration"],
        requests=row["requests"],
        shards=row["shards"],
        latencies=tuple(RegionLatency(*tuple(entry)[1:]) for entry in latencies),
    )


def _outcomes(
    database: sqlite3.Connection, runs: set[str]
) -> dict[Key, tuple[Level, dict[str, Outcome]]]:
    """The outcomes of each result by run; of what never applied nothing."""
    outcomes: dict[Key, tuple[Level, dict[str, Outcome]]] = {}
    # Of a long history only the runs that are looked at are read.
    chosen = f" AND run IN ({', '.join('?' * len(runs))})" if len(runs) <= _MOST_NAMED else ""
    rows = database.execute(
        f"SELECT * FROM results WHERE outcome != 'not_applicable'{chosen}",  # noqa: S608 - marks alone
        tuple(runs) if chosen else (),
    )
    for row in rows:
        if row["run"] in runs:
            key = row["requirement"], row["operation"], row["region"] or None
            _, by_run = outcomes.setdefault(key, (row["level"], {}))
            by_run[row["run"]] = row["outcome"]
    return outcomes
