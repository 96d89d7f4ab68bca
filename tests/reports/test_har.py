"""HAR: valid, bounded, redacted, the exchanges of findings whole."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from conformance.reports import har
from conformance.reports.har import write_har
from tests.support.samples import cut, faulty_region, green, hostile, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

SCHEMA = Path(__file__).parents[1] / "support" / "schemas" / "har-1.2.schema.json"


def log(report: Report) -> dict[str, Any]:
    target = io.StringIO()
    write_har(report, report.source, target)
    document = json.loads(target.getvalue())
    jsonschema_rs.Draft202012Validator(
        json.loads(SCHEMA.read_text()), validate_formats=True
    ).validate(document)
    return dict(document["log"])


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile])
def test_every_exchange_is_there(concluded: Concluded, sample: Callable[[], Sample]) -> None:
    """The log is HAR 1.2 and has an entry for each exchange, in their order."""
    made = sample()
    entries = log(concluded(made))["entries"]
    assert [entry["request"]["url"] for entry in entries] == [
        one["request"]["url"] for one in made.exchanges
    ]


def test_a_finding_s_exchange_is_named_and_whole(
    concluded: Concluded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What proves a failure is never cut; the rest is, and says so."""
    monkeypatch.setattr(har, "MOST_BODY", 100)
    made = one_fault()
    entries = log(concluded(made))["entries"]
    named = [entry for entry in entries if "named by a finding" in entry["comment"]]
    assert named
    bodies = {one["request"]["url"]: one["response"]["body"] for one in made.exchanges}
    assert all(
        entry["response"]["content"]["text"] == bodies[entry["request"]["url"]] for entry in named
    )
    cut_short = entries[0]["response"]["content"]
    assert len(cut_short["text"]) == 100
    assert cut_short["comment"].startswith("cut; the whole body has ")


def test_all_bodies_together_are_bounded(
    concluded: Concluded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of many large answers still opens in a browser's developer tools."""
    monkeypatch.setattr(har, "MOST_BODIES", 5_000)
    texts = [entry["response"]["content"]["text"] for entry in log(concluded(green()))["entries"]]
    assert sum(map(len, texts)) == 5_000


def test_past_the_most_entries_only_those_of_findings_are_kept(
    concluded: Concluded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound on entries never costs the proof."""
    monkeypatch.setattr(har, "MOST_ENTRIES", 2)
    entries = log(concluded(one_fault()))["entries"]
    assert ["named by a finding" in entry["comment"] for entry in entries] == [
        False,
        False,
        True,
        True,
    ]


def test_an_exchange_without_a_response_says_why(concluded: Concluded) -> None:
    """HAR knows no silence: status 0, and the error as its comment."""
    sample = green()
    sample.exchanges[0] |= {"response": None, "error": "connection reset"}
    response = log(concluded(sample))["entries"][0]["response"]
    assert (response["status"], response["comment"]) == (0, "connection reset")


def test_the_file_says_what_was_done_to_it(concluded: Concluded) -> None:
    """Redaction and bounds are stated in the file itself."""
    document = log(concluded(green()))
    assert "Keys are redacted" in document["comment"]
    headers = document["entries"][0]["request"]["headers"]
    assert {"name": "Authorization", "value": "Bearer $FORMANT_API_KEY_GLOBAL"} in headers
