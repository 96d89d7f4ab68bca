"""How long a gate takes to answer: a clean candidate, one with a fault, one whose quota is spent."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.costs import cost, program
from benchmarks.mocks import mock
from benchmarks.row import Row
from conformance.mock.fronts import FRONTS
from conformance.mock.fronts.server import FrontServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting

# What the candidate has, what stands before it, and the exit code that it deserves.
CANDIDATES = {
    "a clean candidate is let through": ("", "", 0),
    "a candidate with a fault is held": ("has-more-always", "", 1),
    "a spent quota is told apart": ("", "quota-of-the-day", 3),
}


def measure(setting: Setting) -> Iterator[Row]:
    """The answer of `conformance gate`, smoke and standard on six operations of one candidate."""
    for number, (what, (fault, front, code)) in enumerate(CANDIDATES.items()):
        seconds = [
            _seconds(setting, fault=fault, front=front, code=code) for _ in range(setting.times + 1)
        ]
        yield Row(
            f"gate-{number}",
            f"gate: {what}, exit {code}",
            "",
            unit="s",
            values=tuple(seconds[1:]),
            commands=("conformance gate --candidate global=URL", ""),
        )


def _seconds(setting: Setting, *, fault: str, front: str, code: int) -> float:
    """One answer of a gate, by a new server: what an earlier run spent of a quota is not missed."""
    with mock(fault=fault) as served, _behind(front, served.first[0]) as url:
        command = [program("conformance"), "gate", f"--candidate=global={url}"]
        command.append(f"--out={setting.out}")
        return cost(command, setting.folder, {"global": served.first[1]}, (code,)).seconds


@contextmanager
def _behind(front: str, url: str) -> Iterator[str]:
    """A server with a front before it, or the server itself."""
    if not front:
        yield url
        return
    with FrontServer(FRONTS[front].make(), int(url.rpartition(":")[2])) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()
