"""What is shown while a run is going: requests, rate, time, what fails already, why it waits."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.reports.terminal.console import make_console
from conformance.verdict.text import counted, duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

# A log gets a line as often as it takes to see that the run is alive, and no short run gets any.
PAUSE = 10.0
_REDRAWN = 4  # times a second
_BAR = 16
_SPINNERS = {True: "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", False: "|/-\\"}
_BARS = {True: "━╌", False: "=-"}
_SHOWN = ("failed", "broken", "warned", "inconclusive")


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the clients of a run say of themselves at a moment."""

    requests: int = 0
    waits: tuple[str, ...] = ()


class Progress:
    """A line that is redrawn on a terminal; in a pipe or a CI log a plain line at intervals.

    `gauge` is asked whenever it is drawn, so that it moves while a single check asks for long.
    """

    def __init__(
        self,
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
        gauge: Callable[[], Gauge] = Gauge,
    ) -> None:
        # While a check runs, pytest holds sys.stderr: what is written there comes late or never.
        self._console = console or make_console(file=sys.__stderr__)
        self._clock, self._gauge = clock, gauge
        self._is_wide = "utf" in (self._console.encoding or "")
        self._live: Live | None = None
        self._ticking = threading.Event()
        self._outcomes: Counter[str] = Counter()
        self._failing: dict[str, None] = {}
        self._area, self._requests, self._done, self._total = "starting", 0, 0, 0
        self._began = self._printed = clock()

    def started(self, total: int) -> None:
        """Start the line; `total` is the number of checks, 0 if it is not yet known."""
        self._total = total
        self._began = self._printed = self._clock()
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._live = self._drawn()
            self._live.start()
        else:
            threading.Thread(target=self._tick, name="progress", daemon=True).start()

    def expects(self, total: int) -> None:
        """Set the number of checks of the run."""
        self._total = total

    def judged(self, area: str, outcome: str, requests: int, requirement: str = "") -> None:
        """Count a judgement; `requests` is how many were sent so far."""
        self._outcomes[outcome] += 1
        if outcome == "failed" and requirement:
            self._failing[requirement] = None
        self._area, self._requests = area, max(self._requests, requests)
        if self._live is None:
            self._print_when_due()

    def advanced(self) -> None:
        """Count a check that is done."""
        self._done += 1

    def stop(self) -> None:
        """Remove the line, which the summary replaces."""
        self._ticking.set()
        if self._live is not None:
            self._live.stop()
            self._live = None

    def __rich__(self) -> Text:
        """The line as it is now, cut to one line: what is cut matters least."""
        from rich.text import Text

        spinner = _SPINNERS[self._is_wide]
        spin = spinner[int(self._clock() * _REDRAWN) % len(spinner)]
        text = Text(f"{spin} ", no_wrap=True, overflow="ellipsis", end="")
        text.append(f"{self._area} ", "bold")
        text.append(f"{self._bar()} {self._done}/{self._total or '?'}  ")
        if waits := self._gauge().waits:
            text.append(f"{'; '.join(waits)}  ", "yellow")
        if failing := self._failures():
            text.append(f"{failing}  ", "red")
        text.append((" · " if self._is_wide else ", ").join(self._facts()), "dim")
        return text

    def _drawn(self) -> Live:
        from rich.live import Live

        return Live(
            self,
            console=self._console,
            transient=True,
            refresh_per_second=_REDRAWN,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        )

    def _bar(self) -> str:
        filled = round(self._done / self._total * _BAR) if self._total else 0
        bar = _BARS[self._is_wide]
        return bar[0] * filled + bar[1] * (_BAR - filled)

    def _tick(self) -> None:
        """Say now and then that the run is alive, however long a check takes."""
        while not self._ticking.wait(1.0):
            self._print_when_due()

    def _print_when_due(self) -> None:
        if self._clock() - self._printed >= PAUSE:
            self._printed = self._clock()
            self._console.print(self._plain(), soft_wrap=True, markup=False, highlight=False)

    def _plain(self) -> str:
        of = f" of {self._total}" if self._total else ""
        parts = [self._area, f"{self._done}{of} checks", *self._facts()]
        parts += [*self._gauge().waits, self._failures()]
        return " · ".join(part for part in parts if part)

    def _facts(self) -> list[str]:
        """Requests, elapsed, rate."""
        requests = max(self._requests, self._gauge().requests)
        seconds = self._clock() - self._began
        facts = [counted(requests, "request"), _whole(seconds)]
        return [*facts, f"{requests / seconds:.0f}/s"] if seconds >= 1 and requests else facts

    def _failures(self) -> str:
        counts = [f"{self._outcomes[kind]} {kind}" for kind in _SHOWN if self._outcomes[kind]]
        if names := ", ".join(list(self._failing)[:3]):
            counts[0] += f" ({names})"
        return ", ".join(counts)


def _whole(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else duration(seconds)
