"""What a check is handed: contract, operation, region or regions, and a place to put judgements."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from conformance.client import Exchange, Request
from conformance.laws.pages import Page, read_page
from conformance.laws.schema import Schemas
from conformance.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from conformance.client import RegionClient
    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.laws.finding import Finding

KEPT = 5  # findings that a judgement lists; the rest is counted


class Judgement:
    """Evidence and findings of one requirement, gathered by one check."""

    def __init__(self) -> None:
        self.evidence: dict[str, int] = defaultdict(int)
        self.findings: list[Finding] = []
        self.state = "judged"
        self.reason: str | None = None
        self.omitted = 0


class Subject:
    """One operation in one region (or, without a region, in all of them)."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation | None,
        region: str | None,
        seed: int,
        selected: frozenset[str],
    ) -> None:
        self.contract, self.region_name, self.seed, self.selected = contract, region, seed, selected
        self._operation = operation
        self.clients: dict[str, RegionClient] = {}
        self.settings: Any = None
        self.judgements: dict[tuple[str, str | None], Judgement] = {}
        self.exchanges: list[Exchange] = []
        self.random = random.Random(f"{seed}")  # noqa: S311 - a test's choice, not a secret
        self._schemas = Schemas(contract, operation) if operation else None
        self._lock = threading.Lock()

    @property
    def operation(self) -> Operation:
        """The operation that is checked."""
        assert self._operation is not None
        return self._operation

    @property
    def client(self) -> RegionClient:
        """The client of the subject's region."""
        assert self.region_name is not None
        return self.clients[self.region_name]

    def request(self, *query: tuple[str, Any], **more: Any) -> Request:
        """A request of the operation with the region's own key."""
        pairs = tuple((name, str(value)) for name, value in query)
        return Request(self.operation.method, self.operation.plain_path or self.operation.path, pairs, **more)

    def send(self, request: Request, *, again: bool = False, region: str | None = None) -> Exchange:
        """One answer."""
        return self.send_all([request], again=again, region=region)[0]

    def send_all(
        self, requests: Iterable[Request], *, again: bool = False, region: str | None = None
    ) -> Sequence[Exchange]:
        """Many answers, asked for at once, in the order of the requests."""
        client = self.clients[region] if region else self.client
        found = client.send_all(list(requests), self.operation.id, again=again)
        for exchange, new in found:
            if new:
                self._keep(exchange)
        return [exchange for exchange, _ in found]

    def _keep(self, exchange: Exchange) -> None:
        with self._lock:
            self.exchanges.append(exchange)
            assert self._schemas is not None
            for requirement, kind, findings in standing(exchange, self._schemas, self.settings):
                self.judge(requirement, findings, region=exchange.region, **{kind: 1})

    def judge(
        self,
        requirement: str,
        findings: Iterable[Finding] | None,
        *,
        region: str | None = "",
        **evidence: int,
    ) -> None:
        """Add evidence and findings; None for findings: what was seen moved too much to be judged."""
        if requirement not in self.selected:
            return
        judgement = self._judgement(requirement, self.region_name if region == "" else region)
        if findings is None:
            judgement.state = "inconclusive"
            judgement.reason = "the data moved during each of several attempts"
            return
        for kind, count in evidence.items():
            judgement.evidence[kind] += count
        for finding in findings:
            if len(judgement.findings) < KEPT:
                judgement.findings.append(finding)
            else:
                judgement.omitted += 1

    def inconclusive(self, requirement: str, reason: str, state: str = "inconclusive") -> None:
        """Say why a requirement could not be judged."""
        if requirement in self.selected:
            judgement = self._judgement(requirement, self.region_name)
            judgement.state, judgement.reason = state, reason

    def _judgement(self, requirement: str, region: str | None) -> Judgement:
        return self.judgements.setdefault((requirement, region), Judgement())

    def page(
        self,
        limit: int | None,
        offset: int | None,
        *,
        again: bool = False,
        extra: tuple[tuple[str, Any], ...] = (),
    ) -> Page | None:
        """One page; a window that the request leaves out is read with the documented defaults."""
        return self.pages([(limit, offset)], again=again, extra=extra)[0]

    def pages(
        self,
        windows: Iterable[tuple[int | None, int | None]],
        *,
        again: bool = False,
        extra: tuple[tuple[str, Any], ...] = (),
    ) -> list[Page | None]:
        """Many pages at once. A 5xx is recorded, then asked once more, so that it stays one finding."""
        paging = self.operation.pagination
        assert paging is not None
        windows = list(windows)
        requests = [self._window(limit, offset, extra) for limit, offset in windows]
        answers = list(self.send_all(requests, again=again))
        for index, exchange in enumerate(answers):
            if exchange.status >= 500:
                answers[index] = self.send(requests[index], again=True)
        return [
            read_page(exchange, self.operation, offset or 0, paging.default_limit if limit is None else limit)
            for exchange, (limit, offset) in zip(answers, windows, strict=True)
        ]

    def _window(self, limit: int | None, offset: int | None, extra: tuple[tuple[str, Any], ...]) -> Request:
        paging = self.operation.pagination
        assert paging is not None
        query = list(extra)
        if limit is not None:
            query.append((paging.limit, limit))
        if offset is not None:
            query.append((paging.offset, offset))
        return self.request(*query, plain=not extra)

    def walk(
        self, limit: int, *, again: bool = False, extra: tuple[tuple[str, Any], ...] = (), most: int = 40
    ) -> tuple[list[Page], bool]:
        """The pages from 0, by total, and whether they are the whole account."""
        first = self.page(limit, 0, again=again, extra=extra)
        if first is None:
            return [], False
        offsets = range(limit, max(first.total, 0), limit)
        whole = len(offsets) < most
        rest = self.pages([(limit, at) for at in offsets[: most - 1]], again=again, extra=extra)
        found = [page for page in rest if page is not None]
        return [first, *found], whole and len(found) == len(rest)

    def confirmed(self, experiment: Callable[[bool], list[Finding]]) -> list[Finding] | None:
        """Findings that no row that came or went explains; None where that cannot be told."""
        findings = experiment(False)
        if not findings:
            return []
        for _ in range(6):
            before = self._total()
            findings = experiment(True)
            if not findings:
                return []
            if before == self._total():
                return findings
        return None

    def _total(self) -> int | None:
        page = self.page(1, 0, again=True)
        return page.total if page else None
