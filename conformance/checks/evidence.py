"""What the answers of a check come to: evidence and findings for each requirement."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from conformance.events.model import EMPTY
from conformance.laws import response
from conformance.laws.oracle.alone import broken_alone, is_filtered, window_of
from conformance.laws.oracle.wrong import Answered, answered
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.checks.context import Context
    from conformance.client import Exchange
    from conformance.events.messages import State
    from conformance.events.model import Deviating, Sampled, Unexercised
    from conformance.laws.finding import Finding
    from conformance.laws.response import Judged

KEPT = 5  # findings that a judgement lists; further ones are counted
UNLISTED = 400  # further ones of which a judgement says what was asked
MOVED = "the data moved during each of several attempts to confirm it"


class Judgement:
    """Evidence and findings of one requirement, gathered by one check."""

    def __init__(self) -> None:
        self.evidence: dict[str, int] = defaultdict(int)
        self.findings: list[Finding] = []
        self.state: State = "judged"
        self.reason: str | None = None
        self.omitted = 0
        self.unexercised: Unexercised | None = None
        self.sampled: Sampled | None = None
        self.exhausted = False
        self.unlisted: set[tuple[tuple[str, ...], str]] = set()
        self.cases: set[str] = set()
        self.answers: dict[str, Answered] = {}
        self.deviating: list[Deviating] = []

    def add(self, finding: Finding) -> None:
        """Keep a finding while there is room; of a further one, what was asked.

        One of the requirement's own level takes the room of a weaker one, and one that says in which
        requests it fails that of one that does not.
        """
        if len(self.findings) < KEPT:
            self.findings.append(finding)
            return
        weaker = next((kept for kept in self.findings if _outweighs(finding, kept)), None)
        if weaker:
            self.findings.remove(weaker)
            self.findings.append(finding)
            finding = weaker
        self.omitted += 1
        if finding.exchanges and len(self.unlisted) < UNLISTED:
            asked = tuple(exchange.asked for exchange in finding.exchanges)
            self.unlisted.add((asked, finding.at or ""))


def _outweighs(finding: Finding, other: Finding) -> bool:
    is_of_its_level = bool(other.level) and not finding.level
    return is_of_its_level or (bool(finding.fails) and not other.fails)


class Evidence:
    """Judges what one check saw.

    Every exchange of a check is judged by the laws that hold for any answer (`observe`); what a law
    says of several answers together is added with `judge`. Requirements that are not selected are
    passed over.
    """

    def __init__(self, context: Context, selected: frozenset[str]) -> None:
        self.context = context
        self.selected = selected
        self.judgements: dict[tuple[str, str | None], Judgement] = {}
        self._totals: dict[str, Counter[int]] = defaultdict(Counter)  # as unfiltered pages tell it
        self._lock = threading.RLock()

    def observe(self, exchange: Exchange) -> None:
        """Judge a new exchange, and each refusal with 429 that came before it, by the laws of any
        answer.
        """
        for limited in exchange.limited:
            # The refusal was honoured, so the request did not fail; its form is judged like any
            # other's.
            self._judge_all(limited, response.judge_limited(limited, self.context.schemas))
        for failed in exchange.unavailable:
            self._judge_all(failed, response.judge_outage(failed, self.context.schemas))
        self._judge_all(exchange, self._always(exchange))

    def observe_streamed(self, exchange: Exchange) -> bool:
        """Judge an exchange of a stream; whether it breaks a law, so that its record is
        evidence.
        """
        for failed in exchange.unavailable:
            self._judge_all(failed, response.judge_outage(failed, self.context.schemas))
        judged = list(self._always(exchange))
        self._judge_all(exchange, judged)
        return any(findings for _, _, findings in judged)

    def judge(
        self,
        requirement: str,
        findings: Iterable[Finding] | None,
        *,
        region: str | None = "",
        **evidence: int,
    ) -> None:
        """Add findings, and evidence by kind (what was counted, and how many of it).

        None for findings: the data moved too much to confirm anything, which is no evidence.
        `region` is the check's own unless another is given.
        """
        if requirement not in self.selected:
            return

        with self._lock:
            judgement = self._of(requirement, self.context.region if region == "" else region)
            if findings is None:
                judgement.reason = MOVED
                return
            for kind, count in evidence.items():
                judgement.evidence[kind] += count
            for finding in findings:
                judgement.add(finding)
                self._note_answers(judgement, finding)
                self._note_broken_alone(requirement, finding)

    def _note_total(self, exchange: Exchange) -> None:
        """Count what an unfiltered page says of the length of the list."""
        operation = self.context.operation
        if operation.pagination is None or is_filtered(exchange, operation):
            return
        page = read_page(exchange, operation, 0, 0)
        if page is not None and page.total is not None:
            self._totals[exchange.region][page.total] += 1

    def _note_answers(self, judgement: Judgement, finding: Finding) -> None:
        """Keep what tells, once the list is known, what is wrong with the answers of a finding."""
        for exchange in finding.exchanges:
            if len(judgement.answers) < UNLISTED and exchange.asked not in judgement.answers:
                answer = answered(exchange, self.context.operation)
                if answer is not None:
                    judgement.answers[exchange.asked] = answer

    def _note_broken_alone(self, requirement: str, finding: Finding) -> None:
        """Say of which laws of a single page the request of a finding is a case too.

        A finding of several answers, or under an odd value, may be the consequence of a law that
        one of its pages breaks by itself. That is no finding of that law, for nothing confirmed it.
        """
        if not finding.exchanges:  # as of the document, which is no operation
            return
        operation = self.context.operation
        if operation.pagination is None or not operation.pagination.addressable:
            return
        told = []
        for exchange in finding.exchanges:
            usual = self._totals[exchange.region].most_common(1)
            broken = broken_alone(exchange, operation, usual[0][0] if usual else None)
            told.append((exchange, window_of(exchange, operation), set(broken)))

        for exchange, window, broken_by_it in told:
            # Where the same window is right in another form, it is the form that matters.
            others = [broken for _, other, broken in told if other == window]
            for name in broken_by_it.intersection(*others) - {requirement}:
                self.note_case(name, exchange.region, exchange.asked)

    def note_case(self, requirement: str, region: str | None, asked: str) -> None:
        """Say that the request of a finding is a case of another requirement too."""
        if requirement in self.selected:
            with self._lock:
                self._of(requirement, region).cases.add(asked)

    def unjudged(self, requirement: str, reason: str, state: State = "inconclusive") -> None:
        """Record why a requirement could not be judged, or does not apply."""
        if requirement in self.selected:
            with self._lock:
                judgement = self._of(requirement, self.context.region)
                judgement.state, judgement.reason = state, reason

    def unexercised(self, requirement: str, lack: Unexercised) -> None:
        """Record what of a requirement the data of the account cannot show."""
        if requirement in self.selected:
            with self._lock:
                self._of(requirement, self.context.region).unexercised = lack

    def reopen(self, context: Context) -> None:
        """Let the check judge again what it could not, of something else; findings and evidence stay."""
        with self._lock:
            self.context = context
            for judgement in self.judgements.values():
                judgement.state, judgement.reason, judgement.unexercised = "judged", None, None

    def sampled(self, requirement: str, part: Sampled) -> None:
        """Record that only a part of a list was read."""
        if requirement in self.selected:
            with self._lock:
                self._of(requirement, self.context.region).sampled = part

    def exhausted(self, *requirements: str) -> None:
        """Record that all that can be asked was asked: less evidence than is usual is enough."""
        for requirement in self.selected.intersection(requirements):
            with self._lock:
                self._of(requirement, self.context.region).exhausted = True

    def lacks_rows(self, requirement: str) -> None:
        """Record that the list was empty; it counts where the evidence is too little for a pass."""
        if requirement in self.selected:
            with self._lock:
                judgement = self._of(requirement, self.context.region)
                judgement.reason = judgement.reason or EMPTY

    def _always(self, exchange: Exchange) -> Iterable[Judged]:
        return response.judge(exchange, self.context.schemas, self.context.settings.latency_budget)

    def _judge_all(self, exchange: Exchange, judged: Iterable[Judged]) -> None:
        with self._lock:
            self._note_total(exchange)
            for requirement, kind, findings in judged:
                self._observe(requirement, kind, findings, exchange.region)

    def _observe(
        self, requirement: str, kind: str, findings: Iterable[Finding], region: str
    ) -> None:
        if requirement in self.selected:
            judgement = self._of(requirement, region)
            judgement.evidence[kind] += 1
            for finding in findings:
                judgement.add(finding)
                self._note_answers(judgement, finding)
                self._note_broken_alone(requirement, finding)

    def _of(self, requirement: str, region: str | None) -> Judgement:
        return self.judgements.setdefault((requirement, region), Judgement())
