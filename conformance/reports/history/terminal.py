"""A history on a terminal: the runs, what ever failed run by run, the latency of each region."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conformance.reports.history.marks import MARKS, spark
from conformance.reports.terminal.lines import Line, Screen
from conformance.verdict.text import counted, duration, visible

if TYPE_CHECKING:
    from rich.console import Console

    from conformance.verdict.history import History, PastRun, Track

_STYLES = {"conformant": "green", "nonconformant": "red", "unverified": "magenta"}
_MARK_STYLES = {"passed": "green", "failed": "red", "warned": "yellow"}
MOST_RUNS = 12  # that are listed one by one
MOST_MARKS = 40  # runs of which a mark is shown


def print_history(
    history: History, *, console: Console | None = None, verbose: bool = False
) -> None:
    """Print a history; its last line says what it comes to."""
    screen = Screen(console, in_github="GITHUB_ACTIONS" in os.environ)
    for run in history.runs if verbose else history.runs[-MOST_RUNS:]:
        _print_run(screen, run)
    screen.blank()

    for track in history.notable:
        _print_track(screen, history, track)
    if history.notable:
        screen.field("  ", "   ".join(f"{mark} {name}" for name, mark in _shown(history)), "dim")
        screen.blank()

    for region in history.regions:
        _print_latency(screen, history, region)
    screen.paragraph(Line().add(history.sentence, "bold"))


def _print_run(screen: Screen, run: PastRun) -> None:
    line = Line().add(f"{run.started[:16].replace('T', ' ')}  ", "dim")
    line.add(run.verdict.ljust(14), _STYLES[run.verdict])
    shards = f" · {run.shards} shards" if run.shards > 1 else ""
    cost = f"{counted(run.requests, 'request')} in {duration(run.duration_seconds)}"
    line.add(f"{run.profile} · {cost}{shards} · run {visible(run.run)}")
    screen.paragraph(line)


def _print_track(screen: Screen, history: History, track: Track) -> None:
    line = Line().add(f"{track.key[0]}  ", "bold red" if track.is_failing else "bold")
    line.add(f"{visible(track.place)}  ", "cyan")
    for outcome in track.outcomes[-MOST_MARKS:]:
        line.add(MARKS.get(outcome, " "), _MARK_STYLES.get(outcome or "", "dim"))
    screen.line(line)
    screen.field("    ", _words(history, track), "dim")


def _words(history: History, track: Track) -> str:
    parts = [f"turned {counted(track.transitions, 'time')}"]
    if track.transitions > 1:
        parts.append(f"flakiness {track.flakiness:.0%}")
    since = track.failing_since
    if since is not None:
        parts.append(f"failing since {history.runs[since].started[:16].replace('T', ' ')}")
    return ", ".join(parts)


def _print_latency(screen: Screen, history: History, region: str) -> None:
    medians = history.medians(region)[-MOST_MARKS:]
    known = [median for median in medians if median is not None]
    if known:
        trend = f"  {known[0]:.0f} → {known[-1]:.0f} ms, {min(known):.0f} to {max(known):.0f}"
        line = Line().add(f"{visible(region)}  ", "bold").add(f"median {spark(medians)}", "cyan")
        screen.line(line.add(trend, "dim"))


def _shown(history: History) -> list[tuple[str, str]]:
    """The marks that stand above, each once."""
    seen = {outcome for track in history.notable for outcome in track.outcomes}
    return [
        ((name or "not judged").replace("_", " "), mark)
        for name, mark in MARKS.items()
        if name in seen
    ]
