"""A comparison on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.comparison import change_in_words, evidence_in_words, sections
from conformance.reports.terminal.lines import Line, Screen
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from rich.console import Console

    from conformance.verdict.compare import Comparison

_MOST = 50
_LONGEST = 400


def print_comparison(comparison: Comparison, *, console: Console | None = None) -> None:
    """Print a comparison; its last line says in one sentence what changed."""
    import os

    screen = Screen(console, in_github="GITHUB_ACTIONS" in os.environ)
    print_changes(screen, comparison)
    screen.line(change_line(comparison))


def change_line(comparison: Comparison) -> Line:
    """What changed, in one line."""
    verdicts = f"{comparison.old.verdict} → {comparison.new.verdict}"
    return Line().add(visible(verdicts), "bold").add(f": {comparison.sentence}")


def print_changes(screen: Screen, comparison: Comparison, *, brief: bool = False) -> None:
    """Print the changes by kind; with `brief` without messages, which were printed before."""
    for title, mark, style, changes in sections(comparison):
        screen.line(Line().add(f"{title} ({len(changes):,})", "bold"))
        for change in changes[:_MOST]:
            warned = change.after == "warned"
            line = Line().add(f"  {'!' if warned else mark} ", "yellow" if warned else style)
            line.add(visible(change.requirement), "yellow" if warned else style)
            line.add(f"  {visible(change.place)}", "cyan").add(
                f"  {change_in_words(change)}", "dim"
            )
            screen.line(line)
            if title != "fixed" and not brief:
                screen.field("      ", visible(cut(change.message, _LONGEST)))
        _more(screen, len(changes))
        screen.blank()
    if comparison.shrunk:
        _print_shrunk(screen, comparison)


def _print_shrunk(screen: Screen, comparison: Comparison) -> None:
    screen.line(Line().add(f"less evidence ({len(comparison.shrunk):,})", "bold"))
    for entry in comparison.shrunk[:_MOST]:
        where = f"{visible(entry.requirement)}  {visible(entry.place)}"
        screen.line(Line().add(f"  {where}  {evidence_in_words(entry)}"))
    _more(screen, len(comparison.shrunk))
    screen.blank()


def _more(screen: Screen, count: int) -> None:
    if count > _MOST:
        screen.line(Line().add(f"  … and {count - _MOST:,} more", "dim"))
