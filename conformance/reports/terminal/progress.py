"""What is shown while a run is going: areas, requests, time, and what is failing already."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from conformance.reports.terminal.console import make_console
from conformance.verdict.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.progress import Progress as Bar

# A log gets a line as often as it takes to see that the run is alive, and no short run gets any.
PAUSE = 10.0
_SHOWN = ("failed", "broken", "warned", "inconclusive")


class Progress:
    """A line that updates itself on a terminal; in a pipe or a CI log a plain line at intervals."""

    def __init__(
        self, console: Console | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console = console or make_console(stderr=True)
        self._clock = clock
        self._bar: Bar | None = None
        self._outcomes: Counter[str] = Counter()
        self._area, self._requests, self._done, self._total = "starting", 0, 0, 0
        self._began = self._printed = clock()

    def started(self, total: int) -> None:
        """Start the line; `total` is the number of checks, 0 if it is not yet known."""
        self._total = total
        self._began = self._printed = self._clock()
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._bar = _bar(self._console)
            self._bar.add_task(self._area, total=total or None, requests="", failing="")
            self._bar.start()

    def expects(self, total: int) -> None:
        """Set the number of checks of the run."""
        self._total = total
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], total=total)

    def judged(self, area: str, outcome: str, requests: int) -> None:
        """Count a judgement; `requests` is how many were sent so far."""
        self._outcomes[outcome] += 1
        self._area, self._requests = area, requests
        self._show()

    def advanced(self) -> None:
        """Count a check that is done."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=1)

    def stop(self) -> None:
        """Remove the line, which the summary replaces."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.update(
                self._bar.task_ids[0],
                description=self._area,
                requests=counted(self._requests, "request"),
                failing=self._failing(),
            )
        elif self._clock() - self._printed >= PAUSE:
            self._printed = self._clock()
            self._console.print(self._plain(), soft_wrap=True, markup=False, highlight=False)

    def _plain(self) -> str:
        of = f" of {self._total}" if self._total else ""
        parts = [
            self._area,
            f"{self._done}{of} checks",
            counted(self._requests, "request"),
            f"{self._clock() - self._began:.0f} s",
        ]
        failing = self._failing()
        return " · ".join([*parts, failing] if failing else parts)

    def _failing(self) -> str:
        return ", ".join(
            f"{self._outcomes[kind]} {kind}" for kind in _SHOWN if self._outcomes[kind]
        )


def _bar(console: Console) -> Bar:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as RichProgress
    from rich.table import Column

    # A narrow terminal cuts the last columns, which matter least.
    def text(field: str, style: str, least: int | None = None) -> TextColumn:
        column = Column(no_wrap=True, min_width=least)
        return TextColumn(f"{{task.{field}}}", style=style, markup=False, table_column=column)

    return RichProgress(
        SpinnerColumn(),
        text("description", "bold", 6),
        BarColumn(bar_width=16),
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TimeElapsedColumn(table_column=Column(no_wrap=True)),
        text("fields[failing]", "red"),
        text("fields[requests]", "dim"),
        console=console,
        transient=True,
    )
