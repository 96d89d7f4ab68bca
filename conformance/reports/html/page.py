"""`report.html`: verdict, problems, matrix, the course of the run; nothing is loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.contract.guidance import load_guidance
from conformance.reports.html.cards import cards_of
from conformance.reports.html.data import page_data
from conformance.reports.html.links import json_for_script, moment, page_parts
from conformance.reports.html.matrix import MARKS, matrix_areas
from conformance.reports.html.overview import region_bars, tiles
from conformance.reports.html.samples import sample_data, samples_of
from conformance.reports.html.scan import scan
from conformance.reports.reproduce import rerun_command
from conformance.reports.sources import linked
from conformance.verdict.coverage import coverage_of, partial_of
from conformance.verdict.problems import problems_in_words, problems_of
from conformance.verdict.reasons import unjudged_of
from conformance.verdict.text import counted, cut, duration, evidence, visible, without_controls

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from conformance.reports.html.cards import Card
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Report


def write_html(report: Report, events: Path, target: TextIO) -> None:
    """Write the page."""
    samples = samples_of(report, events)
    wanted = {name for r in report.results if r.outcome == "passed" for name in samples.ids(r)}
    seen = scan(report, events, wanted)
    cards, left_out = cards_of(report, seen.exchanges)
    data = page_data(report) | {"samples": sample_data(report, samples, seen.exchanges)}
    parts = page_parts(
        "report.html.j2",
        report=report,
        marks=MARKS,
        headline=headline(report),
        tiles=tiles(report),
        bars=region_bars(report, seen),
        areas=matrix_areas(report),
        cards=cards,
        anchors=_anchors(cards),
        left_out=left_out,
        on_page={one.id for card in cards for shown in card.findings for one in shown.exchanges},
        guidance=load_guidance(),
        explained=any(result.caused_by for result in report.notable),
        problems_title="Problems" if report.having("failed", "broken") else "Warnings",
        unjudged=unjudged_of(report, "broken", "inconclusive", "unexercised"),
        inapplicable=unjudged_of(report, "not_applicable"),
        course=seen.course,
        lanes=seen.course.lanes(list(report.regions)),
        latencies=seen.latencies.distributions(),
        scale=seen.latencies.scale(),
        config=json.dumps(dict(report.config), ensure_ascii=False, indent=2, sort_keys=True),
        duration=duration,
        data=json_for_script(data),
        linked=linked,
        rerun_command=rerun_command,
        evidence=evidence,
        moment=moment,
        places=_places,
        visible=visible,
        clean=without_controls,
        cut=cut,
        counted=counted,
        clauses=[clause for clause in (partial_of(report), coverage_of(report)) if clause],
    )
    for part in parts:
        target.write(part)


def headline(report: Report) -> str:
    """The verdict in one sentence, as a person would say it."""
    if report.verdict != "nonconformant":
        return report.sentence
    if not report.having("failed", "broken"):
        return report.sentence
    problems = problems_of(report, "failed", "broken")
    failing = {result.region for result in report.having("failed")}
    failing |= {name for problem in problems for name in problem.culprits}
    is_open = any(problem.is_between for problem in problems)  # either side may be the wrong one
    keeping = [name for name in report.regions if name not in failing and not is_open]
    sentence = problems_in_words(report)
    if keeping and len(keeping) < len(report.regions):
        verb = "keeps" if len(keeping) == 1 else "keep"
        sentence += f"; {' and '.join(keeping)} {verb} the contract"
    explained = sum(bool(result.caused_by) for result in report.having("failed"))
    if explained:
        sentence += f". {counted(explained, 'further failure')} explained by the same requests"
    return sentence


def _anchors(cards: list[Card]) -> dict[tuple[str, str], str]:
    """Where a result is shown, by requirement and region: on its own card or that of its cause."""
    anchors: dict[tuple[str, str], str] = {}
    for card in cards:
        for result in (*card.problem.results, *card.problem.explains):
            anchors.setdefault((result.requirement, result.region or "-"), card.id)
    return anchors


def _places(problem: Problem) -> str:
    """The results of a card as the script looks for them; across regions is none of them."""
    shown = [*problem.results, *problem.explains]
    return json.dumps(
        [
            [result.requirement, visible(result.region or ""), visible(result.operation)]
            for result in shown
        ],
        ensure_ascii=False,
    )
