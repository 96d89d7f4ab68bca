"""A watch over four hours of a clock of its own: a restart and two outages in the middle."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from conformance.reports.history.store import read
from conformance.verdict.conclude import conclude
from conformance.watch.loop import JITTER, RoundFailed, Watch
from conformance.watch.state import load
from conformance.watch.transitions import WINDOW
from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from conformance.watch.loop import Round
    from tests.support.samples import Sample

EVERY = 15 * 60.0
BASE = datetime(2026, 11, 24, tzinfo=UTC)


def outage() -> Sample:
    """India does not answer."""
    sample = green()
    for judgement in sample.judgements:
        if judgement["region"] != "global":
            judgement |= {"state": "inconclusive", "reason": "india is lost", "evidence": {}}
    message = "region india cannot be reached"
    sample.notices = [{"event": "notice", "level": "error", "region": "india", "message": message}]
    return sample


@dataclass
class World:
    """Time that passes when it is waited for, a plan of what the servers do, and what was heard."""

    folder: Path
    plan: Callable[[int], Sample]
    now: float = 0.0
    ends_after: float = float("inf")
    takes: bool = True
    wall: Callable[[float], float] = lambda now: now
    begun: list[float] = field(default_factory=list)
    heard: list[tuple[int, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run(self) -> tuple[Report, Path]:
        self.begun.append(self.now)
        number = len(self.begun)
        sample = self.plan(number)
        sample.header["run"] = f"run-{number:02}"
        sample.header["started"] = (BASE + timedelta(seconds=self.wall(self.now))).isoformat()
        self.now += 20
        events = sample.write(self.folder / "events.ndjson")
        return conclude(events), events

    def tell(self, lines: list[str], latest: Round | None) -> bool:
        if self.takes:
            self.heard += [(len(self.begun), line.partition(":")[0]) for line in lines]
        return self.takes

    def show(self, latest: Round) -> None:
        pass

    def complain(self, sentence: str) -> None:
        self.complaints.append(sentence)

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return self.now >= self.ends_after


PAG_03 = "PAG-03 (india · list-batch-calls)"


def test_four_hours_with_a_restart_and_two_outages(tmp_path: Path) -> None:
    """Each change is reported once, by whichever process sees it; an outage forgets nothing."""

    def plan(number: int) -> Sample:
        if number in (4, 5, 12):
            return outage()
        return one_fault() if 3 <= number <= 9 else green()

    world = World(tmp_path, plan, ends_after=2 * 3600)
    history = tmp_path / "watch.sqlite"
    Watch(history, EVERY, world).keep_watch()
    before = len(world.begun)
    world.ends_after = 4 * 3600
    Watch(history, EVERY, world).keep_watch()

    assert 7 <= before <= 9
    assert 15 <= len(world.begun) <= 18
    told = [(number, line) for number, line in world.heard if "DOC-" not in line]
    assert [entry for entry in told if "PAG-05" not in entry[1]] == [
        (3, f"{PAG_03} starts failing"),
        (4, "region india cannot be judged"),
        (6, "region india can be judged again"),
        (10, f"{PAG_03} recovers"),
        (12, "region india cannot be judged"),
        (13, "region india can be judged again"),
    ]
    assert world.complaints == []
    assert len(read(history).runs) == len(world.begun)


@pytest.mark.parametrize("after", [one_fault, green])
def test_an_outage_that_is_longer_than_the_window_forgets_nothing(tmp_path: Path, after) -> None:
    """What failed before is not reported anew, and what was mended meanwhile recovers."""

    def plan(number: int) -> Sample:
        if 4 <= number <= WINDOW + 5:
            return outage()
        return one_fault() if number <= 3 else after()

    world = World(tmp_path, plan)
    history = tmp_path / "w.sqlite"
    Watch(history, EVERY, world).keep_watch(8)
    Watch(history, EVERY, world).keep_watch(WINDOW)
    told = [line for _, line in world.heard if line.startswith("PAG-03")]
    assert told == [f"{PAG_03} starts failing", f"{PAG_03} recovers"][: 2 if after is green else 1]


def test_the_interval_is_jittered(tmp_path: Path) -> None:
    """From start to start, by a tenth at most."""
    world = World(tmp_path, lambda number: green())
    draws = iter([0.0, 0.5, 1.0, 0.0])
    Watch(tmp_path / "w.sqlite", EVERY, world, draw=lambda: next(draws)).keep_watch(4)
    gaps = [after - before for before, after in zip(world.begun, world.begun[1:], strict=False)]
    assert gaps == pytest.approx([EVERY * (1 - JITTER), EVERY, EVERY * (1 + JITTER)])


def test_a_requirement_that_turns_again_and_again_is_flaky_once(tmp_path: Path) -> None:
    """After that its turns are no news until it is steady."""
    world = World(tmp_path, lambda number: one_fault() if number % 2 else green())
    Watch(tmp_path / "w.sqlite", EVERY, world).keep_watch(10)
    told = [line for _, line in world.heard if line.startswith("PAG-03")]
    words = "starts failing", "recovers", "starts failing", "is flaky"
    assert told == [f"{PAG_03} {word}" for word in words]


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path) -> None:
    """The latest run is the one that came last."""
    world = World(
        tmp_path,
        lambda number: one_fault() if number >= 4 else green(),
        wall=lambda now: now if now < 2 * EVERY else now - 86_400,
    )
    Watch(tmp_path / "w.sqlite", EVERY, world).keep_watch(6)
    told = [entry for entry in world.heard if entry[1].startswith("PAG-03")]
    assert told == [(4, f"{PAG_03} starts failing")]


def test_what_no_receiver_took_is_told_again_after_a_restart(tmp_path: Path) -> None:
    """Once it is taken it is forgotten."""
    world = World(tmp_path, lambda number: one_fault() if number >= 2 else green(), takes=False)
    history = tmp_path / "w.sqlite"
    Watch(history, EVERY, world).keep_watch(2)
    assert world.heard == []
    world.takes = True
    Watch(history, EVERY, world).keep_watch(1)
    assert any(line.startswith(PAG_03) for _, line in world.heard)
    assert load(history).unsent == []


def test_a_full_disk_ends_no_watch(tmp_path: Path, monkeypatch: Any) -> None:
    """It is said, and the next round is tried."""
    world = World(tmp_path, lambda number: green())

    def full(*unused: Any) -> None:
        raise OSError(28, "No space left on device")

    def full_database(*unused: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("conformance.watch.loop.append", full)
    monkeypatch.setattr("conformance.watch.loop.save", full_database)
    Watch(tmp_path / "w.sqlite", EVERY, world).keep_watch(2)
    assert len(world.begun) == 2
    assert "No space left on device" in world.complaints[0]
    assert "disk is full" in world.complaints[1]


def test_a_run_without_a_report_ends_no_watch(tmp_path: Path) -> None:
    """Nothing is known of that round."""
    world = World(tmp_path, lambda number: green())
    good, calls = world.run, []

    def run() -> tuple[Report, Path]:
        calls.append(1)
        if len(calls) == 1:
            raise RoundFailed("a run came to no report: killed")
        return good()

    world.run = run  # type: ignore[method-assign]
    Watch(tmp_path / "w.sqlite", EVERY, world).keep_watch(2)
    assert world.complaints == ["a run came to no report: killed"]
    assert len(world.begun) == 1
