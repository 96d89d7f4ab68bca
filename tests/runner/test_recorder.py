"""The stream: what a check reports, in a form that any process can write down."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.context import Subject
from conformance.client import Exchange, Request, Response
from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.contract import load_contract
from conformance.events.reader import validate_event
from conformance.laws.finding import Finding
from conformance.runner.recorder import Stream, notice, reported

if TYPE_CHECKING:
    from pathlib import Path

SECRET = Secret("FORMANT_API_KEY_MARS", "fk_live_9d8c7b6a5f4e3d2c1b0a")
ITEM: Any = SimpleNamespace(nodeid="checks/test_x.py::test_x[list-mars]")


@pytest.fixture
def subject() -> Subject:
    contract = load_contract()
    return Subject(contract, contract.operations[0], "mars", 1, frozenset(contract.requirements))


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


def events(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found["lines"].splitlines()]


def test_lines_and_what_they_say_in_short(subject: Subject) -> None:
    """Requests with their retries, judgements with their outcomes, each event as the schema has it."""
    subject.exchanges = [exchange(2), exchange(1)]
    subject.unrecorded = 4
    subject.judge("PAG-02", [], pages=3)
    subject.judge("AUT-08", [Finding("a challenge", "none")], refusals=1)
    subject.judge("PAG-03", [Finding("false", "true")], pages=1)
    subject.judge("PAG-04", [Finding("a", "b", level="SHOULD")], answers=1)
    subject.unjudged("FIL-01", "no rows")
    subject.unjudged("FIL-02", "the suite itself failed: x", "broken")
    found = reported(ITEM, subject, Redactor([SECRET]))
    assert found["requests"] == {"mars": 7}
    assert found["lost"] is None
    assert dict(map(tuple, found["judged"])) == {
        "PAG-02": "passed",
        "AUT-08": "warned",
        "PAG-03": "failed",
        "PAG-04": "warned",
        "FIL-01": "inconclusive",
        "FIL-02": "broken",
    }
    assert [one["event"] for one in events(found)] == ["exchange"] * 2 + ["judgement"] * 6
    for one in events(found):
        validate_event(one)


def test_a_lost_region_is_told_and_stops_the_run(subject: Subject, tmp_path: Path) -> None:
    """The first reason stands; the stream has it as a notice."""
    subject.lost = "region mars stopped answering"
    found = reported(ITEM, subject, Redactor([]))
    assert events(found) == [notice("error", "mars", "region mars stopped answering")]
    run: Any = SimpleNamespace(
        settings=SimpleNamespace(out=tmp_path),
        regions={"mars": "http://mars"},
        header=lambda _: {"event": "header"},
    )
    stream = Stream(run, [])
    stream.take(found)
    stream.take(found | {"lost": "something else", "requests": {"mars": 3}})
    assert stream.stopped == "region mars stopped answering"
    assert stream.requests == {"mars": 3}
    stream.writer.close()
    assert [json.loads(line)["event"] for line in stream.path.read_text().splitlines()] == [
        "header",
        "notice",
        "notice",
    ]


def test_no_key_is_in_the_lines(subject: Subject) -> None:
    """What a server echoes is redacted before it leaves the process that saw it."""
    subject.exchanges = [
        exchange(body=SECRET.value.encode()),
        exchange(body=b" " * 9_000 + SECRET.value.encode()),
    ]
    subject.judge("PAG-03", [Finding("no key", SECRET.value)])
    found = reported(ITEM, subject, Redactor([SECRET]))
    assert SECRET.value.encode() not in found["lines"]
    assert b"$FORMANT_API_KEY_MARS" in found["lines"]
