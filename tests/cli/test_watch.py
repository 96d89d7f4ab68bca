"""`conformance watch` as a process, against the bundled mock."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.mock import MockOptions
from conformance.mock.credentials import KEYS
from conformance.mock.process import MockProcess
from tests.support import program

if TYPE_CHECKING:
    from pathlib import Path

KEY = {"FORMANT_API_KEY": KEYS["global"]}


def watch(
    folder: Path, url: str, *more: object, only: str = "PAG-0*"
) -> subprocess.CompletedProcess[str]:
    arguments = "watch", "--region", f"one={url}", "--rounds", 1, "--rate", 500, "--only", only
    return program.conformance(*arguments, *more, folder=folder, variables=KEY)


def test_only_what_changed_is_printed_and_told(tmp_path: Path) -> None:
    """From one process to the next, by the history."""
    tell = f"{sys.executable} -c \"import sys; open('told.json', 'w').write(sys.stdin.read())\""
    with MockProcess(MockOptions()) as mock:
        assert watch(tmp_path, mock.urls["global"]).stdout == ""
    with MockProcess(MockOptions(faults=("has-more-always",))) as mock:
        changed = watch(tmp_path, mock.urls["global"], "--notify", tell, "--metrics-file", "m.prom")
        again = watch(tmp_path, mock.urls["global"])
    assert changed.returncode == 0
    assert "PAG-03 (one · list-batch-calls) starts failing" in changed.stdout
    assert "PAG-03" in json.loads((tmp_path / "told.json").read_text("utf-8"))["text"]
    assert "conformance_failing" in (tmp_path / "m.prom").read_text("utf-8")
    assert "PAG-03" not in again.stdout


def test_only_the_chosen_operations_are_asked(tmp_path: Path) -> None:
    """What fails elsewhere is no news."""
    with MockProcess(MockOptions(faults=("has-more-always",))) as mock:
        result = watch(
            tmp_path, mock.urls["global"], "--only-operation", "get-batch-call", only="[!D]*"
        )
    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    assert (result.returncode, result.stdout) == (0, "")
    judged = [result for result in report["results"] if result["evidence"]]
    assert {result["operation"] for result in judged} == {"get-batch-call"}


def test_a_region_that_is_lost_is_one_line_and_ends_nothing(tmp_path: Path) -> None:
    """Exit 0: the watch did its work."""
    result = watch(tmp_path, "http://127.0.0.1:9")
    assert result.returncode == 0
    assert result.stdout.count("\n") == 1
    assert "region one cannot be judged" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM")
def test_sigterm_ends_it_between_two_runs(tmp_path: Path) -> None:
    """With 0, without a traceback."""
    words = [sys.executable, "-m", "conformance", "watch", "--region", "one=http://127.0.0.1:9"]
    process = subprocess.Popen(
        words,
        cwd=tmp_path,
        env=program.environment(**KEY),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()  # the first run was reported
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--every", "soon"), "--every: expected a duration"),
        (("--every", "0s"), "--every: expected 1 seconds at least"),
        (("--region", "x"), "--region: expected NAME=URL"),
        (("--only-operation", "none"), "--only-operation none: "),
        (("--tag", "none"), "--tag none: "),
        (("--out", "/proc/none"), "--out /proc/none: cannot be written"),
        (("--notify", '"'), "--notify: expected an http(s) URL, or a command"),
        (("--notify", "./alarm"), "--notify: expected an http(s) URL, or a command"),
        (("--notify", "ftp://a/b"), "--notify: expected an http(s) URL, or a command"),
        (
            ("--metrics-file", "none/m.prom"),
            "--metrics-file none/m.prom: there is no directory none",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path: Path, arguments, words) -> None:
    """Before anything is asked."""
    result = watch(tmp_path, "http://127.0.0.1:9", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("conformance: ")
    assert words in sentence
