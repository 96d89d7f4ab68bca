"""`conformance again`: a report's findings, asked for once more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONLY = ("--only", "PAG-05", "--only", "PAG-02", "--seed", "3", "-q")


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """A directory with the reports of a run that found something."""
    run = program.conformance("run", "--fault", "offset-off-by-one@india", *ONLY, folder=tmp_path)
    assert run.returncode == 1, run.stderr
    return tmp_path


def mend(folder: Path) -> None:
    """Let the report's run be one against the healthy mock."""
    path = folder / "reports" / "report.json"
    report = json.loads(path.read_text("utf-8"))
    report["config"]["fault"] = []
    path.write_text(json.dumps(report), "utf-8")


def test_what_fails_still_and_what_is_fixed(failed: Path) -> None:
    """The findings alone are asked for, with the settings of their run."""
    still = program.conformance("again", folder=failed)
    assert still.returncode == 1, still.stderr
    assert "✗ PAG-05  india · list-batch-calls  still failing (MUST)" in still.stdout
    assert still.stdout.splitlines()[-1] == "1 still failing, 0 flaky, 0 not judged, 0 fixed"

    mend(failed)
    fixed = program.conformance("again", "PAG-05", folder=failed)
    assert (fixed.returncode, fixed.stdout.splitlines()[-1]) == (
        0,
        "0 still failing, 0 flaky, 0 not judged, 1 fixed",
    )

    passed = program.conformance("again", "PAG-02", folder=failed)
    assert passed.returncode == 0
    assert "PAG-02 neither failed nor warned in reports/report.json" in passed.stdout


def test_what_cannot_be_used(refused: Callable[..., str], tmp_path: Path) -> None:
    """A report that is not there, or is none."""
    assert "no.json: cannot be opened" in refused("again", "--report", tmp_path / "no.json")
    other = tmp_path / "other.json"
    other.write_text("{}", "utf-8")
    assert "not a report" in refused("again", "--report", other)
