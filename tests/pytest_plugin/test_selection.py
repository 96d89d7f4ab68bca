"""A part of the checks, chosen as pytest users choose: by keyword, or by file."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.support.program import ROOT, conformance, environment

if TYPE_CHECKING:
    from pathlib import Path


def outcomes(out: Path) -> dict[str, set[str]]:
    """The outcomes of each requirement on a list and on the document, in any region."""
    document: dict[str, Any] = json.loads((out / "report.json").read_text("utf-8"))
    seen: dict[str, set[str]] = {}
    for result in document["results"]:
        if result["operation"] not in ("list-batch-calls", "document"):
            continue
        seen.setdefault(result["requirement"], set()).add(result["outcome"])
    return seen


def chosen(folder: Path, keyword: str, *more: str) -> tuple[int, dict[str, set[str]]]:
    """The exit code and the outcomes of a run of the checks that a keyword selects."""
    arguments = ("run", "--seed=7", "--out=out", *more, "--", "-k", keyword)
    done = conformance(*arguments, folder=folder)
    return done.returncode, outcomes(folder / "out")


def test_a_keyword_selects_by_requirement(tmp_path: Path) -> None:
    """`-k PAG-03` judges PAG-03 with all its evidence; a check that was not selected is neither
    broken nor missing.
    """
    code, seen = chosen(tmp_path, "PAG-03")
    assert seen["PAG-03"] == {"passed"}
    assert not {"broken", "failed"} & set().union(*seen.values())
    assert "AUT-02" not in seen
    assert code in (0, 3)  # a requirement of a selected check may need the others' evidence too


def test_a_keyword_selects_what_finds_a_fault(tmp_path: Path) -> None:
    """A selected requirement that is broken fails the run."""
    code, seen = chosen(tmp_path, "PAG-03", "--fault=has-more-always")
    assert (code, seen["PAG-03"]) == (1, {"failed"})


def test_a_keyword_selects_by_area(tmp_path: Path) -> None:
    """`-k document` judges the document's requirements and sends nothing for any other."""
    code, seen = chosen(tmp_path, "document")
    asked = {name for name, found in seen.items() if found != {"not_applicable"}}
    assert {requirement[:4] for requirement in asked} == {"DOC-"}
    assert not {"broken", "failed", "inconclusive"} & set().union(*seen.values())
    assert code in (0, 3)


def test_a_file_of_checks_runs_by_its_path(tmp_path: Path) -> None:
    """`pytest conformance/checks/test_pages.py` in a checkout runs that file's checks against the
    bundled mock.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "conformance/checks/test_pages.py"],
        cwd=ROOT,
        env=environment(CONFORMANCE_OUT=str(tmp_path / "out"), CONFORMANCE_SEED="7"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 3), done.stdout + done.stderr
    seen = outcomes(tmp_path / "out")
    assert seen["PAG-08"] == {"passed"}
    assert not {"broken", "failed"} & set().union(*seen.values())
    assert "AUT-02" not in seen
