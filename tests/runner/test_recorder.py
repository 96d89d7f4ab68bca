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
from conformance.events.messages import Footer, Notice
from conformance.events.reader import read_events
from conformance.laws.finding import Finding
from conformance.runner import recorder
from conformance.runner.recorder import Recorder, Reported, reported
from tests.support.checks import make_check
from tests.support.schemas import events_validator

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.runner.check_run import CheckRun

SECRET = Secret("FORMANT_API_KEY_MARS", "fk_live_9d8c7b6a5f4e3d2c1b0a")
FOOTER = Footer(finished="2026-01-01T00:00:01.000+00:00", duration_seconds=1.0, requests={})


@pytest.fixture
def check() -> CheckRun:
    return make_check()


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
    """Requests with their retries, judgements with their outcomes, each event as the schema has it."""
    check.exchanges += [exchange(2), exchange(1)]
    check.evidence.unrecorded = 4
    check.evidence.judge("PAG-02", [], pages=3)
    check.evidence.judge("AUT-08", [Finding("a challenge", "none")], refusals=1)
    check.evidence.judge("PAG-03", [Finding("false", "true")], pages=1)
    check.evidence.judge("PAG-04", [Finding("a", "b", level="SHOULD")], answers=1)
    check.evidence.unjudged("FIL-01", "no rows")
    check.evidence.unjudged("FIL-02", "the suite itself failed: x", "broken")

    report = reported(check, Redactor([SECRET]))
    assert report.requests == {"mars": 7}
    assert report.lost is None
    assert dict(report.judged) == {
        "PAG-02": "passed",
        "AUT-08": "warned",
        "PAG-03": "failed",
        "PAG-04": "warned",
        "FIL-01": "inconclusive",
        "FIL-02": "broken",
    }
    assert [event["event"] for event in events(report)] == ["exchange"] * 2 + ["judgement"] * 6
    for event in events(report):
        events_validator().validate(event)


def test_a_lost_region_is_recorded(check: CheckRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check says why its region went silent; what preflight found stands before any check."""
    check.lost = "region mars stopped answering"
    report = reported(check, Redactor([]))
    assert report.lost == check.lost

    monkeypatch.setattr(recorder, "header", lambda session, expected: Notice(level="info", message="begun"))
    monkeypatch.setattr(recorder, "footer", lambda session, requests, stopped: FOOTER)
    session: Any = SimpleNamespace(
        settings=SimpleNamespace(out=tmp_path),
        regions={"mars": "http://mars", "venus": "http://venus"},
        problems={"venus": "region venus did not accept the key"},
    )
    stream = Recorder(session, [])
    stream.take(msgspec.structs.replace(report, requests={"mars": 3}))
    stream.close()
    assert stream.requests == {"mars": 3, "venus": 0}
    assert list(read_events(stream.path)) == [
        Notice(level="info", message="begun"),
        Notice(level="error", region="venus", message="region venus did not accept the key"),
        Notice(level="error", region="mars", message="region mars stopped answering"),
        FOOTER,
    ]


def test_no_key_is_in_the_lines(check: CheckRun) -> None:
    """What a server echoes is redacted before it leaves the process that saw it."""
    check.exchanges += [
        exchange(body=SECRET.value.encode()),
        exchange(body=b" " * 9_000 + SECRET.value.encode()),
    ]
    check.evidence.judge("PAG-03", [Finding("no key", SECRET.value)])
    report = reported(check, Redactor([SECRET]))
    assert SECRET.value.encode() not in report.lines
    assert b"$FORMANT_API_KEY_MARS" in report.lines
