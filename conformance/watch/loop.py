"""The loop of a watch: run, compare with what was, report what changed, wait.

Everything that takes time or leaves the process is handed in.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from conformance.events.errors import Unreadable
from conformance.reports.history.store import append, read
from conformance.watch.state import MOST_UNSENT, load, save
from conformance.watch.transitions import WINDOW, of_regions, of_results, still_failing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from conformance.watch.transitions import Transition

JITTER = 0.1  # of the interval: many watches that were started together drift apart


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the suite: its report, where its events are, and what changed."""

    report: Report
    events: Path
    transitions: tuple[Transition, ...] = ()


class Ways(Protocol):
    """What a watch needs of the world."""

    def run(self) -> tuple[Report, Path]:
        """Run the suite; raises RoundFailed."""
        ...

    def tell(self, lines: list[str], latest: Round | None) -> bool:
        """Hand changes to every receiver; whether all of them took it."""
        ...

    def show(self, latest: Round) -> None:
        """Publish the figures of a round."""
        ...

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the watch itself."""
        ...

    def clock(self) -> float:
        """Seconds that no change of the time of day moves."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait; whether the watch is to end."""
        ...


class RoundFailed(Exception):
    """A run came to no report; the text says why."""


class Watch:
    """Runs on a schedule into one history."""

    def __init__(
        self, history: Path, every: float, ways: Ways, draw: Callable[[], float] = random.random
    ) -> None:
        self._history, self._every, self._ways, self._draw = history, every, ways, draw
        self._state = load(history)

    def keep_watch(self, rounds: int | None = None) -> None:
        """Run again and again, so many rounds or until it is ended."""
        done = 0
        while True:
            began = self._ways.clock()
            self.round()
            done += 1
            if done == rounds or self._ways.wait(self._pause(began)):
                return

    def round(self) -> None:
        """One run and what follows from it; what fails is said and leaves the watch alive."""
        try:
            report, events = self._ways.run()
        except RoundFailed as error:
            self._ways.complain(str(error))
            return

        latest = Round(report, events, tuple(self._changed(report, events)))
        self._state.rounds += 1
        self._state.unsent += [transition.sentence for transition in latest.transitions]
        self._deliver(latest)
        self._ways.show(latest)
        self._keep_state()

    def _pause(self, began: float) -> float:
        """Until the next round: the interval, jittered, less what this round took."""
        interval = self._every * (1 - JITTER + 2 * JITTER * self._draw())
        return max(interval - (self._ways.clock() - began), 0.0)

    def _changed(self, report: Report, events: Path) -> list[Transition]:
        lost = lost_regions(report)
        transitions = of_regions(self._state.lost, lost)
        self._state.lost = lost
        try:
            append(self._history, report, events)
            history = read(self._history, WINDOW, by_arrival=True)
        except (Unreadable, OSError) as error:
            self._ways.complain(f"the run could not be kept: {error}")
            return transitions
        messages = {result.key: result.message for result in report.results}
        failing = self._state.failing
        self._state.failing = sorted(still_failing(history, failing), key=str)
        return transitions + of_results(history, messages, failing)

    def _deliver(self, latest: Round) -> None:
        """Hand over what changed, and what could not be handed over before."""
        unsent = self._state.unsent
        if unsent and self._ways.tell(unsent, latest):
            self._state.unsent = []
        self._state.unsent = self._state.unsent[-MOST_UNSENT:]

    def _keep_state(self) -> None:
        try:
            save(self._history, self._state)
        except (sqlite3.Error, OSError) as error:
            self._ways.complain(f"the state of the watch could not be kept: {error}")


def lost_regions(report: Report) -> dict[str, str]:
    """The regions that could not be judged, and why."""
    return {
        notice.region: notice.message.rstrip(".")
        for notice in report.notices
        if notice.level == "error" and notice.region
    }
