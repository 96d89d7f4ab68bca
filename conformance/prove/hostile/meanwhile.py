"""What happens to a machine while a command runs, or right before: each a function that sets up a stage."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.prove.hostile.trouble import SetUp, Stage


def signalled(number: signal.Signals, *moments: float) -> SetUp:
    """A signal at moments from the start, in seconds; afterwards no process may be left."""

    def send(process: subprocess.Popen[bytes]) -> None:
        for moment, before in zip(moments, (0.0, *moments), strict=False):
            time.sleep(moment - before)
            with suppress(ProcessLookupError):
                process.send_signal(number)

    def set_up(stage: Stage) -> None:
        # Whoever proves this in the background, or with nohup, ignores some of them.
        if number not in (signal.SIGKILL, signal.SIGSTOP):  # nobody can
            stage.before_exec = lambda: (signal.signal(number, signal.SIG_DFL), None)[1]
        mocks: list[int] = []

        def meanwhile(process: subprocess.Popen[bytes]) -> None:
            send_all = threading.Thread(target=send, args=(process,), daemon=True)
            send_all.start()
            if max(moments) > 1:
                time.sleep(1.2)
                mocks.extend(_children(process.pid))

        stage.meanwhile = meanwhile
        stage.after = lambda: _left(mocks)

    return set_up


def _left(processes: list[int]) -> str:
    ends = time.monotonic() + 3
    while time.monotonic() < ends:
        if not any(_is_running(pid) for pid in processes):
            return ""
        time.sleep(0.1)
    return "a process is left"


def _is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _after(seconds: float, act: Callable[[subprocess.Popen[bytes]], object]) -> SetUp:
    """Something that is done while the run goes on."""

    def later(process: subprocess.Popen[bytes]) -> None:
        time.sleep(seconds)
        with suppress(OSError):
            act(process)

    def set_up(stage: Stage) -> None:
        stage.meanwhile = lambda process: threading.Thread(
            target=later, args=(process,), daemon=True
        ).start()

    return set_up


def paused(seconds: float) -> SetUp:
    """The process is stopped for a while."""

    def act(process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        process.send_signal(signal.SIGCONT)

    return _after(1.5, act)


def mock_killed(stage: Stage) -> None:
    """The mock's process is killed."""
    _after(2.0, lambda process: os.kill(_children(process.pid)[0], signal.SIGKILL))(stage)


def worker_killed(stage: Stage) -> None:
    """A worker of pytest-xdist is killed: the last process that was started."""
    _after(3.0, lambda process: os.kill(_children(process.pid)[-1], signal.SIGKILL))(stage)


def vanishing_out(stage: Stage) -> None:
    """The directory of the reports is deleted."""
    out = stage.out
    _after(1.5, lambda _: shutil.rmtree(out, ignore_errors=True))(stage)


def replaced_out(stage: Stage) -> None:
    """The directory of the reports becomes a file."""
    out = stage.out

    def act(_: object) -> None:
        shutil.rmtree(out, ignore_errors=True)
        out.write_text("a file")

    _after(1.5, act)(stage)


def report_becomes_directory(stage: Stage) -> None:
    """A directory stands in the place of a report."""
    out = stage.out

    def act(_: object) -> None:
        (out / "report.json").unlink(missing_ok=True)
        (out / "report.json").mkdir()

    _after(1.5, act)(stage)


def second_run(stage: Stage) -> None:
    """Another run starts into the same directory, and is refused or changes nothing."""
    ended: list[int] = []
    folder = stage.folder

    def act(_: object) -> None:
        words = [sys.executable, "-m", "conformance", "run", "--only", "PAG-03"]
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        package = str(Path(__file__).parents[3])
        done = subprocess.run(  # noqa: S603 - its own words
            words,
            cwd=folder,
            env=variables | {"PYTHONPATH": package},
            capture_output=True,
            check=False,
        )
        ended.append(done.returncode)

    _after(1.2, act)(stage)
    stage.after = lambda: "" if ended in ([2], []) else f"the second run ended with {ended}"


def killed_before(stage: Stage) -> None:
    """An earlier run into the same directory was killed."""
    words = [sys.executable, "-m", "conformance", "run", "--profile", "deep"]
    package = str(Path(__file__).parents[3])
    with subprocess.Popen(  # noqa: S603 - its own words
        words,
        cwd=stage.folder,
        env={**os.environ, "PYTHONPATH": package},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as earlier:
        time.sleep(2.0)
        earlier.kill()
