"""The end of a run: exit code and last words, with and without a baseline."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from conformance.reports.ending import ended
from conformance.reports.registry import renderers, write_all
from conformance.verdict.conclude import conclude
from tests.support.samples import faulty_region, green, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.reports.ending import Ending
    from conformance.verdict.report import Gate
    from tests.support.samples import Sample


@pytest.fixture(autouse=True)
def outside_github(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def run(out: Path, new: Sample, old: Sample | None = None, gate: Gate = "verdict") -> Ending:
    """A run into a directory, whose report was the baseline until then."""
    out.mkdir()
    baseline = None
    if old is not None:
        stream = old.write(out / "events.ndjson")
        (baseline,) = write_all(conclude(stream), stream, out, ("json",))
    return ended(new.write(out / "events.ndjson"), out, baseline, gate)


def said(ending: Ending, **options: bool) -> list[str]:
    target = io.StringIO()
    ending.show(console=Console(file=target, width=100, highlight=False), **options)
    return target.getvalue().splitlines()


def test_without_a_baseline_the_verdict_decides(tmp_path: Path) -> None:
    """Every view is written, and the last line is the verdict."""
    ending = run(tmp_path / "out", one_fault())
    assert (ending.exit_code, ending.comparison) == (1, None)
    assert {path.name for path in ending.files} >= {"report.html", "junit.xml", "codequality.json"}
    *_, files, last = said(ending)
    assert files.endswith(" · ".join(name for name, _ in renderers().values()))
    assert last.startswith("nonconformant: 1 problem in india (PAG-03: expected has_more false")


def test_the_baseline_may_be_the_report_that_is_replaced(tmp_path: Path) -> None:
    """`--baseline reports/report.json` compares with what was there before."""
    ending = run(tmp_path / "out", one_fault(), green())
    assert ending.comparison is not None
    assert len(ending.comparison.newly_failing) == 2
    assert json.loads((tmp_path / "out" / "report.json").read_text())["verdict"] == "nonconformant"


@pytest.mark.parametrize(
    ("old", "new", "gate", "code"),
    [
        (one_fault, one_fault, "verdict", 1),
        (one_fault, one_fault, "new", 0),
        (green, one_fault, "new", 1),
        (one_fault, faulty_region, "new", 1),
        (one_fault, green, "new", 0),
    ],
)
def test_the_gate_decides_the_exit_code(tmp_path: Path, old, new, gate: Gate, code: int) -> None:
    """Under `--gate new` only what is new fails a build, and `report.json` says what the process
    says.
    """
    assert run(tmp_path / "out", new(), old(), gate).exit_code == code
    document = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (document["exit_code"], document["gate"]) == (code, gate)


def test_changes_stand_before_the_verdict(tmp_path: Path) -> None:
    """What changed, how it gates, and the verdict still last."""
    lines = said(run(tmp_path / "out", one_fault(), one_fault(), "new"))
    assert "still failing (2)" in lines
    changed = next(line for line in lines if line.startswith("nonconformant → nonconformant"))
    assert changed.endswith("0 newly unjudged · only new failures count: exit 0")
    assert lines[-1].startswith("nonconformant: ")


def test_quiet_says_only_in_one_line_what_changed(tmp_path: Path) -> None:
    """Failures and verdict, and what the exit code came from."""
    lines = said(run(tmp_path / "out", green(), one_fault(), "new"), quiet=True)
    assert [line.partition(":")[0] for line in lines] == [
        "nonconformant → conformant",
        "conformant",
    ]
