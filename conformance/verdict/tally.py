"""One pass over a stream: judgements tallied by what they judge, exchanges only counted."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from conformance.events.errors import Unreadable
from conformance.events.messages import ExchangeSummary, Footer, Header, Judgement, Notice
from conformance.events.reader import read_counted
from conformance.verdict.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from conformance.events.model import Deviating, Finding, Key, Sampled, Unexercised
    from conformance.events.reader import CountedEvent

_T = TypeVar("_T")
_NONE: Mapping[str, Any] = MappingProxyType({})


class HeaderMissing(Unreadable):
    """The stream does not start with a header: the run ended before it began."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no header. The run ended before anything was asked; nothing can be said of it."
        )


@dataclass(slots=True)
class Tally:
    """What one run's judgements of a requirement, operation and region add up to.

    A large run has hundreds of thousands: values are shared where they are equal, and nothing is
    kept of a check that found nothing.
    """

    run: str
    states: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=lambda: _NONE)
    evidence: Mapping[str, int] = field(default_factory=lambda: _NONE)
    findings: tuple[Finding, ...] = ()
    omitted: int = 0
    unlisted: tuple[tuple[str, ...], ...] = ()
    unlisted_at: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    deviating: tuple[Deviating, ...] = ()
    seconds: float = 0.0
    checks: tuple[str, ...] = ()
    unexercised: Unexercised | None = None
    sampled: Sampled | None = None
    exhausted: bool = False

    def add(self, judgement: Judgement) -> None:
        """Sum evidence, collect findings, keep the first reason given for each state."""
        if judgement.state not in self.states:
            self.states = _shared((*self.states, judgement.state))
        if judgement.reason:
            self.reasons = {judgement.state: judgement.reason, **self.reasons}

        self.evidence = _summed(self.evidence, judgement.evidence)
        if judgement.findings:
            self.findings += judgement.findings
        self.omitted += judgement.omitted
        if judgement.unlisted:
            self.unlisted += judgement.unlisted
            # A stream of an earlier version says no places.
            self.unlisted_at += judgement.unlisted_at or ("",) * len(judgement.unlisted)
        if judgement.cases:
            self.cases += judgement.cases
        if judgement.deviating:
            self.deviating += judgement.deviating
        self.seconds += judgement.seconds
        self.unexercised = self.unexercised or judgement.unexercised
        self.sampled = self.sampled or judgement.sampled
        self.exhausted = self.exhausted or judgement.exhausted

        if judgement.check and (judgement.state != "judged" or judgement.findings):
            self.checks += (judgement.check,)


@lru_cache(maxsize=4096)
def _shared(value: _T) -> _T:
    return value


@lru_cache(maxsize=4096)
def _evidence(items: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return dict(items)


def _summed(evidence: Mapping[str, int], more: Mapping[str, int]) -> Mapping[str, int]:
    if evidence:
        more = {name: evidence.get(name, 0) + more.get(name, 0) for name in {**evidence, **more}}
    return _evidence(tuple(more.items()))


@dataclass(slots=True)
class StreamTally:
    """A stream read once, without the bodies of its exchanges.

    `expected` is taken out of the header, whose own is empty. `last` is how many seconds after the
    start the last exchange ended.
    """

    header: Header
    expected: list[Key]
    footer: Footer | None = None
    notices: list[Notice] = field(default_factory=list)
    tallies: dict[Key, tuple[Tally, ...]] = field(default_factory=dict)
    exchanged: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)  # operations
    answers: dict[str, Answers] = field(default_factory=dict)
    last: float = 0.0

    def add(self, event: CountedEvent) -> None:
        """Take an event into account."""
        match event:
            case Judgement():
                self._judged(event)
            case ExchangeSummary():
                self._exchanged(event)
            case Notice():
                self.notices.append(event)
            case Footer():
                self.footer = event

    def _judged(self, judgement: Judgement) -> None:
        """File a judgement under what it judges and the run that made it."""
        key = key_of(judgement.requirement, judgement.operation, judgement.region)
        run = self.header.run if judgement.run is UNSET else judgement.run
        tallies = self.tallies.get(key, ())

        tally = next((tally for tally in tallies if tally.run == run), None)
        if tally is None:
            tally = Tally(intern(run))
            self.tallies[key] = (*tallies, tally)
        tally.add(judgement)

    def _exchanged(self, exchange: ExchangeSummary) -> None:
        self.exchanged[exchange.region] += exchange.attempts
        self.asked.add(intern(exchange.operation))
        self.answers.setdefault(exchange.region, Answers()).add(exchange)
        ended = seconds_since(self.header.started, exchange.started) + exchange.seconds
        self.last = max(self.last, ended)

    @property
    def requests(self) -> dict[str, int]:
        """How many requests each region got; without a footer, as far as exchanges were
        recorded.
        """
        return self.footer.requests if self.footer else dict(self.exchanged)

    @property
    def duration_seconds(self) -> float:
        """How long the run took; without a footer, until its last exchange."""
        return self.footer.duration_seconds if self.footer else round(self.last, 3)

    @property
    def cut_short(self) -> str | None:
        """Why the run did not reach its end; nothing if it did."""
        if self.footer is None:
            return "the stream has no footer, so the run was killed or is still going"
        reason = self.footer.stopped or self.footer.error
        return reason.rstrip(".") if reason else None


def key_of(requirement: str, operation: str, region: str | None) -> Key:
    """A key whose strings are shared with every other key."""
    return intern(requirement), intern(operation), region if region is None else intern(region)


def tally(path: Path) -> StreamTally:
    """Read a stream once; raises Unreadable for what is no stream of this version."""
    events = read_counted(path)
    header = next(events, None)
    if not isinstance(header, Header):
        raise HeaderMissing(path)

    # Taken out of the header: as decoded, it is the largest thing a run brings.
    expected = [key_of(*key) for key in header.expected]
    stream = StreamTally(replace(header, expected=()), expected)
    del header
    for event in events:
        stream.add(event)
    return stream


@contextmanager
def uncollected() -> Iterator[None]:
    """Build many values that are all kept, without the collector walking them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def seconds_since(start: str, moment: str) -> float:
    """The seconds between two RFC 3339 moments; 0 where either cannot be read."""
    try:
        return (datetime.fromisoformat(moment) - datetime.fromisoformat(start)).total_seconds()
    except (TypeError, ValueError):
        return 0.0
