"""The program as its users start it: a process of its own, in an environment without settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# What a developer or a CI may have set, and no user of a test must get.
SETTINGS = (
    "FORMANT_",
    "CONFORMANCE_",
    "GITHUB_",
    "PYTEST_",
    "COLUMNS",
    "LINES",
    "PYTHONSAFEPATH",
    "HTTP_PROXY",
    "HTTPS_PROXY",
)


def environment(**more: str) -> dict[str, str]:
    """The environment without settings; the package is found wherever the process starts."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    own = {"PYTHONPATH": str(ROOT), "CONFORMANCE_EXAMPLES": "off"}
    return clean | own | more


def conformance(
    *arguments: object, folder: Path, variables: dict[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end; `more` goes to `subprocess.run`."""
    return subprocess.run(
        [sys.executable, "-m", "conformance", *map(str, arguments)],
        cwd=folder,
        env=environment(**(variables or {})),
        check=False,
        timeout=120,
        **({"capture_output": True, "text": True} | more),
    )
