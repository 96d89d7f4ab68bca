"""`conformance gate` against the bundled mock, and against nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.mock import MockOptions
from conformance.mock.credentials import KEYS
from conformance.mock.process import MockProcess
from tests.support import program

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def gate(folder: Path, url: str, *more: object) -> CompletedProcess[str]:
    key = {"FORMANT_API_KEY": KEYS["global"]}
    arguments = "gate", "--candidate", f"candidate={url}", "--out", "out", *more
    return program.conformance(*arguments, folder=folder, variables=key)


def test_a_clean_candidate_is_let_through(tmp_path: Path) -> None:
    """In one line, with the reports of both runs."""
    with MockProcess(MockOptions(faults=(), seed=0)) as mock:
        result = gate(tmp_path, mock.urls["global"])
    assert (result.returncode, result.stdout.count("\n")) == (0, 1)
    assert result.stdout.startswith("let through: ")
    answer = json.loads((tmp_path / "out" / "gate.json").read_text("utf-8"))
    assert [run["name"] for run in answer["runs"]] == ["smoke", "standard"]
    assert all((tmp_path / "out" / run["report"]).is_file() for run in answer["runs"])


def test_a_fault_is_held_at_once_and_not_where_it_is_known(tmp_path: Path) -> None:
    """The report of the whole run becomes the reference."""
    with MockProcess(MockOptions(faults=("has-more-always",), seed=0)) as mock:
        url = mock.urls["global"]
        held = gate(tmp_path, url)
        whole = gate(tmp_path, url, "--max-failures", 1000)
        reference = tmp_path / "out" / "smoke" / "report.json"
        known = gate(tmp_path, url, "--against", reference, "--only", "PAG-0*", "--out", "again")
    assert (held.returncode, held.stdout[:6]) == (1, "hold: ")
    assert "stopped after 1 certain failure" in held.stdout
    assert "PAG-03" in whole.stdout
    assert (known.returncode, known.stdout[:13]) == (0, "let through: ")
    assert "known before: PAG-03" in known.stdout


def test_only_the_chosen_operations_are_asked(tmp_path: Path) -> None:
    """By glob, in every run; a fault of another operation does not hold the candidate."""
    with MockProcess(MockOptions(faults=("has-more-always",), seed=0)) as mock:
        chosen = "--path", "*/metrics", "--skip", "AUT-*"
        result = gate(tmp_path, mock.urls["global"], *chosen)
    assert result.stdout.startswith("let through: ")
    answer = json.loads((tmp_path / "out" / "gate.json").read_text("utf-8"))
    for run in answer["runs"]:
        report = json.loads((tmp_path / "out" / run["report"]).read_text("utf-8"))
        judged = [result for result in report["results"] if result["evidence"]]
        assert {result["operation"] for result in judged} == {"document", "get-batch-call-metrics"}


def test_a_dead_server_cannot_be_told(tmp_path: Path) -> None:
    """It is waited for, and named."""
    result = gate(tmp_path, "http://127.0.0.1:9", "--wait-for", "0s")
    assert result.returncode == 3
    assert result.stdout.startswith("cannot tell: region candidate (http://127.0.0.1:9)")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--candidate", "x"), "--candidate: expected NAME=URL"),
        (("--against", "none.json"), "none.json: cannot be opened"),
        (("--policy", "none.toml"), "none.toml: no such policy file"),
        (("--policy", "policy.toml"), "rule 1: no requirement is named 'PAG-033'. Did you mean"),
        (("--environment", "staging"), "--environment names rules and waivers of --policy"),
        (("--wait-for", "soon"), "--wait-for: expected a duration"),
        (("--only", "XXX-1"), "--only XXX-1: no requirement"),
        (("--only-operation", "none"), "--only-operation none: "),
        (("--path", "/none"), "--path /none: "),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path: Path, arguments, words) -> None:
    """Exit 2, and nothing is asked."""
    (tmp_path / "policy.toml").write_text('[[rules]]\nrequirement = "PAG-033"\naction = "hold"\n')
    result = gate(tmp_path, "http://127.0.0.1:9", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("conformance: ")
    assert words in sentence
