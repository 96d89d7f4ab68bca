"""`conformance compare`: what changed, in three forms, and as a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from conformance.reports.json import report_document
from conformance.verdict.conclude import conclude
from tests.support.samples import cut, green, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.samples import Sample


def report(folder: Path, name: str, sample: Sample) -> Path:
    path = folder / f"{name}.json"
    path.write_bytes(
        msgspec.json.encode(report_document(conclude(sample.write(folder / f"{name}.ndjson"))))
    )
    return path


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("terminal", "newly failing (2)\n"),
        ("markdown", "## conformant → nonconformant\n"),
        ("html", "<!doctype html>\n"),
    ],
)
def test_each_form_says_what_newly_fails(
    conformance, tmp_path: Path, form: str, start: str
) -> None:
    """On standard output, to be read or piped into a file."""
    old, new = report(tmp_path, "old", green()), report(tmp_path, "new", one_fault())
    result = conformance("compare", old, new, "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)
    assert "PAG-03" in result.stdout


@pytest.mark.parametrize(("new", "code"), [(green, 0), (one_fault, 1), (cut, 3)])
def test_the_gate_is_asked_for(conformance, tmp_path: Path, new, code: int) -> None:
    """Comparing alone never fails a build; `--gate new` does."""
    files = report(tmp_path, "old", green()), report(tmp_path, "new", new())
    assert conformance("compare", *files).exit_code == 0
    assert conformance("compare", *files, "--gate", "new").exit_code == code


def test_what_is_no_report_is_one_sentence(refused, tmp_path: Path) -> None:
    """Missing, not JSON, not a report: the file and the problem."""
    good = report(tmp_path, "old", green())
    assert "none.json: cannot be opened: No such file" in refused(
        "compare", good, tmp_path / "none.json"
    )
    assert "old.ndjson: not a report of this suite" in refused(
        "compare", tmp_path / "old.ndjson", good
    )
    (tmp_path / "list.json").write_text("[]")
    assert "list.json: not a report of this suite" in refused(
        "compare", good, tmp_path / "list.json"
    )
    assert "cannot be opened: Is a directory" in refused("compare", good, tmp_path)
