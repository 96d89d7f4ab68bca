"""What a terminal shows while a run is going: areas, requests, time, and what is failing already."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress as Bar


class Progress:
    """A live line on a terminal; nothing at all in a pipe or a CI's log."""

    def __init__(self, console: Console | None = None) -> None:
        from rich.console import Console as RichConsole

        self._console = console or RichConsole(stderr=True)
        self._bar: Bar | None = None
        self._outcomes: Counter[str] = Counter()

    def started(self, total: int) -> None:
        """Start the line; `total` is how many results the run will have."""
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            return
        self._bar = _bar(self._console)
        self._bar.add_task("starting", total=total, requests=0, failing="")
        self._bar.start()

    def finished(self, area: str, outcome: str, requests: int) -> None:
        """Count a result; `requests` is how many were sent so far."""
        self._outcomes[outcome] += 1
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, advance=1, description=area, requests=requests, failing=self._failing())

    def stop(self) -> None:
        """Take the line away: the summary says it all."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _failing(self) -> RenderableType:
        shown = ("failed", "broken", "warned", "inconclusive")
        return "  ".join(f"{self._outcomes[kind]} {kind}" for kind in shown if self._outcomes[kind])


def _bar(console: Console) -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    return RichProgress(
        SpinnerColumn(),
        TextColumn("{task.description:<14}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[requests]} requests"),
        TimeElapsedColumn(),
        TextColumn("[red]{task.fields[failing]}"),
        console=console,
        transient=True,
    )
