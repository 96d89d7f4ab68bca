"""The programs that run samples: whether they are there, and their command lines."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GUARDS = Path(__file__).parent / "guards"
OLDEST_NODE = 20  # the first with permissions


@dataclass(frozen=True, slots=True)
class Runtime:
    """A program, the suffix of its files, and the arguments ahead of a sample's file; `{port}` in
    them is the port that the sample may reach.
    """

    program: str
    suffix: str
    arguments: tuple[str, ...]


@cache
def runtime_of(language: str) -> Runtime | str:
    """What runs samples of a language, or why nothing does."""
    match language:
        case "python":
            # -I: neither the user's environment nor the directory of the caller; -B: no files.
            arguments = ("-I", "-B", str(GUARDS / "guard.py"), "{port}")
            return Runtime(sys.executable, ".py", arguments)
        case "javascript":
            return _node()
        case _:
            return "only read, never run"


def _node() -> Runtime | str:
    program = shutil.which("node")
    if program is None:
        return "Node is not installed"
    version = _major(program)
    if version < OLDEST_NODE:
        return f"Node {version} has no permissions; expected {OLDEST_NODE} or later"
    permission = "--permission" if version >= 24 else "--experimental-permission"
    allowed = ["--allow-fs-read=*", *(["--allow-net"] if version >= 25 else [])]
    guard = str(GUARDS / "guard.cjs")
    arguments = (
        permission,
        *allowed,
        "--no-warnings",
        "--max-old-space-size=256",
        "--require",
        guard,
    )
    return Runtime(program, ".mjs", arguments)


def _major(program: str) -> int:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)  # noqa: S603 - no shell: a runtime that was found on the PATH
    found = re.match(r"v(\d+)", done.stdout)
    return int(found[1]) if found else 0
