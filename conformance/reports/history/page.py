"""A history as one self-contained page: runs across, requirements down, latency below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.reports.history.marks import MARKS
from conformance.reports.html.links import moment, render_page
from conformance.verdict.text import counted, duration, visible

if TYPE_CHECKING:
    from conformance.verdict.history import History

WIDTH, HEIGHT = 1000.0, 80.0


@dataclass(frozen=True, slots=True)
class Curve:
    """The median latency of a region over the runs, as points of a picture."""

    region: str
    points: str
    words: str


def history_html(history: History) -> str:
    """Render the page."""
    return render_page(
        "history.html.j2",
        history=history,
        curves=[curve for region in history.regions if (curve := _curve(history, region))],
        marks=MARKS,
        moment=moment,
        counted=counted,
        duration=duration,
        visible=visible,
    )


def _curve(history: History, region: str) -> Curve | None:
    medians = history.medians(region)
    known = [median for median in medians if median is not None]
    if not known:
        return None
    tallest = max(*known, 1.0)
    across = WIDTH / max(len(medians) - 1, 1)
    points = [
        f"{place * across:.1f},{HEIGHT - 2 - median / tallest * (HEIGHT - 6):.1f}"
        for place, median in enumerate(medians)
        if median is not None
    ]
    if len(points) == 1:
        points.append(f"{WIDTH:.1f},{points[0].split(',')[1]}")
    words = (
        f"{known[0]:.0f} to {known[-1]:.0f} ms; {min(known):.0f} at least, {max(known):.0f} at most"
    )
    return Curve(region, " ".join(points), words)
