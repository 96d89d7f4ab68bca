"""`conformance merge`: streams in, one verdict out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.samples import cut, green, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.samples import Sample


def write(folder: Path, sample: Sample, run: str) -> Path:
    folder.mkdir()
    sample.header["run"] = run
    return sample.write(folder / "events.ndjson")


@pytest.mark.parametrize(
    ("other", "code", "verdict"),
    [(green, 0, "conformant"), (one_fault, 1, "nonconformant"), (cut, 3, "unverified")],
    ids=["green", "one fault", "cut short"],
)
def test_the_exit_code_is_the_verdict_on_all(
    conformance, tmp_path: Path, other, code, verdict
) -> None:
    """The worst of the runs stands, in the reports as in the exit code."""
    streams = write(tmp_path / "a", green(), "a"), write(tmp_path / "b", other(), "b")
    result = conformance("merge", *streams, "--out", tmp_path / "out")
    assert result.exit_code == code
    assert result.stdout.splitlines()[-1].startswith(f"{verdict}: ")
    document = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (document["verdict"], [run["run"] for run in document["runs"]]) == (verdict, ["a", "b"])


def test_directories_of_runs_may_be_named(conformance, tmp_path: Path) -> None:
    """As a CI lays its artefacts out."""
    write(tmp_path / "a", green(), "a")
    write(tmp_path / "b", green(), "b")
    result = conformance("merge", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out", "-q")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert {"events.ndjson", "report.html", "junit.xml"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }


def test_a_merge_can_be_merged(conformance, tmp_path: Path) -> None:
    """Shards first, then days."""
    one, two = write(tmp_path / "a", green(), "a"), write(tmp_path / "b", one_fault(), "b")
    conformance("merge", one, two, "--out", tmp_path / "ab")
    third = write(tmp_path / "c", green(), "c")
    result = conformance("merge", tmp_path / "ab", third, "--out", tmp_path / "abc")
    assert result.exit_code == 1
    document = json.loads((tmp_path / "abc" / "report.json").read_text())
    assert [run["run"] for run in document["runs"]] == ["a", "b", "c"]


def test_bad_streams_are_one_sentence(refused, tmp_path: Path) -> None:
    """Which one, and what is wrong with it."""
    good = write(tmp_path / "a", green(), "a")
    bad = tmp_path / "bad.ndjson"
    assert "bad.ndjson: cannot be opened" in refused("merge", good, bad, "--out", tmp_path / "out")
    bad.write_text("hello\n")
    assert "bad.ndjson:1: not a JSON object" in refused(
        "merge", good, bad, "--out", tmp_path / "out"
    )
    other = green()
    other.header["document"]["title"] = "another API"
    strange = write(tmp_path / "b", other, "b")
    assert "judged another API" in refused("merge", good, strange, "--out", tmp_path / "out")
    assert "would overwrite it" in refused("merge", good, "--out", tmp_path / "a")
    assert not (tmp_path / "out" / "report.json").exists()
