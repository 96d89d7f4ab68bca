"""One pass over a stream: judgements tallied by what they judge, exchanges only counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.reporting.events import SCHEMA_VERSION, Event, UnknownEvents, read_events
from conformance.reporting.model import Notice

if TYPE_CHECKING:
    from pathlib import Path

Key = tuple[str, str, str | None]


class HeaderMissing(ValueError):  # noqa: N818
    """The stream does not start with a header: the run ended before it began."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no header. The run ended before anything was asked; nothing can be said of it."
        )


@dataclass(slots=True)
class Tally:
    """What the judgements of one requirement, operation and region add up to."""

    states: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    omitted: int = 0
    seconds: float = 0.0
    checks: list[str] = field(default_factory=list)

    def add(self, judgement: Event) -> None:
        """Sum evidence, gather findings, keep the first reason given for each state."""
        state = judgement["state"]
        if state not in self.states:
            self.states.append(state)
        if judgement.get("reason"):
            self.reasons.setdefault(state, judgement["reason"])
        for name, count in (judgement.get("evidence") or {}).items():
            self.evidence[name] = self.evidence.get(name, 0) + count
        self.findings.extend(judgement.get("findings") or ())
        self.omitted += judgement.get("omitted") or 0
        self.seconds += judgement.get("seconds") or 0.0
        if judgement.get("check"):
            self.checks.append(judgement["check"])


@dataclass(slots=True)
class Gathered:
    """A stream read once, without the bodies of its exchanges."""

    header: Event
    footer: Event | None = None
    notices: list[Notice] = field(default_factory=list)
    tallies: dict[Key, dict[str, Tally]] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    last: float = 0.0

    def judged(self, event: Event) -> None:
        """File a judgement under what it judges and the run that made it."""
        key = event["requirement"], event["operation"], event.get("region")
        runs = self.tallies.setdefault(key, {})
        runs.setdefault(event.get("run") or self.header["run"], Tally()).add(event)

    def exchanged(self, event: Event) -> None:
        """Count an exchange; a run without a footer is measured by what it sent."""
        self.requests[event["region"]] += event.get("attempts") or 1
        self.last = max(self.last, seconds_since(self.header["started"], event["started"]) + event["seconds"])


def gather(path: Path) -> Gathered:
    """Read a stream once."""
    events = read_events(path)
    header = next(events, None)
    if header is None or header["event"] != "header":
        raise HeaderMissing(path)
    if header.get("schema") != SCHEMA_VERSION:
        raise UnknownEvents(path, header.get("schema"))
    gathered = Gathered(header)
    for event in events:
        _file(gathered, event)
    return gathered


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
