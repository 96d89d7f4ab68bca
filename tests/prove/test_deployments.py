"""Deployments: the table, how a result is judged, and a few of them proven."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from conformance.mock.fronts import FRONTS
from conformance.mock.fronts.programs import PROGRAMS
from conformance.prove import matrix
from conformance.prove.deployments import DEPLOYMENTS
from conformance.prove.entries import NoSuchEntry, deployments
from conformance.prove.proof import Proof
from conformance.prove.record import NotPassed, Record
from conformance.settings import Settings
from tests.support.program import conformance

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = (
    "dead-region",
    "login-page",
    "key-revoked",
    "quota-of-the-day",
    "bad-gateway-now-and-then",
)


def judged(name: str, verdict: str, line: str, *failed: str) -> str:
    (entry,) = deployments([name])
    results = tuple(NotPassed(one, "MUST", "global", "failed", "because") for one in failed)
    return matrix.row(entry, Record(verdict, results, line=line), {}).problem


def test_every_front_is_deployed() -> None:
    """A front that no deployment has is never proven."""
    assert {deployment.front for deployment in DEPLOYMENTS.values()} >= set(FRONTS)


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_is_one_that_can_be_run(name: str) -> None:
    """Its settings exist, its words are patterns, and what conforms may fail in nothing."""
    deployment = DEPLOYMENTS[name]
    Settings(**deployment.settings)
    assert all(re.compile(words) for words in deployment.words)
    assert bool(deployment.fails) == (deployment.verdict == "nonconformant")
    assert deployment.sentence
    assert deployment.program is None or deployment.program in PROGRAMS


def test_another_verdict_is_wrong() -> None:
    """Whatever the words."""
    assert judged("dead-region", "conformant", "x").startswith("conformant instead of unverified")


def test_other_words_are_wrong() -> None:
    """An operator would not know what it is."""
    assert judged("dead-region", "unverified", "something else").startswith("its line lacks")


def test_a_failure_of_another_kind_is_wrong() -> None:
    """No heading of pagination stands over an outage."""
    line = "global failed now and then: 17 of 672 answers (502), 02:01:10"
    name = "bad-gateway-now-and-then"
    assert judged(name, "nonconformant", line, "ROB-06") == ""
    assert judged(name, "nonconformant", line, "ROB-06", "PAG-05").startswith("PAG-05 failed")


def test_a_program_that_is_not_installed_is_skipped_and_said() -> None:
    """It is neither right nor wrong."""
    (entry,) = deployments(["real-nginx"])
    row = matrix.row(entry, Record("conformant", skipped="nginx is not installed"), {})
    assert row.problem == ""
    proof = Proof((row,), {}, (), 1, "standard", 0.0)
    assert proof.sentence == (
        "0 of 0 deployments judged as an operator would; 1 skipped: nginx is not installed"
    )


def test_names_and_globs_choose() -> None:
    """None chooses all; one that matches nothing is refused."""
    assert len(deployments([])) == len(DEPLOYMENTS) >= 30
    assert {entry.name for entry in deployments(["quota-*"])} >= {"quota-in-seconds"}
    with pytest.raises(NoSuchEntry, match="quote"):
        deployments(["quote-*"])


def test_some_are_proven(tmp_path: Path) -> None:
    """Through the command line, with the table of what each came to."""
    arguments = ("prove", "--deployments", *SAMPLE, "--out", "out", "--workers", "2")
    done = conformance(*arguments, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "proven: 5 of 5 deployments judged as an operator would" in done.stdout
    rows = json.loads((tmp_path / "out" / "prove.json").read_text("utf-8"))["rows"]
    assert {row["name"] for row in rows} == set(SAMPLE)
    assert all(row["line"] for row in rows)


def test_a_name_without_the_flag_is_refused(tmp_path: Path) -> None:
    """Faults are chosen by a glob."""
    done = conformance("prove", "login-page", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("conformance: login-page: ")
