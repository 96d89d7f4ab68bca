"""A row played: the rows themselves, and everything that would be wrong with an end."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.prove.hostile import play, show
from conformance.prove.hostile.table import TROUBLES
from conformance.prove.hostile.trouble import Stage
from conformance.prove.hostile.watch import Watched, watched
from tests.support.program import conformance

SERVER, USE = TROUBLES["silence"], TROUBLES["port-99999"]
SAID = b"unverified: nothing came"
ENDED = Watched(3, 20.0, 90.0, SAID, b"", b"")
REPORT: dict[str, Any] = {"exit_code": 3, "results": []}


def wrong(
    seen: Watched, report: object = REPORT, row=SERVER, folder: Path = Path("/nothing")
) -> str:
    return play._wrong(row, Stage(folder, folder, []), seen, report)


def test_an_end_as_it_should_be_is_right() -> None:
    """Exit code, words, report, seconds and memory."""
    assert wrong(ENDED) == ""
    assert wrong(Watched(2, 0.1, 20.0, b"", b"conformance: no such port.\n", b""), None, USE) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": None}, "not ended"),
        ({"code": 0}, "exit 0 instead of 1 or 3"),
        ({"code": 1}, "exit 1 beside a report of 3"),
        ({"stderr": b"Traceback (most recent call last):"}, "Traceback"),
        ({"stdout": SAID + b" the suite itself failed"}, "the suite itself failed"),
        ({"stdout": SAID + b"\x1b[2J"}, "control character"),
        ({"stdout": SAID + "\x9b31m".encode()}, "control character"),
        ({"stdout": b"unverified"}, "does not say"),
        ({"seconds": 121.0}, "121 s"),
        ({"memory": 401.0}, "401 MB"),
    ],
    ids=str,
)
def test_another_end_is_wrong(change: dict[str, Any], said: str) -> None:
    """Each thing by itself."""
    assert said in wrong(replace(ENDED, **change))


@pytest.mark.parametrize("stderr", [b"", b"error: x\n", b"conformance: a.\nconformance: b.\n"])
def test_a_usage_error_is_one_sentence(stderr: bytes) -> None:
    """That names the program."""
    seen = Watched(2, 0.1, 20.0, b"", stderr, b"")
    assert wrong(seen, None, USE) == "no single sentence on stderr"


def test_a_report_that_is_missing_broken_or_long_is_wrong(tmp_path: Path) -> None:
    """What a hostile server does is one problem, and the suite's own failure is another thing."""
    assert wrong(ENDED, None) == "no whole report.json"
    broken = {"requirement": "PAG-01", "outcome": "broken"}
    assert wrong(ENDED, REPORT | {"results": [broken]}) == "the suite failed in PAG-01"
    failed = [{"requirement": f"PAG-0{n}", "outcome": "failed"} for n in range(3)]
    assert wrong(ENDED, REPORT | {"results": failed}) == "3 problems instead of 2"
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / ".report.json.x").touch()
    assert wrong(ENDED, folder=tmp_path).startswith("a half-written file")


def test_the_sentence_names_the_slowest_and_the_fattest() -> None:
    """And how many were right."""
    rows = [
        play.Played(SERVER, 3, 20.0, 90.0),
        play.Played(USE, 2, 0.2, 400.0, problem="400 MB of memory"),
        play.Played(USE, skipped="no unshare(1)"),
    ]
    assert show.sentence(rows) == (
        "1 of 2 troubles end as they should; slowest silence (20 s), fattest port-99999 (400 MB); "
        "1 skipped"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    """A child counts, and what it prints is kept."""
    (tmp_path / "fat.py").write_text(
        "import subprocess, sys, time\n"
        "one = 'import time; a = b\"x\" * 90_000_000; time.sleep(1.5); print(len(a))'\n"
        "subprocess.run([sys.executable, '-c', one])\n"
    )
    stage = Stage(tmp_path, tmp_path, [], module="fat", variables={"PYTHONPATH": str(tmp_path)})
    seen = watched(stage, 30)
    assert (seen.code, seen.stdout) == (0, b"90000000\n")
    assert seen.memory > 90


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of Unix")
def test_some_are_proven(tmp_path: Path) -> None:
    """Through the command line, one of each side, with the table of what each came to."""
    names = ("length-below-nothing", "port-99999", "stdout-full", "stream-without-a-header")
    done = conformance("prove", "--hostile", *names, "--out", "out", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "proven: 4 of 4 troubles end as they should" in done.stdout
    rows = json.loads((tmp_path / "out" / "hostile.json").read_text("utf-8"))["rows"]
    assert [row["exit_code"] for row in rows] == [3, 0, 2, 2]
    assert "length-below-nothing" in (tmp_path / "out" / "hostile.md").read_text("utf-8")
