"""A run is kept apart from the caller's pytest, current directory and plugins."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.runner import pytest_run
from conformance.settings import Settings
from tests.support.program import ROOT, conformance, environment

if TYPE_CHECKING:
    from pathlib import Path

RUN = ("run", "--seed=7", "--only=PAG-0*")
FAULT = "--fault=has-more-always"
HOSTILE = (
    "import sys; sys.stderr.write('imported from the current directory'); raise SystemExit(77)\n"
)


def judged(folder: Path) -> dict[tuple[str, str | None], str]:
    """The outcomes of a run on one list, by requirement and region."""
    report = json.loads((folder / "reports" / "report.json").read_text("utf-8"))
    return {
        (result["requirement"], result["region"]): result["outcome"]
        for result in report["results"]
        if result["operation"] == "list-batch-calls"
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str | None], str]:
    """The outcomes of a run in an empty directory."""
    folder = tmp_path_factory.mktemp("empty")
    done = conformance(*RUN, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(judged(folder).values()) == {"passed"}
    return judged(folder)


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTEST_ADDOPTS": "--collect-only"},
        {"PYTEST_ADDOPTS": "-k nothing -p no:conformance.pytest_plugin.plugin"},
        {"PYTEST_PLUGINS": "no_such_plugin"},
        {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""},
    ],
    ids=str,
)
def test_variables_of_pytest_do_not_reach_it(
    tmp_path: Path, expected, variables: dict[str, str]
) -> None:
    """They are for the caller's own tests."""
    done = conformance(*RUN, folder=tmp_path, variables=variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert judged(tmp_path) == expected


@pytest.mark.parametrize(
    "pytest_arguments", [(), ("--", "-n", "2")], ids=["one process", "two processes"]
)
def test_a_hostile_current_directory_does_not_reach_it(
    tmp_path: Path, expected, pytest_arguments: tuple[str, ...]
) -> None:
    """Its conftest, its configuration of pytest, and modules called as those of Python and of the
    suite.
    """
    for name in (
        "json",
        "socket",
        "spec",
        "requests",
        "click",
        "pytest",
        "conftest",
        "sitecustomize2",
    ):
        (tmp_path / f"{name}.py").write_text(HOSTILE)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -p nothing\n")
    (tmp_path / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\naddopts = ['-x', '--nothing']\n"
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_mine.py").write_text("def test_it(): assert False\n")

    done = conformance(*RUN, *pytest_arguments, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "imported from the current directory" not in done.stderr
    assert judged(tmp_path) == expected


def test_last_failed_repeats_the_failures_of_this_directory(tmp_path: Path) -> None:
    """`-- --lf` after a failing run; what pytest remembers lies beside the reports, each project's
    apart.
    """
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert conformance(*RUN, FAULT, folder=first).returncode == 1
    failed = {key for key, outcome in judged(first).items() if outcome == "failed"}
    assert conformance(*RUN, folder=second).returncode == 0

    again = conformance(*RUN, FAULT, "--", "--lf", folder=first)
    assert again.returncode == 1
    assert {key for key, outcome in judged(first).items() if outcome == "failed"} == failed
    assert len(judged(first)) < len(judged(second))
    assert sorted(path.name for path in first.iterdir()) == [".reports.pytest_cache", "reports"]
    assert not list((ROOT / "conformance").glob(".pytest_cache"))


@pytest.mark.parametrize(
    ("pytest_arguments", "code"),
    [
        (["--collect-only"], 3),
        (["--help"], 3),
        (["-k", "nothing_of_that_name"], 3),
        (["--no-such-flag"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_run_without_a_verdict_is_never_conformant(
    tmp_path: Path, pytest_arguments: list[str], code: int
) -> None:
    """pytest ends some of them with 0."""
    assert conformance(*RUN, "--", *pytest_arguments, folder=tmp_path).returncode == code


def test_a_setting_after_the_dashes_is_refused(tmp_path: Path) -> None:
    """It would not count there, for the settings are read before."""
    done = conformance(*RUN, "--", "--workers=3", folder=tmp_path)
    assert done.returncode == 2
    assert "unrecognized arguments: --workers=3" in done.stderr


def test_the_environment_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls it from a program of their own keeps their variables, whatever pytest does."""
    seen: dict[str, str] = {}

    def interrupted(arguments: list[str], plugins: list[object]) -> int:
        seen.update(os.environ)
        raise KeyboardInterrupt

    monkeypatch.setenv("PYTEST_ADDOPTS", "-x")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.setattr(pytest, "main", interrupted)
    before = dict(os.environ)
    with pytest.raises(KeyboardInterrupt):
        pytest_run.run_pytest(Settings(out=tmp_path))
    assert dict(os.environ) == before
    assert "PYTEST_ADDOPTS" not in seen
    assert seen["PYTHONSAFEPATH"] == "1"


@pytest.mark.parametrize("safe", [[], ["-P"]], ids=["plain", "safe path"])
def test_a_checkout_runs_without_being_installed(tmp_path: Path, safe: list[str]) -> None:
    """The mock's process finds the package that runs here, wherever that lies."""
    checkout = tmp_path / "checkout"
    for name in ("conformance", "spec"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "json.py").write_text(HOSTILE)
    code = (
        f"import sys; sys.path.insert(0, {str(checkout)!r}); import conformance; del sys.path[0]; "
        "from conformance.cli.app import main; main()"
    )
    done = subprocess.run(
        [sys.executable, *safe, "-c", code, *RUN, FAULT],
        cwd=tmp_path,
        env=environment(PYTHONPATH=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "PAG-03" in done.stdout
