"""The flags of plain `pytest`: those of `conformance run`, beside those of other plugins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.pytest_plugin.options import add_contested_options, add_options, given_flags
from conformance.settings import OPTIONS
from conformance.settings.option import FLAG

ROOT = Path(__file__).parents[2]
TIMEOUT_PLUGIN = """
def pytest_addoption(parser):
    parser.getgroup("other").addoption("--timeout", type=float)
"""


@pytest.fixture
def parser() -> pytest.Parser:
    """A parser of pytest with the flags of the table."""
    parser = pytest.Parser(_ispytest=True)
    add_options(parser)
    add_contested_options(parser)
    return parser


def flags(parser: pytest.Parser, *arguments: str) -> dict[str, object]:
    """What the plugin takes from a command line."""
    config = type("Config", (), {"option": parser.parse(list(arguments))})()
    return given_flags(config)


def test_every_flag_of_the_table_is_one_of_pytest(parser: pytest.Parser) -> None:
    """With the value as it was typed, for one reader to read."""
    given = flags(
        parser, "--max-body", "5", "--overlay=a", "--overlay=b", "--no-shared-keys", "--shared-data"
    )
    assert {name for name, option in OPTIONS.items() if FLAG in option.sources} - {"strict"} == set(
        given
    )
    assert (given["max_body"], given["overlay"]) == ("5", ["a", "b"])
    assert (given["shared_keys"], given["shared_data"], given["rate"]) == (False, True, None)


def test_a_timeout_of_another_plugin_stays_its_own() -> None:
    """pytest-timeout is loaded beside the suite, and neither gets the other's value."""
    parser = pytest.Parser(_ispytest=True)
    add_options(parser)
    parser.getgroup("other").addoption("--timeout", type=float)
    add_contested_options(parser)
    assert flags(parser, "--timeout", "5", "--conformance-timeout", "7")["timeout"] == "7"


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Plain pytest in a checkout."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CONFORMANCE_", "PYTEST_"))
    }
    (folder / "other_timeout.py").write_text(TIMEOUT_PLUGIN)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            f"--out={folder / 'reports'}",
            "--seed=7",
            *arguments,
        ],
        cwd=ROOT,
        env=clean | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_plain_pytest_takes_the_same_options(tmp_path: Path, processes: tuple[str, ...]) -> None:
    """They reach the run, and the workers of pytest-xdist, beside another plugin's `--timeout`."""
    done = run_pytest(
        tmp_path,
        *("-p", "other_timeout", "--timeout", "50", "--conformance-timeout", "7", "--workers", "3"),
        *("--only", "PAG-01", "--only", "PAR-06", "--shared-keys", "--strict", *processes),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    config = report["config"]
    assert (config["timeout"], config["workers"], config["strict"]) == (7.0, 3, True)
    outcomes = {
        result["requirement"]: result["outcome"]
        for result in report["results"]
        if result["operation"] == "list-batch-calls"
    }
    assert outcomes["PAG-01"] == "passed"
    assert (
        outcomes["PAR-06"] != "passed"
    )  # shared keys leave nothing to judge, where the check runs


def test_a_wrong_value_is_a_usage_error(tmp_path: Path) -> None:
    """In the words of `conformance run`."""
    done = run_pytest(tmp_path, "--workers", "99")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--workers: expected a whole number from 1 to 64, not '99'." in done.stderr
    assert not (tmp_path / "reports").exists()
