"""A run that verified no certificate: every report that holds facts of a run says so."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from conformance.reports.ctrf import write_ctrf
from conformance.reports.har import write_har
from conformance.reports.junit import write_junit
from conformance.reports.terminal.summary import print_summary
from conformance.verdict.conclude import conclude
from tests.support.samples import green

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.report import Report


@pytest.fixture
def report(tmp_path: Path) -> Report:
    made = conclude(green().write(tmp_path / "events.ndjson"))
    return replace(made, config={**made.config, "insecure": True})


def test_the_terminal_says_so_in_its_first_lines(report: Report) -> None:
    """Before anything that was found."""
    target = io.StringIO()
    print_summary(report, console=Console(file=target, width=100))
    assert "no certificate was verified (--insecure)" in target.getvalue().splitlines()[1]


def test_files_for_programs_say_so(report: Report) -> None:
    """Where there is a place for facts of the run."""
    texts = [io.StringIO() for _ in range(3)]
    write_ctrf(report, texts[0])
    write_junit(report, texts[1])
    write_har(report, report.source, texts[2])
    assert all("insecure" in text.getvalue() for text in texts)
