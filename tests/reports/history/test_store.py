"""The file of a history: runs are appended once, a merge takes the place of its shards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.events.errors import Unreadable
from conformance.reports.ending import ended
from conformance.reports.history.store import NotAHistory, append, must_be_history, read
from conformance.verdict.conclude import conclude
from conformance.verdict.merge import merge
from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from conformance.verdict.history import Track
    from tests.support.samples import Sample


def kept(path: Path, sample: Sample, run: str, started: str) -> Path:
    """Write a run, append it to the history beside it, and return its stream."""
    sample.header |= {"run": run, "started": started}
    stream = sample.write(path.parent / run / "events.ndjson")
    append(path, conclude(stream), stream)
    return stream


def track(path: Path, name: str, region: str | None = "india") -> Track:
    (found,) = [t for t in read(path).tracks if t.key[0] == name and t.key[2] == region]
    return found


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory", "h.sqlite?mode=ro"])
def test_a_history_is_the_file_of_its_name(tmp_path: Path, monkeypatch, name: str) -> None:
    """SQLite has names that it keeps in memory, and that it reads as URIs."""
    monkeypatch.chdir(tmp_path)
    stream = green().write(tmp_path / "events.ndjson")
    append(Path(name), conclude(stream), stream)
    assert (tmp_path / name).is_file()
    must_be_history(Path(name))


def test_runs_are_read_in_the_order_they_were_started(tmp_path: Path) -> None:
    """Whatever the order they were appended in; each has its latency and its verdict."""
    path = tmp_path / "history.sqlite"
    kept(path, one_fault(), "second", "2026-11-25T02:14:07Z")
    kept(path, green(), "first", "2026-11-24T02:14:07Z")
    history = read(path)
    assert [run.run for run in history.runs] == ["first", "second"]
    assert [run.verdict for run in history.runs] == ["conformant", "nonconformant"]
    assert track(path, "PAG-03").outcomes == ("passed", "failed")
    assert track(path, "PAG-03", "global").outcomes == ("passed", "passed")
    assert {latency.region for latency in history.runs[0].latencies} == {"global", "india"}
    assert [run.run for run in read(path, last=1).runs] == ["second"]


def test_the_same_run_appended_again_is_one_run(tmp_path: Path) -> None:
    """A CI job that is repeated on one stream does not count twice."""
    path = tmp_path / "history.sqlite"
    for _ in range(2):
        kept(path, green(), "only", "2026-11-24T02:14:07Z")
    assert len(read(path).runs) == 1


def test_a_merge_of_shards_is_one_run(tmp_path: Path) -> None:
    """It takes their place, and none of them comes back afterwards."""
    path = tmp_path / "history.sqlite"
    shards = [
        kept(path, green(), "one", "2026-11-24T02:14:07Z"),
        kept(path, one_fault(), "two", "2026-11-24T02:15:07Z"),
    ]
    merged = merge(shards, tmp_path / "merged")
    report = conclude(merged)
    append(path, report, merged)
    append(path, conclude(shards[0]), shards[0])
    (run,) = read(path).runs
    assert (run.run, run.shards, run.verdict) == (report.run, 2, "nonconformant")
    assert track(path, "PAG-03").outcomes == ("failed",)


def test_what_is_no_history_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """Another database, any other file, a directory that is not there, a later version."""
    other, text, later = tmp_path / "other", tmp_path / "text", tmp_path / "later"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine (x)")
    text.write_text("no database at all, and long enough to be looked at" * 20)
    append(later, *one_stream(tmp_path))
    with sqlite3.connect(later) as database:
        database.execute("PRAGMA user_version = 99")
    for path in (other, text, later, tmp_path / "nowhere" / "history.sqlite"):
        with pytest.raises(Unreadable, match="not a history of this suite"):
            must_be_history(path)
    must_be_history(tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


def one_stream(tmp_path: Path):
    stream = green().write(tmp_path / "events.ndjson")
    return conclude(stream), stream


def test_one_that_cannot_be_written_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that is read-only would lose the run at its end."""
    path = tmp_path / "new.sqlite"
    monkeypatch.setattr("os.access", lambda place, mode: place != tmp_path)
    with pytest.raises(NotAHistory, match=f"{tmp_path} cannot be written"):
        must_be_history(path)


def test_a_history_that_fails_at_the_end_takes_no_report_along(tmp_path: Path) -> None:
    """A disk may fill during the run."""
    events = green().write(tmp_path / "events.ndjson")
    with pytest.raises(NotAHistory):
        ended(events, tmp_path / "out", history=tmp_path)
    assert (tmp_path / "out" / "report.json").is_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE runs SET started = x'00ff'", "its table runs is damaged"),
        ("UPDATE runs SET duration = 'long'", "its table runs is damaged"),
        ("UPDATE results SET outcome = x'00'", "its table results is damaged"),
        ("UPDATE latencies SET median = 'slow'", "its table latencies is damaged"),
        ("CREATE VIEW more AS SELECT * FROM runs", "it has a view"),
        (
            "CREATE TRIGGER gone AFTER INSERT ON runs BEGIN DELETE FROM runs; END",
            "it has a trigger",
        ),
    ],
)
def test_a_history_that_another_program_changed_is_refused(
    tmp_path: Path, change: str, said: str
) -> None:
    path = tmp_path / "h.sqlite"
    kept(path, green(), "first", "2026-11-24T02:14:07Z")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(change)
    with pytest.raises(NotAHistory, match=said):
        read(path)
