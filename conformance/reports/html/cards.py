"""Problems as cards: findings with their exchanges, pictures, facts, and what they explain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.reports.html.exchange import ExchangeView, Room, excerpt, view
from conformance.reports.html.sides import Fact, Sides, compared, facts_of
from conformance.reports.html.walk import WalkPicture, walk_picture
from conformance.reports.html.where import WherePicture, where_in_words, where_picture
from conformance.verdict.problems import problems_of

if TYPE_CHECKING:
    from conformance.events.messages import ExchangeRecord
    from conformance.events.model import Finding
    from conformance.reports.html.exchange import WireLine
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Outcome, Report, Result

# A page over a megabyte is slow to open from a CI's artefacts; the HAR has what is left out here.
MOST_BODIES = 300_000
MOST_BODY = 40_000
MOST_CARDS = 150
MOST_FINDINGS = 4  # of a problem that are shown with their exchanges
MOST_LINES = 40  # of a problem that are listed besides
MOST_EXCHANGES = 4
OPEN = 6  # cards that are open at first

_PROBLEMS: tuple[Outcome, ...] = ("failed", "broken", "warned")


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with all that shows it."""

    result: Result
    finding: Finding
    exchanges: list[ExchangeView]
    excerpt: list[WireLine]
    elsewhere: list[str]
    facts: list[Fact]
    sides: Sides | None
    walk: WalkPicture | None
    where: WherePicture | None

    @property
    def note(self) -> str:
        """The note without what the picture says."""
        note = self.finding.note or ""
        return re.sub(r"; fails for .*", "", note) if self.finding.fails else note

    @property
    def fails(self) -> str:
        """Where it fails, in words."""
        return where_in_words(self.finding.fails)


@dataclass(slots=True)
class Card:
    """A problem on the page."""

    id: str
    problem: Problem
    is_open: bool
    findings: list[FindingView] = field(default_factory=list)
    others: list[tuple[Result, Finding]] = field(default_factory=list)
    omitted: int = 0

    @property
    def commands(self) -> list[str]:
        """The commands that the card shows already."""
        return [shown.finding.curl for shown in self.findings if shown.finding.curl]

    @property
    def more(self) -> int:
        """How many findings there are besides those that are shown with their exchanges."""
        return len(self.others) + self.omitted


def cards_of(report: Report, exchanges: dict[str, ExchangeRecord]) -> tuple[list[Card], int]:
    """The cards of the page, and how many problems it has no room for."""
    problems = [problem for outcome in _PROBLEMS for problem in problems_of(report, outcome)]
    room, shown, cards = Room(MOST_BODIES, MOST_BODY), set[str](), []
    for number, problem in enumerate(problems[:MOST_CARDS], start=1):
        is_open = number <= OPEN and problem.outcome != "warned"
        card = Card(f"p{number}", problem, is_open)
        _fill(card, exchanges, room, shown)
        cards.append(card)
    return cards, len(problems) - len(cards)


def _fill(card: Card, exchanges: dict[str, ExchangeRecord], room: Room, shown: set[str]) -> None:
    ways: set[tuple[str, str]] = set()
    walks = 0
    for result in card.problem.results:
        for place, finding in enumerate(result.findings):
            way = finding.expected, finding.actual
            is_first_walk = bool(finding.walk) and not walks
            is_shown = way not in ways and (place == 0 or is_first_walk)
            if is_shown and len(card.findings) < MOST_FINDINGS:
                walks += bool(finding.walk)
                card.findings.append(_finding(result, finding, exchanges, room, shown))
                ways.add(way)
            elif len(card.others) < MOST_LINES:
                card.others.append((result, finding))
            else:
                card.omitted += 1
        card.omitted += result.omitted


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
    is_parity = result.area == "parity"
    return FindingView(
        result=result,
        finding=finding,
        exchanges=[view(exchange, finding, room) for exchange in fresh],
        excerpt=excerpt(named[0], finding) if named and not is_parity else [],
        elsewhere=[name for name in finding.exchanges if name not in fresh_ids],
        facts=facts_of(finding, named) if is_parity else [],
        sides=compared(finding, named) if is_parity else None,
        walk=walk_picture(finding.walk) if finding.walk else None,
        where=where_picture(finding.fails),
    )
