"""A comparison of two reports: its sections for every view, its Markdown and its HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.markdown import escaped
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    every = [
        (title, mark, style, getattr(comparison, name)) for name, title, mark, style in _SECTIONS
    ]
    return [section for section in every if section[3]]


def change_in_words(change: Change) -> str:
    """From which outcome to which."""
    words = [(outcome or "absent").replace("_", " ") for outcome in (change.before, change.after)]
    return " → ".join(words)


def evidence_in_words(entry: Shrunk) -> str:
    """From how much evidence to how much."""
    return visible(f"{entry.name.replace('_', ' ')} {entry.before:,} → {entry.after:,}")


def comparison_markdown(comparison: Comparison) -> str:
    """A comparison as Markdown."""
    old, new = comparison.old, comparison.new
    lines = [f"## {old.verdict} → {new.verdict}", "", f"{comparison.sentence}.", ""]
    for title, _, _, changes in sections(comparison):
        lines += [
            f"### {title.capitalize()} ({len(changes)})",
            "",
            "| requirement | where | was | is | why |",
        ]
        lines += ["|---|---|---|---|---|", *map(_row, changes[:_MOST]), ""]
    if comparison.shrunk:
        lines += ["### Less evidence", "", "| requirement | where | evidence |", "|---|---|---|"]
        lines += map(_evidence_row, comparison.shrunk[:_MOST])
    return "\n".join(lines) + "\n"


def comparison_html(comparison: Comparison) -> str:
    """A comparison as one self-contained page."""
    from conformance.reports.html.links import moment, render_page

    return render_page(
        "compare.html.j2",
        comparison=comparison,
        sections=sections(comparison),
        visible=visible,
        from_to=change_in_words,
        moment=moment,
        evidence=evidence_in_words,
    )


def _evidence_row(entry: Shrunk) -> str:
    cells = (entry.requirement, entry.place, evidence_in_words(entry))
    return f"| {' | '.join(map(escaped, cells))} |"


def _row(change: Change) -> str:
    cells = (
        change.requirement,
        change.place,
        change.before or "absent",
        change.after or "absent",
        change.message,
    )
    return f"| {' | '.join(escaped(cut(cell, _LONGEST)) for cell in cells)} |"
