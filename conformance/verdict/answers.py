"""The answers of one region in a run: how many, how long they took, and which failed as in an outage."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING

from conformance.verdict.text import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.events.messages import ExchangeSummary

GATEWAY = (502, 503, 504)
NO_ANSWER = "no answer"
SLOW = 1.0  # seconds that answers take as a rule, from which on a run says why it took long
CHANCE = 2  # requests without an answer that may be chance in a run of any length


@dataclass(frozen=True, slots=True)
class Silence:
    """A request that got no answer at first: the exchange, when it began, and what came instead."""

    exchange: str
    started: str
    what: str


@dataclass(slots=True)
class Answers:
    """The answers of one region, in the order in which they were recorded, and those that failed as
    in an outage.
    """

    count: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)  # when it began, and how it failed
    silent: list[Silence] = field(default_factory=list)  # what was answered when it was sent again
    seconds: array[float] = field(default_factory=lambda: array("f"))  # of each answer
    _first: int = 0  # the number of the first one that failed
    _last: int = 0

    def add(self, exchange: ExchangeSummary) -> None:
        """Count an exchange."""
        self.count += 1
        status = exchange.status
        if exchange.attempts == 1 and status is not None:
            self.seconds.append(exchange.seconds)
        # What got no answer the second time either is no silence of the moment: the region is down.
        if exchange.retried and status is not None:
            self.silent.append(Silence(exchange.id, exchange.started, exchange.retried[0]))
        how = exchange.lapse or _how(status)
        if how is None:
            return

        self.failed.append((exchange.started, how))
        self._first = self._first or self.count
        self._last = self.count

    @property
    def were_together(self) -> bool:
        """Whether most of what was asked from the first failure to the last one failed."""
        return 2 * len(self.failed) > self._last - self._first + 1

    @property
    def were_silent(self) -> bool:
        """Whether all that failed had no answer, however often it was sent."""
        return {kind for _, kind in self.failed} == {NO_ANSWER}

    def exceed(self, percent: float) -> bool:
        """Whether more requests in a hundred than that got no answer until they were sent again."""
        return len(self.silent) > max(CHANCE, self.count * percent / 100)

    @property
    def slowness(self) -> str | None:
        """How long answers took, where a run is slow because of them."""
        if not self.seconds or (usual := median(self.seconds)) < SLOW:
            return None
        return f"answers in {usual:.1f} s as a rule, {max(self.seconds):.1f} s at most"

    @property
    def silence(self) -> str:
        """How many requests got no answer at first, what came instead, and when."""
        what, _ = Counter(silence.what for silence in self.silent).most_common(1)[0]
        when = _between(silence.started for silence in self.silent)
        share = 100 * len(self.silent) / self.count
        return (
            f"left {len(self.silent)} of {self.count:,} requests ({share:.2g} %) without an answer "
            f"until they were sent again ({what}), {when}"
        )

    @property
    def words(self) -> str:
        """How many failed, how, and from when to when."""
        kinds = Counter(kind for _, kind in self.failed)
        how = joined(
            [
                kind if len(kinds) == 1 else f"{count} x {kind}"
                for kind, count in kinds.most_common()
            ]
        )
        when = _between(started for started, _ in self.failed)
        return f"{len(self.failed)} of {self.count:,} answers ({how}), {when}"


def _how(status: int | None) -> str | None:
    """How an exchange failed, where its status alone says that it did as in an outage."""
    if status is None:
        return NO_ANSWER
    return str(status) if status in GATEWAY else None


def _between(moments: Iterable[str]) -> str:
    times = sorted(moments)
    first, last = _clock(times[0]), _clock(times[-1])
    return f"at {first}" if first == last else f"{first} to {last}"


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M:%S")
