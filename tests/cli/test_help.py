"""The program by itself: help that is quick, commands that are there."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "pytest",
    "rich",
    "jinja2",
    "msgspec",
    "schemathesis",
    "yaml",
    "jsonschema_rs",
    "urllib3",
    "starlette",
}


def test_help_imports_nothing_heavy() -> None:
    """Help is answered before anyone wonders whether it hangs."""
    code = "import sys, conformance.cli.app; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert HEAVY & set(loaded.split()) == set()


@pytest.mark.parametrize(
    "command", ["run", "report", "merge", "compare", "lint", "mock", "requirements"]
)
def test_every_command_explains_itself(conformance, command: str) -> None:
    """`--help` after a command says what it does."""
    result = conformance(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: conformance {command}")
    assert command in conformance("--help").stdout
