"""`conformance baseline`: known failures with their reasons, and what is measured by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.samples import Sample


@pytest.fixture
def report(conformance, tmp_path: Path):
    """Renders the report of a sample."""

    def make(sample: Sample) -> Path:
        stream = sample.write(tmp_path / "events.ndjson")
        conformance("report", stream, "--format", "json")
        return tmp_path / "report.json"

    return make


def test_failures_are_written_updated_and_pruned(conformance, report, tmp_path: Path) -> None:
    """The reasons that a person wrote stay."""
    file = tmp_path / "baseline.toml"
    first = conformance("baseline", "write", report(one_fault()), file, "--reason", 'the "gateway"')
    assert first.exit_code == 0
    assert "known: PAG-03 (india · list-batch-calls)" in first.stdout

    sample = one_fault()
    sample.judgement("AUT-01", "india")["findings"] = sample.judgement("PAG-03", "india")[
        "findings"
    ]
    more = conformance("baseline", "update", report(sample), file)
    assert "added: AUT-01 (india · list-batch-calls): no reason was given yet" in more.stdout
    assert 'reason = "the \\"gateway\\""' in file.read_text("utf-8")

    pruned = conformance("baseline", "prune", report(green()), file)
    assert "removed: PAG-03" in pruned.stdout
    assert "[[failures]]" not in file.read_text("utf-8")


def test_a_failure_that_passes_is_said(conformance, report, tmp_path: Path) -> None:
    """An update removes nothing by itself."""
    file = tmp_path / "baseline.toml"
    conformance("baseline", "write", report(one_fault()), file, "--reason", "r")
    result = conformance("baseline", "update", report(green()), file)
    assert "passes now, and can be pruned: PAG-03" in result.stdout
    assert "PAG-03" in file.read_text("utf-8")


def test_what_was_not_judged_is_not_pruned(conformance, report, tmp_path: Path) -> None:
    """Nothing is known of it."""
    file = tmp_path / "baseline.toml"
    conformance("baseline", "write", report(one_fault()), file, "--reason", "r")
    sample = green()
    sample.judgement("PAG-03", "india")["evidence"] = {}
    conformance("baseline", "prune", report(sample), file)
    assert "PAG-03" in file.read_text("utf-8")


def test_what_cannot_be_used_is_one_sentence(refused, report, tmp_path: Path) -> None:
    """A file of another kind, one that exists, no reason."""
    path = report(one_fault())
    file = tmp_path / "baseline.toml"
    assert "ends in .toml" in refused("baseline", "write", path, "b.json", "--reason", "r")
    assert "--reason: expected" in refused("baseline", "write", path, file, "--reason", " ")
    file.write_text("version = 2\n")
    assert "exists already" in refused("baseline", "write", path, file, "--reason", "r")
    assert "not a baseline" in refused("baseline", "prune", path, file)
    file.write_text("[[")
    assert "not a baseline" in refused("baseline", "update", path, file)
    assert "not a baseline" in refused("run", "--baseline", file)
