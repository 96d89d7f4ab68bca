"""Exchanges on their way to the disk: recorded as they are answered, by whatever thread had the
answer.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.events.writer import encoded
from conformance.runner.records import exchange_record

if TYPE_CHECKING:
    from conformance.client import Exchange
    from conformance.client.redaction import Redactor
    from conformance.events.writer import EventWriter


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent for one check: requests by region, every attempt, and of these how many left no
    record.

    `lines` are the records that are not written yet.
    """

    requests: dict[str, int]
    unrecorded: dict[str, int]
    lines: bytes


class ExchangeLog:
    """Records the exchanges of one process.

    With a writer each record is on the disk before the check goes on. Without one (in a process
    that cannot reach the disk of the run) records are kept until the check is reported.
    """

    def __init__(self, redact: Redactor, writer: EventWriter | None = None) -> None:
        self._redact = redact
        self._writer = writer
        self._lock = threading.Lock()
        self._closed = False
        self._recorded: dict[str, Counter[str]] = defaultdict(Counter)  # by check, then region
        self._unrecorded: dict[str, Counter[str]] = defaultdict(Counter)
        self._lines: dict[str, list[bytes]] = defaultdict(list)
        self.requests: Counter[str] = Counter()  # of all checks, by region

    def record(self, exchange: Exchange, check: str) -> None:
        """Record an exchange of a check; one that is answered after the end of the run is
        dropped.
        """
        line = encoded(exchange_record(exchange, self._redact, check))
        with self._lock:
            if self._closed:
                return
            self._count(exchange, self._recorded[check])
            if self._writer:
                self._writer.write_lines(line)
            else:
                self._lines[check].append(line)

    def count(self, exchange: Exchange, check: str) -> None:
        """Count an exchange of which no record is kept, as of most of a stream."""
        with self._lock:
            self._count(exchange, self._unrecorded[check])

    def _count(self, exchange: Exchange, counter: Counter[str]) -> None:
        counter[exchange.region] += exchange.attempts
        self.requests[exchange.region] += exchange.attempts

    def take(self, check: str) -> Sent:
        """What was sent for a check that ended; the log forgets it."""
        with self._lock:
            recorded = self._recorded.pop(check, Counter())
            unrecorded = self._unrecorded.pop(check, Counter())
            lines = self._lines.pop(check, [])
        return Sent(dict(recorded + unrecorded), dict(unrecorded), b"".join(lines))

    def close(self) -> None:
        """Record nothing further."""
        with self._lock:
            self._closed = True
