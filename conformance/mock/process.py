"""The mock as a child process that cannot outlive its parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import conformance
from conformance.mock.credentials import keys

if TYPE_CHECKING:
    from types import TracebackType

    from conformance.mock.options import MockOptions

PATIENCE = 1.0

# -P: a `json.py` in the current directory is no module of the mock. The package itself is the one
# that runs here, installed or not, and nothing else comes from the directory that holds it.
_START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import conformance
del sys.path[0]
from conformance.mock.__main__ import main
sys.exit(main())
"""


class MockDidNotStart(RuntimeError):
    """A mock that ended before it served; the text is what it said."""


class MockProcess:
    """Start the mock on entry, stop it on exit; `urls` and `keys` by region."""

    def __init__(self, options: MockOptions) -> None:
        self.options = options
        self.keys = keys(options)
        self.urls: dict[str, str] = {}

    def __enter__(self) -> Self:
        # A group of its own: a terminal's Ctrl-C is the suite's to handle, not a race between the
        # two.
        self._child = subprocess.Popen(  # noqa: S603 - no shell: Python on a module of this package
            command(self.options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            # Not the encoding of the caller's terminal; and threads that share their memory (glibc).
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"},
            process_group=0,
        )
        try:
            self.urls = self._await_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def _await_ready(self) -> dict[str, str]:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise MockDidNotStart(self._last_words())
        urls: dict[str, str] = json.loads(line)["urls"]
        return urls

    def _last_words(self) -> str:
        assert self._child.stderr is not None
        return self._child.stderr.read().strip() or "the mock ended without a word"

    def _stop(self) -> None:
        self._child.terminate()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            if pipe is not None:
                pipe.close()


def command(options: MockOptions) -> list[str]:
    """The command line of the options."""
    line = [
        sys.executable,
        "-P",
        "-c",
        _START,
        str(Path(conformance.__file__).parent.parent),
        "--stop-on-eof",
    ]
    line += [f"--global-port={options.global_port}", f"--india-port={options.india_port}"]
    line += [f"--latency={options.latency_ms}", f"--seed={options.seed}"]
    line += [] if options.rows is None else [f"--rows={options.rows}"]
    return line + [f"--fault={name}" for name in options.faults]
