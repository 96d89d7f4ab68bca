"""The stream of a run is its own: also where its file is replaced, deleted, or cannot be written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conformance.events.messages import Notice
from conformance.events.reader import read_events
from conformance.events.writer import EventWriter

FULL = Path("/dev/full")


def said(path: Path) -> list[str]:
    return [event.message for event in read_events(path) if isinstance(event, Notice)]


def test_a_stream_that_was_replaced_is_put_back(tmp_path: Path) -> None:
    """What another program put there is no stream of this run."""
    path = tmp_path / "events.ndjson"
    writer = EventWriter(path)
    writer.write(Notice(level="info", message="mine"))
    path.unlink()
    path.write_text("another's\n")
    writer.write(Notice(level="info", message="mine too"))
    writer.close()
    assert said(path) == ["mine", "mine too"]
    assert [one.name for one in tmp_path.iterdir()] == ["events.ndjson"]


def test_a_directory_that_vanished_is_made_again(tmp_path: Path) -> None:
    """The stream is what a run is judged by."""
    path = tmp_path / "out" / "events.ndjson"
    writer = EventWriter(path)
    writer.write(Notice(level="info", message="mine"))
    shutil.rmtree(path.parent)
    writer.close()
    assert said(path) == ["mine"]


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is full")
def test_a_full_disk_is_said_once(tmp_path: Path) -> None:
    """And nothing more is tried."""
    heard: list[str | None] = []
    path = tmp_path / "events.ndjson"
    path.symlink_to(FULL)
    writer = EventWriter(path, lambda: heard.append(writer.problem))
    for _ in range(3):
        writer.write(Notice(level="info", message="x"))
    writer.close()
    assert heard == ["No space left on device"]
