"""The writer: whole lines, on the disk at once, from any thread."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from conformance.events.messages import Notice
from conformance.events.reader import read_events
from conformance.events.writer import EventWriter, encoded

if TYPE_CHECKING:
    from pathlib import Path

HELLO = Notice(level="info", message="hello")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "events.ndjson"


def test_each_event_is_on_the_disk_when_write_returns(path: Path) -> None:
    """A killed process loses no event it had written, closed or not."""
    writer = EventWriter(path)
    writer.write(HELLO)
    assert list(read_events(path)) == [HELLO]
    again = Notice(level="warning", region="india", message="again")
    writer.write(again)
    assert list(read_events(path)) == [HELLO, again]
    writer.close()


def test_lines_of_many_threads_do_not_mix(path: Path) -> None:
    """Checks run in threads of their own, and each hands its exchanges over by itself."""
    writer = EventWriter(path)
    names = [f"{letter * 5_000}-{number}" for letter in "abcdef" for number in range(40)]

    def write(own: list[str]) -> None:
        for name in own:
            writer.write(Notice(level="info", message=name))

    threads = [threading.Thread(target=write, args=(names[at::6],)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    assert sorted(json.loads(line)["message"] for line in path.read_text().splitlines()) == sorted(
        names
    )


def test_the_kind_comes_first() -> None:
    """A person who reads the stream sees at once what a line is."""
    assert encoded(HELLO) == b'{"event":"notice","level":"info","region":null,"message":"hello"}\n'


def test_half_a_surrogate_pair_becomes_visible_text() -> None:
    """JSON can carry what UTF-8 cannot; it is spelled out rather than failing later."""
    line = encoded(Notice(level="info", message="\ud83d and 😀"))
    assert json.loads(line)["message"] == "\\ud83d and 😀"
