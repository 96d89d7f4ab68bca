"""What a candidate is compared with, read from a file: a report or a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reading import must_not_wait
from conformance.verdict.reference import of_history, of_report

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.reference import Reference

_SQLITE = b"SQLite format 3\x00"


def read_reference(path: Path) -> Reference:
    """The failures that a file has; raises Unreadable, OSError."""
    must_not_wait(path)
    with path.open("rb") as file:
        start = file.read(len(_SQLITE))
    if start == _SQLITE:
        from conformance.reports.history.store import read

        return of_history(read(path))

    from conformance.verdict.baseline import read_baseline

    return of_report(read_baseline(path))
