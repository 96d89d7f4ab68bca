"""Files: each whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from conformance.reports import registry as files
from conformance.reports.json import report_document
from tests.support.samples import faulty_region, green
from tests.support.schemas import report_validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def write_half(path: Path) -> None:
    with files.whole(path) as target:
        target.write("half")
        raise RuntimeError


def test_every_view_is_written_into_the_directory(concluded: Concluded, tmp_path: Path) -> None:
    """One call writes all, and returns what it wrote."""
    report = concluded(faulty_region())
    written = files.write_reports(report, report.source, tmp_path / "out" / "deep")
    assert {path.name for path in written} == {
        path.name for path in (tmp_path / "out" / "deep").iterdir()
    }
    assert {"report.json", "junit.xml"} <= {path.name for path in written}
    assert all(path.stat().st_size for path in written)


def test_report_json_is_the_document(concluded: Concluded, tmp_path: Path) -> None:
    """What is on the disk is the whole document, a result a line, and valid."""
    report = concluded(faulty_region())
    (path,) = files.write_all(report, report.source, tmp_path / "out", ("json",))
    text = path.read_text("utf-8")
    document = json.loads(text)
    report_validator().validate(document)
    assert document == json.loads(msgspec.json.encode(report_document(report)))
    assert len([line for line in text.splitlines() if line.startswith("  {")]) == len(
        report.results
    )


def test_a_view_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """Half a report is worse than yesterday's."""
    path = tmp_path / "report.json"
    path.write_text("yesterday")
    with pytest.raises(RuntimeError):
        write_half(path)
    assert path.read_text() == "yesterday"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_reports_can_be_read_by_others(concluded: Concluded, tmp_path: Path) -> None:
    """A file has the permissions that any new file would have."""
    plain = tmp_path / "plain"
    plain.touch()
    report = concluded(green())
    (path,) = files.write_all(report, report.source, tmp_path / "out", ("json",))
    assert path.stat().st_mode == plain.stat().st_mode


def test_half_of_a_surrogate_pair_is_written_as_text(tmp_path: Path) -> None:
    """JSON can spell it and UTF-8 cannot; no report is lost for it."""
    with files.whole(tmp_path / "page.html") as target:
        target.write("before \ud800 after")
    assert (tmp_path / "page.html").read_text("utf-8") == "before \\ud800 after"
