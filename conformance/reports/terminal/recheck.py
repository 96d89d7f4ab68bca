"""What became of findings that were asked for again, on a terminal."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from conformance.reports.terminal.lines import Line, Screen
from conformance.verdict.recheck import STATUSES
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from conformance.verdict.recheck import Rechecked, Status

_LONGEST = 400
_MARKS: dict[Status, tuple[str, str]] = {
    "still failing": ("✗", "red"),
    "flaky": ("!", "yellow"),
    "not judged": ("?", "magenta"),
    "fixed": ("✓", "green"),
}


def print_rechecked(results: Sequence[Rechecked], *, console: Console | None = None) -> None:
    """Print each finding with its status; the last line counts them."""
    screen = Screen(console, in_github="GITHUB_ACTIONS" in os.environ)
    for status in STATUSES:
        for result in results:
            if result.status == status:
                _print_one(screen, result)

    counts = Counter(result.status for result in results)
    screen.line(Line().add(", ".join(f"{counts[status]} {status}" for status in STATUSES), "bold"))


def _print_one(screen: Screen, result: Rechecked) -> None:
    mark, style = _MARKS[result.status]
    line = Line().add(f"{mark} {visible(result.key[0])}", style)
    line.add(f"  {visible(result.place)}", "cyan").add(f"  {result.status} ({result.level})", "dim")
    screen.line(line)
    if result.status != "fixed":
        screen.field("    ", visible(cut(result.message, _LONGEST)))
