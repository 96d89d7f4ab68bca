"""`report.html`: verdict, matrix, problems with their exchanges, what was not judged; nothing is
loaded.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.events.messages import ExchangeRecord
from conformance.events.reader import read_summaries
from conformance.reports.exchanges import ids_of_findings
from conformance.reports.html.data import page_data
from conformance.reports.html.exchange import ExchangeView, Room, view
from conformance.reports.html.latency import Latencies
from conformance.reports.html.links import json_for_script, moment, page_parts
from conformance.reports.html.matrix import LETTERS, matrix_rows
from conformance.reports.html.sides import Sides, compared
from conformance.reports.html.walk import WalkPicture, walk_picture
from conformance.reports.reproduce import rerun_command
from conformance.reports.sources import linked
from conformance.verdict.problems import problems_of
from conformance.verdict.text import cut, duration, evidence, visible, without_controls

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from conformance.events.model import Finding
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Outcome, Report, Result

# A page over a megabyte is slow to open from a CI's artefacts; the HAR has what is left out here.
MOST_BODIES = 420_000
MOST_BODY = 60_000
MOST_CARDS = 150
MOST_FINDINGS = 4
MOST_EXCHANGES = 4


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with all that shows it."""

    finding: Finding
    exchanges: list[ExchangeView]
    elsewhere: list[str]
    sides: Sides | None
    walk: WalkPicture | None


@dataclass(slots=True)
class Card:
    """A problem on the page."""

    id: str
    problem: Problem
    findings: list[tuple[Result, FindingView]] = field(default_factory=list)
    more: int = 0


def write_html(report: Report, events: Path, target: TextIO) -> None:
    """Write the page."""
    exchanges, latencies = _scan(report, events)
    problems = _problems(report)
    cards = _cards(problems[:MOST_CARDS], exchanges)
    parts = page_parts(
        "report.html.j2",
        report=report,
        letters=LETTERS,
        areas=matrix_rows(report),
        cards=cards,
        anchors={(card.problem.requirement.id, card.problem.operation): card.id for card in cards},
        left_out=len(problems) - len(cards),
        unjudged=_unjudged(report),
        latencies=latencies.distributions(),
        scale=latencies.scale(),
        config=json.dumps(dict(report.config), ensure_ascii=False, indent=2, sort_keys=True),
        duration=duration(report.duration_seconds),
        data=json_for_script(page_data(report)),
        linked=linked,
        rerun_command=rerun_command,
        evidence=evidence,
        moment=moment,
        places=_places,
        visible=visible,
        clean=without_controls,
        cut=cut,
    )
    for part in parts:
        target.write(part)


def _scan(report: Report, events: Path) -> tuple[dict[str, ExchangeRecord], Latencies]:
    """One pass over the stream: the exchanges of findings, and the latency of all."""
    exchanges: dict[str, ExchangeRecord] = {}
    latencies = Latencies()
    for exchange in read_summaries(events, whole=ids_of_findings(report)):
        latencies.add(exchange.region, exchange.status, exchange.seconds)
        if isinstance(exchange, ExchangeRecord):
            exchanges[exchange.id] = exchange
    return exchanges, latencies


_PROBLEMS: tuple[Outcome, ...] = ("failed", "broken", "warned")


def _problems(report: Report) -> list[Problem]:
    return [problem for outcome in _PROBLEMS for problem in problems_of(report, outcome)]


def _cards(problems: list[Problem], exchanges: dict[str, ExchangeRecord]) -> list[Card]:
    room, shown, cards = Room(MOST_BODIES, MOST_BODY), set[str](), []
    for number, problem in enumerate(problems, start=1):
        card = Card(f"p{number}", problem)
        _fill(card, problem.results, exchanges, room, shown)
        cards.append(card)
    return cards


def _fill(
    card: Card,
    results: list[Result],
    exchanges: dict[str, ExchangeRecord],
    room: Room,
    shown: set[str],
) -> None:
    for result in results:
        for finding in result.findings:
            if len(card.findings) >= MOST_FINDINGS and not finding.walk:
                card.more += 1
                continue
            card.findings.append((result, _finding(result, finding, exchanges, room, shown)))
        card.more += result.omitted


def _finding(
    result: Result,
    finding: Finding,
    exchanges: dict[str, ExchangeRecord],
    room: Room,
    shown: set[str],
) -> FindingView:
    named = [exchanges[name] for name in finding.exchanges if name in exchanges]
    fresh = [exchange for exchange in named[:MOST_EXCHANGES] if exchange.id not in shown]
    fresh_ids = {exchange.id for exchange in fresh}
    shown.update(fresh_ids)
    return FindingView(
        finding=finding,
        exchanges=[view(exchange, finding, room) for exchange in fresh],
        elsewhere=[name for name in finding.exchanges if name not in fresh_ids],
        sides=compared(finding, named) if result.area == "parity" else None,
        walk=walk_picture(finding.walk) if finding.walk else None,
    )


def _places(problem: Problem) -> str:
    """The regions of a problem as the script looks for them; across regions is none of them."""
    return json.dumps(
        [visible(result.region or "") for result in problem.results], ensure_ascii=False
    )


def _unjudged(report: Report) -> list[tuple[str, str, list[Result]]]:
    """What was not judged, by outcome and reason."""
    reasons: dict[tuple[str, str], list[Result]] = defaultdict(list)
    outcomes: tuple[Outcome, ...] = (
        "broken",
        "inconclusive",
        "unexercised",
        "not_applicable",
    )
    for outcome in outcomes:
        for result in report.having(outcome):
            reasons[outcome, result.message].append(result)
    return [(outcome, reason, results) for (outcome, reason), results in reasons.items()]
