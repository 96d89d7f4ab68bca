"""Requests are generated in a process of its own, which may be killed: what a document asks for can take
for ever, or all memory, and no thread can be made to stop.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Any

import conformance
from conformance.checks.drawing import drawn
from conformance.checks.generated import NotGenerated
from conformance.client.stop import INTERVAL

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from conformance.checks.drawing import Generated, Source
    from conformance.client.stop import StopSignal
    from conformance.contract.operation import Operation

LONGEST = 60.0  # seconds; half as long after each operation that failed
LEAST = 5.0
# As the mock's process: nothing of the current directory is a module of it.
_START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import conformance
del sys.path[0]
from conformance.runner.generating import main
main(int(sys.argv[1]))
"""


class Generator:
    """A process that generates, started when it is first needed and again after it was killed.

    `stop` and `ends`, a moment of the monotonic clock, bound what is waited for beside `longest`, the
    seconds for the requests of one operation.
    """

    def __init__(self, stop: StopSignal, ends: float | None = None) -> None:
        self._stop, self._ends = stop, ends
        self.longest = LONGEST
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        # Why there are none: of this run alone, for another one may have more time.
        self._refused: dict[tuple[str, int], str] = {}

    def draw(self, source: Source, operation: Operation, count: int) -> list[Generated]:
        """As `drawn`, in the other process; raises NotGenerated, at once where it did before. One at a
        time.
        """
        asked = operation.id, count
        if asked in self._refused:
            raise NotGenerated(self._refused[asked])
        try:
            return self._drawn(source, operation, count)
        except NotGenerated as error:
            self._refused[asked] = str(error)
            raise

    def _drawn(self, source: Source, operation: Operation, count: int) -> list[Generated]:
        try:
            pipe = self._pipe or self._started(source)
        except (OSError, ValueError):  # no process can be had, on Windows none with a pipe of ours
            return drawn(source, operation, count)

        try:
            pipe.send((operation, count, self.longest))
            self._await(pipe, operation)
            kind, made = pipe.recv()
        except (EOFError, OSError):
            code = self._ended()
            why = f"took more memory than a run may, or broke the process that makes them ({code})"
            raise self._failed(operation, why) from None
        if kind == "failed":
            raise self._failed(operation, str(made))
        if kind == "broken":
            raise RuntimeError(made)
        return list(made)

    @property
    def pid(self) -> int | None:
        """The id of the process, while there is one."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the process."""
        self._ended()

    def _await(self, pipe: Connection, operation: Operation) -> None:
        limit = self.longest
        until = time.monotonic() + limit
        while not pipe.poll(INTERVAL):
            if self._stop.reason:
                self._ended()
                raise NotGenerated(self._stop.reason)
            is_over = self._ends is not None and time.monotonic() > self._ends
            if is_over or time.monotonic() > until:
                self._ended()
                within = "the run's --max-time" if is_over else f"{limit:g} s"
                raise self._failed(operation, f"were not made within {within}")

    def _failed(self, operation: Operation, why: str) -> NotGenerated:
        self.longest = max(LEAST, self.longest / 2)
        return NotGenerated(
            f"the generated requests of {operation.method} {operation.path} {why}: simplify the schemas "
            "of its parameters and body in an overlay (patterns that backtrack, alternatives within "
            "alternatives)"
        )

    def _started(self, source: Source) -> Connection:
        pipe, other = Pipe()
        try:
            with other:
                self._child = subprocess.Popen(  # noqa: S603 - no shell: Python on a module of this package
                    [
                        sys.executable,
                        *("-P", "-W", "ignore"),  # what the caller makes of warnings is not for it
                        "-c",
                        _START,
                        str(Path(conformance.__file__).parent.parent),
                        str(other.fileno()),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(other.fileno(),),
                    env=os.environ | {"MALLOC_ARENA_MAX": "2"},
                    process_group=0,  # a terminal's Ctrl-C is the suite's to handle
                )
            pipe.send(source)
        except BaseException:
            pipe.close()
            self._ended()  # a child that took nothing is none
            raise
        self._pipe = pipe
        return pipe

    def _ended(self) -> Any:
        """End the process, whatever it does; its exit code."""
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.close()
            self._pipe = None
        if self._child is None:
            return None
        self._child.kill()
        code = self._child.wait()
        self._child = None
        return code
