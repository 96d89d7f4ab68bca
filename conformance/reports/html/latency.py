"""Latency by region and kind of answer, as small distributions."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field

BINS = 36
_KINDS = ("answers", "refusals", "client errors", "server errors", "no response")


@dataclass(frozen=True, slots=True)
class Distribution:
    """How long one region took for one kind of answer; bars are heights from 0 to 1."""

    region: str
    kind: str
    count: int
    median: float
    p95: float
    longest: float
    bars: list[float]


@dataclass(slots=True)
class Latencies:
    """Milliseconds, gathered as exchanges go by: eight bytes each."""

    samples: dict[tuple[str, str], array[float]] = field(default_factory=dict)

    def add(self, region: str, status: int | None, seconds: float) -> None:
        """Take an exchange into account; no status: no response."""
        self.samples.setdefault((region, _kind(status)), array("d")).append(seconds * 1000)

    def spread(self, region: str) -> tuple[float, float] | None:
        """The median and the 95th percentile of a region's answers with 2xx; none without any."""
        values = sorted(self.samples.get((region, "answers"), ()))
        return (_quantile(values, 0.5), _quantile(values, 0.95)) if values else None

    def distributions(self) -> list[Distribution]:
        """The distributions, on one logarithmic scale so that they can be compared."""
        low, high = self.scale()
        order = sorted(self.samples, key=lambda key: (_KINDS.index(key[1]), key[0]))
        return [_distribution(*key, sorted(self.samples[key]), low, high) for key in order]

    def scale(self) -> tuple[float, float]:
        """The shortest and the longest, in milliseconds."""
        longest = max((max(values) for values in self.samples.values()), default=1.0)
        shortest = min((min(values) for values in self.samples.values()), default=1.0)
        return max(shortest, 0.1), max(longest, shortest * 1.01, 0.2)


def _kind(status: int | None) -> str:
    if status is None:
        return "no response"
    if status in (401, 403):
        return "refusals"
    return "server errors" if status >= 500 else "client errors" if status >= 400 else "answers"


def _distribution(
    region: str, kind: str, values: list[float], low: float, high: float
) -> Distribution:
    counts = [0] * BINS
    width = math.log(high / low) / BINS
    for value in values:
        place = int(math.log(max(value, low) / low) / width) if width else 0
        counts[min(max(place, 0), BINS - 1)] += 1
    bars = [round(count / max(counts), 3) for count in counts]
    return Distribution(
        region, kind, len(values), _quantile(values, 0.5), _quantile(values, 0.95), values[-1], bars
    )


def _quantile(values: list[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]
