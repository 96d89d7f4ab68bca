"""Commands and what they cost: time, processor time, peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
# A run that ended by itself with a verdict; whether it is the right one is for the tests to say.
ENDED = (0, 1, 3)
# Nothing of the caller's may reach a measured process: a user has bytecode, and no settings of a
# CI.
LEFT_OUT = (
    "PYTHON",
    "CONFORMANCE_",
    "FORMANT_",
    "SCHEMATHESIS_",
    "HYPOTHESIS_",
    "GITHUB_",
    "CI",
    "PYTEST_",
)


class Failed(RuntimeError):
    """A measured command that did not do what it was measured for."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    seconds: float
    cpu: float
    peak_mb: float
    code: int


def cost(
    command: Sequence[str],
    cwd: Path,
    keys: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> Cost:
    """Run a command in a folder; raises Failed for an exit code that is none of `codes`."""
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(HERE / "launch.py"), *command],
        cwd=cwd,
        env=environment(keys or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    found = Cost(**json.loads(ended.stdout))
    if found.code not in codes:
        raise Failed(f"{' '.join(command)}: exit {found.code}\n{ended.stderr[-2000:]}")
    return found


def environment(keys: Mapping[str, str]) -> dict[str, str]:
    """The environment of a measured process, with the keys of its regions."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    return kept | {f"FORMANT_API_KEY_{region.upper()}": key for region, key in keys.items()}


def program(name: str) -> str:
    """The path of a program of this environment."""
    return str(Path(sys.executable).parent / name)


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def conformance_run(urls: Mapping[str, str], out: Path, *more: str) -> list[str]:
    """`conformance run` against these regions."""
    regions = [f"--region={name}={url}" for name, url in urls.items()]
    return [program("conformance"), "run", "-q", f"--out={out}", *regions, *more]


def schemathesis_run(document: Path, url: str, key: str) -> list[str]:
    """`schemathesis run` against one region, as its users run it."""
    asked = ["--url", url, "--workers", "2", "-H", f"Authorization: Bearer {key}"]
    return [program("schemathesis"), "run", str(document), *asked]
