"""The first screen: the verdict in a sentence, counts as tiles, a bar of outcomes for each region."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.verdict.problems import problems_of
from conformance.verdict.statistics import in_words
from conformance.verdict.text import counted, joined

if TYPE_CHECKING:
    from conformance.reports.html.scan import Scan
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Report

# Left to right: what a reader looks for comes first.
ORDER = ("failed", "broken", "warned", "inconclusive", "unexercised", "waived", "passed")
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with what it counts, and a few words more."""

    name: str
    value: str
    words: str
    style: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a region's bar."""

    outcome: str
    x: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class RegionBar:
    """A region with its outcomes and the facts of its answers."""

    region: str
    url: str
    segments: list[Segment]
    words: str
    facts: str
    noteworthy: str


def tiles(report: Report) -> list[Tile]:
    """The counts of the first screen."""
    counts = report.counts
    failed = problems_of(report, "failed", "broken")
    warned = problems_of(report, "warned")
    explained = sum(bool(result.caused_by) for result in report.having("failed", "warned"))
    applicable = len(report.results) - counts["not_applicable"]
    shown = [
        Tile("Problems", f"{len(failed):,}", f"{explained:,} explained", "failed"),
        Tile("Warned", f"{len(warned):,}", _where(warned), "warned"),
        Tile("Not exercised", f"{counts['unexercised']:,}", _needs(report), "unexercised"),
    ]
    if counts["inconclusive"]:
        unsure = f"{counts['inconclusive']:,}"
        shown.append(Tile("Inconclusive", unsure, "too little evidence", "inconclusive"))
    if counts["waived"]:
        shown.append(Tile("Waived", f"{counts['waived']:,}", "accepted for now", "waived"))
    shown.append(Tile("Passed", f"{counts['passed']:,}", f"of {applicable:,}", "passed"))
    if hidden := _hidden(report):
        shown.append(hidden)
    return shown


def _where(problems: list[Problem]) -> str:
    areas: list[str] = list(dict.fromkeys(problem.requirement.area for problem in problems))
    return joined(areas, 2) if areas else "no SHOULD"


def _needs(report: Report) -> str:
    needed = [r.unexercised for r in report.having("unexercised") if r.unexercised]
    if not needed:
        return "nothing left out"
    most = max(needed, key=lambda lack: lack.needed)
    return f"needs {most.needed} {most.unit}"


def _hidden(report: Report) -> Tile | None:
    """The rate of a fault that could still hide from the median requirement that passed."""
    rates = [
        result.detectable_rate
        for result in report.results
        if result.outcome == "passed" and result.detectable_rate is not None
    ]
    if not rates:
        return None
    return Tile("Hidden below", in_words(statistics.median(rates)), "median, at 95\u00a0%", "plain")


def region_bars(report: Report, scan: Scan) -> list[RegionBar]:
    """A bar for each region, and one for what is judged across regions or of the document."""
    by_region: dict[str | None, Counter[str]] = {name: Counter() for name in report.regions}
    for result in report.results:
        by_region.setdefault(result.region, Counter())[result.outcome] += 1
    return [_bar(report, scan, name, counts) for name, counts in by_region.items()]


def _bar(report: Report, scan: Scan, name: str | None, counts: Counter[str]) -> RegionBar:
    region = report.regions.get(name) if name else None
    return RegionBar(
        region=name or "across",
        url=region.url if region else "",
        segments=_segments(counts),
        words=", ".join(
            f"{counts[kind]} {kind.replace('_', ' ')}" for kind in ORDER if counts[kind]
        ),
        facts=_facts(report, scan, name) if name else "regions compared, and the document",
        noteworthy="; ".join([*_lost(report, name), *scan.course.noteworthy_of(name)])
        if name
        else "",
    )


def _lost(report: Report, name: str) -> list[str]:
    """Why nothing could be asked of a region, where that is so."""
    start = f"region {name} ("
    errors = [notice.message for notice in report.notices if notice.level == "error"]
    return [error.partition(") ")[2] for error in errors if error.startswith(start)]


def _segments(counts: Counter[str]) -> list[Segment]:
    total = sum(counts[kind] for kind in ORDER)
    segments, x = [], 0.0
    for kind in ORDER:
        if counts[kind]:
            width = max(counts[kind] / total * WIDTH, 8.0)
            segments.append(Segment(kind, round(x, 1), round(width, 1), counts[kind]))
            x += width
    # Narrow parts are drawn wider than they are, so that they are seen at all.
    scale = WIDTH / x if x else 1.0
    return [
        Segment(s.outcome, round(s.x * scale, 1), round(s.width * scale, 1), s.count)
        for s in segments
    ]


def _facts(report: Report, scan: Scan, name: str) -> str:
    region = report.regions[name]
    spread = scan.latencies.spread(name)
    facts = [f"{spread[0]:.0f} ms (p95 {spread[1]:.0f})"] if spread else []
    facts += [counted(region.rows, "row")] if region.rows is not None else []
    facts.append(counted(report.requests.get(name, 0), "request"))
    return " · ".join(facts)
