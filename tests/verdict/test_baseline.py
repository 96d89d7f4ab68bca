"""Earlier reports: read back if they are what they are named as, refused in one sentence if not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.events.errors import Unreadable
from conformance.verdict.baseline import must_be_report, read_report
from conformance.verdict.conclude import conclude
from tests.support.samples import faulty_region

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What `report.json` says is what is compared."""
    document = conclude(faulty_region().write(tmp_path / "events.ndjson")).to_json()
    path = tmp_path / "report.json"
    path.write_text(json.dumps(document))
    assert read_report(path) == json.loads(path.read_text())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"hello", r"a\.json: not a report of this suite: it is not JSON \(Expecting value"),
        ("a.json", b"\xff\xfe", "it is not UTF-8 text"),
        ("a.json", b"[" * 100_000, "nested too deeply|it is not JSON"),
        ("a.json", b"[]", r"not a report of this suite: .*object"),
        ("a.json", b'{"name": "package"}', "not a report of this suite: .*required"),
        ("a.json", b'{"schema": 2}', "a report of schema 2; this version reads schema 1"),
        ("events.ndjson", b'{"event":"header"}\n{}\n', "an event stream: make a report of it"),
    ],
    ids=["text", "binary", "deep", "list", "other JSON", "other version", "stream"],
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
    with pytest.raises(Unreadable, match=r"--baseline .*nowhere\.json: cannot be read: No such file"):
        must_be_report(tmp_path / "nowhere.json", "verdict")
    with pytest.raises(Unreadable, match="--gate new needs --baseline"):
        must_be_report(None, "new")
