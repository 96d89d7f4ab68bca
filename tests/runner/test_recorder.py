"""The stream: what a check reports, in a form that any process can write down."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conformance.client import Exchange, Request, Response
from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.client.stop import StopSignal
from conformance.events.messages import ExchangeRecord, Footer, Notice
from conformance.events.reader import read_events
from conformance.events.writer import EventWriter
from conformance.laws.finding import Finding
from conformance.runner import recorder
from conformance.runner.claim import Claim
from conformance.runner.exchange_log import ExchangeLog
from conformance.runner.part_file import PartFile, part_path
from conformance.runner.recorder import Recorder, Reported, reported
from tests.support.checks import make_check
from tests.support.schemas import events_validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.runner.check_run import CheckRun

    MakeRecorder = Callable[..., Recorder]

SECRET = Secret("FORMANT_API_KEY_MARS", "fk_live_9d8c7b6a5f4e3d2c1b0a")
FOOTER = Footer(finished="2026-01-01T00:00:01.000+00:00", duration_seconds=1.0, requests={})


@pytest.fixture
def check() -> CheckRun:
    return make_check()


@pytest.fixture
def make_recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeRecorder:
    """Recorders of a run over two regions, of which some have a problem."""
    begun = Notice(level="info", message="begun")
    monkeypatch.setattr(recorder, "header", lambda session, expected: begun)
    monkeypatch.setattr(
        recorder,
        "footer",
        lambda session, requests, stopped: msgspec.structs.replace(FOOTER, requests=requests),
    )

    def make(problems: dict[str, str], parts: dict[str, PartFile] | None = None) -> Recorder:
        session: Any = SimpleNamespace(
            settings=SimpleNamespace(out=tmp_path, insecure=False),
            regions={"mars": "http://mars", "venus": "http://venus"},
            problems=problems,
            redact=Redactor([SECRET]),
            claim=Claim(tmp_path),
            stop=StopSignal(),
        )
        return Recorder(session, [], parts)

    return make


def exchange(attempts: int = 1, body: bytes = b"{}") -> Exchange:
    answer = Response(200, "OK", "1.1", (("Content-Type", "application/json"),), body)
    return Exchange(
        id="mars-0001",
        region="mars",
        operation="list-batch-calls",
        request=Request("GET", "/v1/batch-calls"),
        base="http://mars",
        secret=SECRET,
        response=answer,
        error=None,
        started="2026-01-01T00:00:00.000+00:00",
        began=0.0,
        seconds=0.01,
        attempts=attempts,
    )


def events(reported: Reported) -> list[dict[str, Any]]:
    return [json.loads(line) for line in reported.lines.splitlines()]


def test_lines_and_what_they_say_in_short(check: CheckRun) -> None:
    """Requests with their retries, judgements with their outcomes, each event as the
    schema has it.
    """
    log = ExchangeLog(Redactor([SECRET]))
    log.record(exchange(2), check.name)
    log.record(exchange(1), check.name)
    log.count(exchange(4), check.name)
    check.evidence.judge("PAG-02", [], pages=3)
    check.evidence.judge("AUT-08", [Finding("a challenge", "none")], refusals=1)
    check.evidence.judge("PAG-03", [Finding("false", "true")], pages=1)
    check.evidence.unjudged("FIL-01", "no rows")
    check.evidence.unjudged("FIL-02", "the suite itself failed: x", "broken")

    report = reported(check, log, Redactor([SECRET]))
    assert (report.requests, report.unrecorded) == ({"mars": 7}, {"mars": 4})
    assert report.lost is None
    assert dict(report.judged) == {
        "PAG-02": "passed",
        "AUT-08": "warned",
        "PAG-03": "failed",
        "FIL-01": "inconclusive",
        "FIL-02": "broken",
    }
    assert [event["event"] for event in events(report)] == ["exchange"] * 2 + ["judgement"] * 5
    for event in events(report):
        events_validator().validate(event)


def test_a_lost_region_is_recorded(check: CheckRun, make_recorder: MakeRecorder) -> None:
    """A check says why its region went silent; what preflight found stands before any check."""
    check.lost = "region mars stopped answering"
    report = reported(check, ExchangeLog(Redactor([])), Redactor([]))
    assert report.lost == check.lost

    stream = make_recorder({"venus": "region venus did not accept the key"})
    stream.take(report)
    stream.take(report)
    stream.close()
    _, *notices, _ = read_events(stream.path)
    assert notices == [
        Notice(level="error", region="venus", message="region venus did not accept the key"),
        Notice(level="error", region="mars", message="region mars stopped answering"),
    ]


def test_no_key_is_in_the_lines(check: CheckRun) -> None:
    """What a server echoes is redacted before it leaves the process that saw it."""
    redact = Redactor([SECRET])
    log = ExchangeLog(redact)
    log.record(exchange(body=SECRET.value.encode()), check.name)
    log.record(exchange(body=b" " * 9_000 + SECRET.value.encode()), check.name)
    check.evidence.judge("PAG-03", [Finding("no key", SECRET.value)])
    report = reported(check, log, redact)
    assert SECRET.value.encode() not in report.lines
    assert b"$FORMANT_API_KEY_MARS" in report.lines


def test_an_exchange_is_in_the_stream_before_its_check_is_reported(
    make_recorder: MakeRecorder,
) -> None:
    """A run that is killed has every exchange up to then, and one that is stopped counts them."""
    stream = make_recorder({})
    stream.log.record(exchange(2), "test_x")
    *_, last = read_events(stream.path)
    assert isinstance(last, ExchangeRecord)
    stream.close()
    *_, last = read_events(stream.path)
    assert isinstance(last, Footer)
    assert last.requests == {"mars": 2, "venus": 0}


def test_what_this_process_reports_is_counted_once(
    check: CheckRun, make_recorder: MakeRecorder
) -> None:
    """Its exchanges were counted as they were answered."""
    stream = make_recorder({})
    stream.log.record(exchange(2), check.name)
    stream.log.count(exchange(3), check.name)
    stream.take(reported(check, stream.log, Redactor([])))
    stream.close()
    assert stream.requests == {"mars": 5, "venus": 0}


def test_what_another_machine_reports_brings_its_exchanges(
    check: CheckRun, make_recorder: MakeRecorder
) -> None:
    """A worker that cannot write here hands on everything with its report."""
    elsewhere = ExchangeLog(Redactor([SECRET]))
    elsewhere.record(exchange(2), check.name)
    elsewhere.count(exchange(3), check.name)
    stream = make_recorder({})
    stream.take(reported(check, elsewhere, Redactor([])), "gw0")
    stream.close()
    assert stream.requests == {"mars": 5, "venus": 0}
    assert sum(isinstance(event, ExchangeRecord) for event in read_events(stream.path)) == 1


def test_a_worker_s_file_is_read_up_to_the_end_of_the_run(
    check: CheckRun, make_recorder: MakeRecorder, tmp_path: Path
) -> None:
    """What was asked and never reported is in the stream too, and the file is gone."""
    path = part_path(tmp_path, "gw0")
    writer = EventWriter(path)
    log = ExchangeLog(Redactor([SECRET]), writer)
    stream = make_recorder({}, {"gw0": PartFile(path)})
    log.record(exchange(2), check.name)
    log.count(exchange(3), check.name)
    stream.take(reported(check, log, Redactor([])), "gw0")
    assert stream.requests == {"mars": 5, "venus": 0}

    log.record(exchange(1), "a check that never ends")
    writer.close()
    stream.close()
    exchanges = [event for event in read_events(stream.path) if isinstance(event, ExchangeRecord)]
    assert [event.check for event in exchanges] == [check.name, "a check that never ends"]
    *_, last = read_events(stream.path)
    assert isinstance(last, Footer)
    assert last.requests == {"mars": 6, "venus": 0}
    assert not path.exists()
