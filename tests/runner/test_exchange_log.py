"""The log: exchanges recorded as they are answered, counted by check and by region."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.client.redaction import Redactor
from conformance.events.reader import read_exchanges
from conformance.events.writer import EventWriter
from conformance.runner.exchange_log import ExchangeLog
from tests.support.lists import exchange

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.client import Exchange

NO_KEYS = Redactor([])


def answered(name: str, region: str = "mars", attempts: int = 1) -> Exchange:
    return replace(exchange(), id=name, region=region, attempts=attempts)


def test_a_record_is_on_the_disk_when_the_log_has_it(tmp_path: Path) -> None:
    """Nothing of it waits for the end of the check."""
    path = tmp_path / "events.ndjson"
    writer = EventWriter(path)
    log = ExchangeLog(NO_KEYS, writer)
    log.record(answered("a"), "test_x")
    assert [(record.id, record.check) for record in read_exchanges(path)] == [("a", "test_x")]
    assert log.take("test_x").lines == b""
    writer.close()


def test_without_a_writer_records_wait_for_their_check() -> None:
    """In the order in which they were answered, and those of other checks apart."""
    log = ExchangeLog(NO_KEYS)
    log.record(answered("a"), "test_x")
    log.record(answered("b"), "test_y")
    log.record(answered("c"), "test_x")
    lines = log.take("test_x").lines.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "c"]
    assert log.take("test_x").lines == b""


def test_every_attempt_counts_in_its_region() -> None:
    """Recorded or not; how many left no record is told apart."""
    log = ExchangeLog(NO_KEYS)
    log.record(answered("a", attempts=2), "test_x")
    log.count(answered("b"), "test_x")
    log.record(answered("c", "venus"), "test_y")
    assert log.requests == {"mars": 3, "venus": 1}
    sent = log.take("test_x")
    assert (sent.requests, sent.unrecorded) == ({"mars": 3}, {"mars": 1})
    assert log.take("test_x").requests == {}
    assert log.requests == {"mars": 3, "venus": 1}


def test_an_answer_that_comes_after_the_end_is_dropped(tmp_path: Path) -> None:
    """The last line of a stream is its footer, whatever was still under way."""
    path = tmp_path / "events.ndjson"
    writer = EventWriter(path)
    log = ExchangeLog(NO_KEYS, writer)
    log.close()
    writer.close()
    log.record(answered("late"), "test_x")
    assert path.read_bytes() == b""
    assert log.requests == {}
