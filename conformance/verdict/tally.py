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

from conformance.events.errors import Unreadable
from conformance.events.heads import read_heads
from conformance.events.reader import SCHEMA_VERSION, Event, UnknownEvents
from conformance.verdict.report import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_T = TypeVar("_T")
_NONE: Mapping[str, Any] = MappingProxyType({})

Key = tuple[str, str, str | None]


class HeaderMissing(Unreadable):
    """The stream does not start with a header: the run ended before it began."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no header. The run ended before anything was asked; nothing can be said of it."
        )


@dataclass(slots=True)
class Tally:
    """What one run's judgements of a requirement, operation and region add up to.

    A large run has hundreds of thousands: values are shared where they are equal, and nothing is kept of a
    check that found nothing.
    """

    run: str
    states: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=lambda: _NONE)
    evidence: Mapping[str, int] = field(default_factory=lambda: _NONE)
    findings: tuple[dict[str, Any], ...] = ()
    omitted: int = 0
    seconds: float = 0.0
    checks: tuple[str, ...] = ()

    def add(self, judgement: Event) -> None:
        """Sum evidence, gather findings, keep the first reason given for each state."""
        state = judgement["state"]
        if state not in self.states:
            self.states = _shared((*self.states, state))
        if judgement.get("reason"):
            self.reasons = {state: judgement["reason"], **self.reasons}
        self.evidence = _summed(self.evidence, judgement.get("evidence") or {})
        if judgement.get("findings"):
            self.findings += tuple(judgement["findings"])
        self.omitted += judgement.get("omitted") or 0
        self.seconds += judgement.get("seconds") or 0.0
        if judgement.get("check") and (state != "judged" or judgement.get("findings")):
            self.checks += (judgement["check"],)


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
class Gathered:
    """A stream read once, without the bodies of its exchanges."""

    header: Event
    expected: list[Key]
    footer: Event | None = None
    notices: list[Notice] = field(default_factory=list)
    tallies: dict[Key, tuple[Tally, ...]] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    last: float = 0.0

    def judged(self, event: Event) -> None:
        """File a judgement under what it judges and the run that made it."""
        key = key_of(event["requirement"], event["operation"], event.get("region"))
        run = event.get("run") or self.header["run"]
        tallies = self.tallies.get(key, ())
        tally = next((tally for tally in tallies if tally.run == run), None)
        if tally is None:
            tally = Tally(intern(run))
            self.tallies[key] = (*tallies, tally)
        tally.add(event)

    def exchanged(self, event: Event) -> None:
        """Count an exchange; a run without a footer is measured by what it sent."""
        self.requests[event["region"]] += event.get("attempts") or 1
        self.last = max(self.last, seconds_since(self.header["started"], event["started"]) + event["seconds"])


def key_of(requirement: str, operation: str, region: str | None) -> Key:
    """A key whose strings are shared with every other key."""
    return intern(requirement), intern(operation), region if region is None else intern(region)


def gather(path: Path) -> Gathered:
    """Read a stream once."""
    events = read_heads(path)
    header = next(events, None)
    if header is None or header["event"] != "header":
        raise HeaderMissing(path)
    if header.get("schema") != SCHEMA_VERSION:
        raise UnknownEvents(path, header.get("schema"))
    # Taken out of the header: as parsed, it is the largest thing a run brings.
    expected = [key_of(*entry[:3]) for entry in header.pop("expected", None) or ()]
    gathered = Gathered(header, expected)
    for event in events:
        _file(gathered, event)
    return gathered


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


def _file(gathered: Gathered, event: Event) -> None:
    match event["event"]:
        case "judgement":
            gathered.judged(event)
        case "exchange":
            gathered.exchanged(event)
        case "notice":
            gathered.notices.append(Notice(event["level"], event.get("region"), event["message"]))
        case "footer":
            gathered.footer = event


def seconds_since(start: str, moment: str) -> float:
    """The seconds between two RFC 3339 moments; 0 where either cannot be read."""
    try:
        return (datetime.fromisoformat(moment) - datetime.fromisoformat(start)).total_seconds()
    except (TypeError, ValueError):
        return 0.0
