"""A program that is run to its end, with an eye on its time and on the memory of its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.prove.hostile.trouble import Stage

STEP = 0.04  # seconds between two looks
# What a developer or a CI may have set, and no row must get.
_FOREIGN = ("FORMANT_", "CONFORMANCE_", "GITHUB_", "PYTEST_", "HTTP_PROXY", "HTTPS_PROXY", "PYTHON")
_PACKAGE = str(Path(__file__).parents[3])


@dataclass(frozen=True, slots=True)
class Watched:
    """How a program ended; `code` is None where it had to be killed. Memory is in MB."""

    code: int | None
    seconds: float
    memory: float
    stdout: bytes
    stderr: bytes
    commands: bytes  # the command lines of its processes


def watched(stage: Stage, patience: float) -> Watched:
    """Run the program on its stage."""
    printed = [stage.folder / ".stdout", stage.folder / ".stderr"]
    began = time.monotonic()
    with printed[0].open("wb") as out, printed[1].open("wb") as err:
        process = subprocess.Popen(  # noqa: S603 - its own words
            [*stage.wrapper, sys.executable, *stage.python, "-m", stage.module, *stage.arguments],
            cwd=stage.folder,
            env=_environment(stage),
            stdin=subprocess.DEVNULL,
            stdout=out if stage.stdout is None else stage.stdout,
            stderr=err,
            preexec_fn=stage.before_exec,
            start_new_session=True,
        )
        if stage.meanwhile:
            stage.meanwhile(process)
        code, memory, commands = _until_end(process, began + patience)
    seconds = time.monotonic() - began
    _end_group(process)
    stdout, stderr = (path.read_bytes() if path.exists() else b"" for path in printed)
    for path in printed:
        path.unlink(missing_ok=True)
    return Watched(code, seconds, memory, stdout, stderr, commands)


def _environment(stage: Stage) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    own = {"PYTHONPATH": _PACKAGE, "CONFORMANCE_EXAMPLES": "off"}
    given = clean | own | stage.variables
    return {name: value for name, value in given.items() if value is not None}


def _until_end(process: subprocess.Popen[bytes], ends: float) -> tuple[int | None, float, bytes]:
    memory, commands = 0.0, set[bytes]()
    while process.poll() is None:
        if time.monotonic() > ends:
            return None, memory, b"\n".join(commands)
        tree = list(_tree(process.pid))
        memory = max(memory, sum(map(_held, tree)))
        commands.update(map(_command, tree))
        time.sleep(STEP)
    return process.returncode, memory, b"\n".join(commands)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for path in Path(f"/proc/{pid}/task").iterdir():
            for child in (path / "children").read_text().split():
                yield from _tree(int(child))


def _held(pid: int) -> float:
    """MB of memory that a process holds, of what it shares its part; 0 where the system does not say."""
    with suppress(OSError, IndexError, ValueError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        own = next(line for line in lines if line.startswith("Pss:"))
        return int(own.split()[1]) * 1024 / 1e6
    return 0.0


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
