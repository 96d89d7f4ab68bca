"""The records of a process of pytest-xdist on the same machine: a file that the process in control
reads.

What a check reports arrives when it ends; what it asked is on the disk as it happens, so that a run that is
interrupted has every exchange up to then.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from conformance.events.messages import ExchangeSummary

if TYPE_CHECKING:
    from pathlib import Path


_SUMMARIES = msgspec.json.Decoder(ExchangeSummary)


def part_path(out: Path, worker: str) -> Path:
    """Where a process writes its records, beside the stream of the run."""
    return out / f".events.{worker}.part"


class PartFile:
    """Reads what a process has written since it was last asked; `requests` counts what it has
    recorded.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read = 0  # bytes
        self.requests: Counter[str] = Counter()  # by region

    def new_lines(self) -> bytes:
        """The whole lines that were added; the one that is being written comes next time."""
        try:
            with self.path.open("rb") as part:
                part.seek(self._read)
                added = part.read()
        except FileNotFoundError:
            return b""  # nothing was asked yet

        lines = added[: added.rfind(b"\n") + 1]
        self._read += len(lines)
        for exchange in _SUMMARIES.decode_lines(lines):
            self.requests[exchange.region] += exchange.attempts
        return lines

    def remove(self) -> None:
        """Remove the file: the stream of the run has it all."""
        self.path.unlink(missing_ok=True)
