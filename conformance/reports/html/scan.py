"""One pass over the stream for the page: exchanges of findings, latencies, the course of the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.events.messages import ExchangeRecord
from conformance.events.reader import read_summaries
from conformance.reports.exchanges import ids_of_findings
from conformance.reports.html.latency import Latencies
from conformance.reports.html.timeline import Course

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.report import Report


@dataclass(slots=True)
class Scan:
    """What the page needs of the exchanges."""

    exchanges: dict[str, ExchangeRecord] = field(default_factory=dict)
    latencies: Latencies = field(default_factory=Latencies)
    course: Course = field(default_factory=Course)


def scan(report: Report, events: Path, samples: set[str]) -> Scan:
    """Read the exchanges once; whole only those of findings and samples."""
    found = Scan(course=Course(report.started))
    wanted = ids_of_findings(report) | dict.fromkeys(samples)
    for exchange in read_summaries(events, whole=wanted):
        found.latencies.add(exchange.region, exchange.status, exchange.seconds)
        found.course.add(exchange)
        if isinstance(exchange, ExchangeRecord):
            found.exchanges[exchange.id] = exchange
    return found
