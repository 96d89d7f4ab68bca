"""The live line: on a terminal, and nowhere else."""

from __future__ import annotations

import io

from rich.console import Console

from conformance.reporting.progress import Progress


def run(console: Console) -> str:
    progress = Progress(console)
    progress.started(2)
    progress.finished("pagination", "passed", 17)
    progress.finished("filters", "failed", 31)
    progress.stop()
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_terminal_shows_area_requests_and_what_fails() -> None:
    """Whoever waits sees where the run is and what is failing already."""
    text = run(Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None))
    for part in ("filters", "31 requests", "1 failed", "2/2"):
        assert part in text


def test_a_pipe_shows_nothing() -> None:
    """A log has no use for a line that redraws itself."""
    assert run(Console(file=io.StringIO(), force_terminal=False)) == ""
