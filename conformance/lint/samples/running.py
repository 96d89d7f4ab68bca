"""A sample as it runs: in a process of its own with a bound on time, memory and output, against
servers on loopback, without the user's environment.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.lint.samples.runtimes import Runtime

SECONDS = 15.0
MOST_OUTPUT = 1 << 20  # bytes
MOST_MEMORY = 2 << 30  # of a Python; Node reserves more than it uses, and has a bound of its own
KEPT = ("PATH", "SYSTEMROOT")  # without these a program does not start


@dataclass(frozen=True, slots=True)
class Ended:
    """How a sample ended: its exit code, none where its time was up, and its last line."""

    code: int | None
    last_line: str


def run(runtime: Runtime, code: str, port: int, variables: Mapping[str, str]) -> Ended:
    """Run a sample that may reach one port of this machine."""
    with tempfile.TemporaryDirectory(prefix="sample-") as folder:
        file = Path(folder) / f"sample{runtime.suffix}"
        file.write_text(code, "utf-8")
        with (Path(folder) / "output").open("w+b") as output:
            child = _started(runtime, file, output.fileno(), port, variables)
            ended = _waited(child)
            output.seek(0)
            text = output.read(MOST_OUTPUT).decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Ended(ended, _telling(lines))


def _started(
    runtime: Runtime, file: Path, output: int, port: int, variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = {"HOME": str(file.parent), "SAMPLE_PORT": str(port), "PYTHONIOENCODING": "utf-8"}
    arguments = [one.format(port=port) for one in runtime.arguments]
    child = subprocess.Popen(  # noqa: S603 - no shell: a runtime from the PATH, on a sample that the user named
        [runtime.program, *arguments, str(file)],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=file.parent,
        env={**kept, **home, **variables},
        start_new_session=True,
    )
    _bound(child.pid, with_memory=runtime.suffix == ".py")
    return child


def _bound(pid: int, *, with_memory: bool) -> None:
    """Limit what a process may use; where the system has no such call its time is bound alone."""
    if sys.platform != "linux":
        return
    import resource

    limits = {resource.RLIMIT_CPU: int(SECONDS), resource.RLIMIT_FSIZE: MOST_OUTPUT}
    if with_memory:
        limits[resource.RLIMIT_AS] = MOST_MEMORY
    for limit, most in limits.items():
        with suppress(ProcessLookupError):
            resource.prlimit(pid, limit, (most, most))


def _waited(child: subprocess.Popen[bytes]) -> int | None:
    """The exit code; nothing that the sample started outlives it."""
    try:
        return child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _telling(lines: list[str]) -> str:
    """The line that says what went wrong, if one does; else the last one."""
    named = [line for line in lines if "Error:" in line or "Error [" in line]
    return (named or lines or [""])[-1][:200]
