"""The servers that are measured against, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.costs import HERE, environment, python
from conformance.mock import MockOptions, keys
from conformance.mock.process import MockProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Served:
    """Where the regions are, and their keys."""

    urls: dict[str, str]
    keys: dict[str, str]

    @property
    def first(self) -> tuple[str, str]:
        """URL and key of the first region."""
        name = next(iter(self.urls))
        return self.urls[name], self.keys[name]


@contextmanager
def mock(latency_ms: int = 0, fault: str = "", rows: int | None = None) -> Iterator[Served]:
    """The bundled mock."""
    faults = (fault,) if fault else ()
    with MockProcess(MockOptions(latency_ms=latency_ms, faults=faults, rows=rows)) as process:
        yield Served(process.urls, process.keys)


@contextmanager
def many(latency_ms: int = 0) -> Iterator[Served]:
    """The bundled mock under sixty paths."""
    with _served("benchmarks.many", str(latency_ms)) as urls:
        yield Served(urls, keys(MockOptions()))


@contextmanager
def large() -> Iterator[Served]:
    """The stub of the large document."""
    with _served("benchmarks.large") as urls:
        yield Served(urls, {})


@contextmanager
def _served(module: str, *arguments: str) -> Iterator[dict[str, str]]:
    """A module that serves until its standard input ends, and says where."""
    child = subprocess.Popen(
        python("-m", module, *arguments),
        cwd=HERE.parent,
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        urls: dict[str, str] = json.loads(child.stdout.readline())["urls"]
        yield urls
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()
