"""Earlier reports: read back if they are what they are named as, refused in one sentence if not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from conformance.events.errors import Unreadable
from conformance.reports.json import report_document
from conformance.reports.registry import write_all
from conformance.verdict.baseline import must_be_report, read_report
from conformance.verdict.compare import compare
from conformance.verdict.conclude import conclude
from tests.support.samples import faulty_region

if TYPE_CHECKING:
    from pathlib import Path


FIXED = (
    *("schema", "verdict", "exit_code", "started", "duration_seconds"),
    *("requests", "regions", "seed", "config"),
)
FIXED_OF_RESULT = (
    *("requirement", "level", "operation", "region"),
    *("outcome", "message", "evidence", "findings"),
)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What `report.json` says is what is compared."""
    report = conclude(faulty_region().write(tmp_path / "events.ndjson"))
    (path,) = write_all(report, report.source, tmp_path, ("json",))
    assert read_report(path) == report_document(report)


def test_a_report_with_no_more_than_the_fixed_fields_is_read(tmp_path: Path) -> None:
    """What was added since is not asked of an earlier report, and what is not known is
    passed over.
    """
    report = conclude(faulty_region().write(tmp_path / "events.ndjson"))
    document = json.loads(msgspec.json.encode(report_document(report)))
    fixed = {name: document[name] for name in FIXED} | {"mood": "good"}
    fixed["results"] = [
        {name: result[name] for name in FIXED_OF_RESULT} for result in document["results"]
    ]
    path = tmp_path / "report.json"
    path.write_text(json.dumps(fixed))
    assert not compare(read_report(path), report).newly_failing


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"hello", r"a\.json: not a report of this suite: it is not JSON \("),
        ("a.json", b"\xff\xfe", "it is not JSON"),
        ("a.json", b'{"schema": "\xff"}', "(?i)utf-8"),
        ("a.json", b'{"a":' + b"[" * 100_000, "nested too deeply|it is not JSON"),
        ("a.json", b"[]", r"not a report of this suite: .*object"),
        ("a.json", b'{"name": "package"}', "not a report of this suite: .*required"),
        ("a.json", b'{"schema": 2}', "a report of schema 2; this version reads schema 1"),
        ("events.ndjson", b'{"event":"header"}\n{}\n', "an event stream: make a report of it"),
    ],
    ids=["text", "binary", "half binary", "deep", "list", "other JSON", "other version", "stream"],
)
def test_what_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """File, problem, and what to do; no traceback."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        read_report(path)


def test_a_baseline_is_looked_at_before_anything_is_asked(tmp_path: Path) -> None:
    """A run of minutes must not end in a misspelt file name."""
    must_be_report(None, "verdict")
    with pytest.raises(
        Unreadable, match=r"--baseline .*nowhere\.json: cannot be read: No such file"
    ):
        must_be_report(tmp_path / "nowhere.json", "verdict")
    with pytest.raises(Unreadable, match="--gate new needs --baseline"):
        must_be_report(None, "new")
