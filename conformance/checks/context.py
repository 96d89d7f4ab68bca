"""What a check is handed: contract, operation, region or regions, and a place to put judgements."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from conformance.client import Exchange, Request
from conformance.laws import refusals, schema
from conformance.laws.response import standing
from conformance.laws.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.client import RegionClient
    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.laws.finding import Finding
    from conformance.laws.schema import Judged
    from conformance.runner.session import Conditions

T = TypeVar("T")
KEPT = 5  # findings that a judgement lists; the rest is counted
MOVED = "the data moved during each of several attempts to tell"


class Judgement:
    """Evidence and findings of one requirement, gathered by one check."""

    def __init__(self) -> None:
        self.evidence: dict[str, int] = defaultdict(int)
        self.findings: list[Finding] = []
        self.state = "judged"
        self.reason: str | None = None
        self.omitted = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding while there is room; one that gates takes the place of one that only warns."""
        if len(self.findings) >= KEPT:
            self.omitted += 1
            weak = [one for one in self.findings if one.level == "SHOULD"]
            if finding.level == "SHOULD" or not weak:
                return
            self.findings.remove(weak[-1])
        self.findings.append(finding)


class Subject:
    """One operation in one region (or, without a region, in all of them), for one check.

    `schemas` are the operation's, where its other checks have compiled them already.
    """

    settings: Conditions

    def __init__(
        self,
        contract: Contract,
        operation: Operation | None,
        region: str | None,
        seed: int,
        selected: frozenset[str],
        schemas: Schemas | None = None,
    ) -> None:
        self.contract, self.region_name, self.seed, self.selected = contract, region, seed, selected
        self._operation = operation
        self.clients: dict[str, RegionClient] = {}
        self.judgements: dict[tuple[str, str | None], Judgement] = {}
        self.exchanges: list[Exchange] = []
        self.unrecorded = 0  # requests of which no record is kept
        self.seconds = 0.0
        self.lost: str | None = None
        self._schemas = schemas or (Schemas(contract, operation) if operation else None)
        self._lock = threading.RLock()

    @property
    def operation(self) -> Operation:
        """The operation that is checked."""
        assert self._operation is not None
        return self._operation

    @property
    def operation_id(self) -> str:
        """The operation's id; `document` where the document itself is checked."""
        return self._operation.id if self._operation else "document"

    @property
    def schemas(self) -> Schemas:
        """The compiled schemas of the operation's answers."""
        assert self._schemas is not None
        return self._schemas

    @property
    def path(self) -> str:
        """The path that is asked for."""
        return self.operation.plain_path or self.operation.path

    @property
    def client(self) -> RegionClient:
        """The client of the subject's region."""
        assert self.region_name is not None
        return self.clients[self.region_name]

    def few(self, values: Sequence[T], smoke: int) -> Sequence[T]:
        """All of them, or under the smoke profile the first ones: lists begin with what tells most."""
        return values[:smoke] if self.settings.profile == "smoke" else values

    def request(self, *query: tuple[str, Any], **more: Any) -> Request:
        """A request of the operation with the region's own key."""
        pairs = tuple((name, str(value)) for name, value in query)
        return Request(self.operation.method, self.path, pairs, **more)

    def send(self, request: Request, *, again: bool = False, region: str | None = None) -> Exchange:
        """One answer."""
        return self.send_all([request], again=again, region=region)[0]

    def send_all(
        self, requests: Iterable[Request], *, again: bool = False, region: str | None = None
    ) -> Sequence[Exchange]:
        """Many answers, asked for at once, in the order of the requests."""
        client = self.clients[region] if region else self.client
        found = client.send_all(requests, self.operation_id, again=again)
        for exchange, new in found:
            if new:
                self._keep(exchange)
        return [exchange for exchange, _ in found]

    def stream(self, requests: Iterable[Request]) -> Iterator[Exchange]:
        """Answers one after another, fetched ahead; none is kept but those that show a finding."""
        for exchange in self.client.stream(requests, self.operation_id):
            judged = list(standing(exchange, self.schemas, self.settings.latency_budget))
            if any(findings for _, _, findings in judged):
                self._take(exchange, judged)
            else:
                self._count(exchange, judged)
            yield exchange

    def _count(self, exchange: Exchange, judged: Iterable[Judged]) -> None:
        self.unrecorded += exchange.attempts
        with self._lock:
            for requirement, kind, _ in judged:
                self.judge(requirement, [], region=exchange.region, **{kind: 1})

    def _keep(self, exchange: Exchange) -> None:
        for refused in exchange.limited:
            # Obeyed, so the request did not fail; the form of the refusal is judged like any other's.
            form = [*refusals.judge(refused, self.schemas), *schema.judge(refused, self.schemas)]
            self._take(refused, form)
        self._take(exchange, standing(exchange, self.schemas, self.settings.latency_budget))

    def _take(self, exchange: Exchange, judged: Iterable[Judged]) -> None:
        with self._lock:
            self.exchanges.append(exchange)
            for requirement, kind, findings in judged:
                self.judge(requirement, findings, region=exchange.region, **{kind: 1})

    def judge(
        self,
        requirement: str,
        findings: Iterable[Finding] | None,
        *,
        region: str | None = "",
        **evidence: int,
    ) -> None:
        """Add evidence and findings; None for findings: the data moved too much, which is no evidence."""
        if requirement not in self.selected:
            return
        with self._lock:
            judgement = self._judgement(requirement, self.region_name if region == "" else region)
            if findings is None:
                judgement.reason = MOVED
                return
            for kind, count in evidence.items():
                judgement.evidence[kind] += count
            for finding in findings:
                judgement.add(finding)

    def unjudged(self, requirement: str, reason: str, state: str = "inconclusive") -> None:
        """Say why a requirement could not be judged, or does not apply."""
        if requirement in self.selected:
            with self._lock:
                judgement = self._judgement(requirement, self.region_name)
                judgement.state, judgement.reason = state, reason

    def forget(self) -> None:
        """Let go of what was reported."""
        self.exchanges, self.judgements, self._schemas = [], {}, None

    def _judgement(self, requirement: str, region: str | None) -> Judgement:
        return self.judgements.setdefault((requirement, region), Judgement())
