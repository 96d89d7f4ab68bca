"""A comparison shown: terminal, Markdown, HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.markdown import escaped
from conformance.reports.terminal.lines import Line, Screen
from conformance.reports.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from conformance.verdict.compare import Change, Comparison, Shrunk

_MOST = 50
_LONGEST = 400
_SECTIONS = (
    ("newly_failing", "newly failing", "✗", "bold red"),
    ("newly_unjudged", "newly unjudged", "?", "magenta"),
    ("still_failing", "still failing", "✗", "red"),
    ("fixed", "fixed", "✓", "green"),
)


def sections(comparison: Comparison) -> list[tuple[str, str, str, Sequence[Change]]]:
    """The kinds of change that happened: title, mark, style, changes."""
    found = [(title, mark, style, getattr(comparison, name)) for name, title, mark, style in _SECTIONS]
    return [section for section in found if section[3]]


def print_comparison(comparison: Comparison, *, console: Console | None = None) -> None:
    """Print a comparison for a person; what changed, in one sentence, is the last line."""
    import os

    screen = Screen(console, in_github="GITHUB_ACTIONS" in os.environ)
    print_changes(screen, comparison)
    screen.line(change_line(comparison))


def change_line(comparison: Comparison) -> Line:
    """What changed, in one line."""
    verdicts = f"{comparison.old['verdict']} → {comparison.new['verdict']}"
    return Line().add(visible(verdicts), "bold").add(f": {comparison.sentence}")


def print_changes(screen: Screen, comparison: Comparison, *, told: bool = False) -> None:
    """Print the changes by kind; with `told`, what fails was already printed and is only named."""
    for title, mark, style, changes in sections(comparison):
        screen.line(Line().add(f"{title} ({len(changes):,})", "bold"))
        for change in changes[:_MOST]:
            warned = change.after == "warned"
            line = Line().add(f"  {'!' if warned else mark} ", "yellow" if warned else style)
            line.add(visible(change.requirement), "yellow" if warned else style)
            line.add(f"  {visible(change.place)}", "cyan").add(f"  {_from_to(change)}", "dim")
            screen.line(line)
            if title != "fixed" and not told:
                screen.field("      ", visible(cut(change.message, _LONGEST)))
        _more(screen, len(changes))
        screen.blank()
    if comparison.shrunk:
        _print_shrunk(screen, comparison)


def _print_shrunk(screen: Screen, comparison: Comparison) -> None:
    screen.line(Line().add(f"less evidence ({len(comparison.shrunk):,})", "bold"))
    for entry in comparison.shrunk[:_MOST]:
        screen.line(Line().add(f"  {visible(entry.requirement)}  {visible(entry.place)}  {_evidence(entry)}"))
    _more(screen, len(comparison.shrunk))
    screen.blank()


def comparison_markdown(comparison: Comparison) -> str:
    """A comparison as Markdown."""
    old, new = comparison.old, comparison.new
    lines = [f"## {old['verdict']} → {new['verdict']}", "", f"{comparison.sentence}.", ""]
    for title, _, _, changes in sections(comparison):
        lines += [
            f"### {title.capitalize()} ({len(changes)})",
            "",
            "| requirement | where | was | is | why |",
        ]
        lines += ["|---|---|---|---|---|", *map(_row, changes[:_MOST]), ""]
    if comparison.shrunk:
        lines += ["### Less evidence", "", "| requirement | where | evidence |", "|---|---|---|"]
        lines += [
            f"| {escaped(entry.requirement)} | {escaped(entry.place)} | {escaped(_evidence(entry))} |"
            for entry in comparison.shrunk[:_MOST]
        ]
    return "\n".join(lines) + "\n"


def comparison_html(comparison: Comparison) -> str:
    """A comparison as one self-contained page."""
    from conformance.reports.html.links import moment, render_page

    return render_page(
        "compare.html.j2",
        comparison=comparison,
        sections=sections(comparison),
        visible=visible,
        from_to=_from_to,
        moment=moment,
        evidence=_evidence,
    )


def _row(change: Change) -> str:
    cells = (
        change.requirement,
        change.place,
        change.before or "absent",
        change.after or "absent",
        change.message,
    )
    return f"| {' | '.join(escaped(cut(cell, _LONGEST)) for cell in cells)} |"


def _from_to(change: Change) -> str:
    words = [(outcome or "absent").replace("_", " ") for outcome in (change.before, change.after)]
    return " → ".join(words)


def _evidence(entry: Shrunk) -> str:
    return visible(f"{entry.name.replace('_', ' ')} {entry.before:,} → {entry.after:,}")


def _more(screen: Screen, count: int) -> None:
    if count > _MOST:
        screen.line(Line().add(f"  … and {count - _MOST:,} more", "dim"))
