"""The course of a run: requests over time by region, with what was refused, failed or lost."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.verdict.tally import seconds_since
from conformance.verdict.text import counted, duration

if TYPE_CHECKING:
    from conformance.events.messages import ExchangeRecord, ExchangeSummary

BINS = 120
HEIGHT = 40
_LIMITED, _FAILED, _LOST = 1, 2, 3
_WORDS = {_LIMITED: "answered 429", _FAILED: "answered 5xx", _LOST: "without an answer"}


@dataclass(frozen=True, slots=True)
class Bar:
    """The requests of a moment: heights from the ground up, and what they were."""

    x: int
    good: float
    limited: float
    failed: float
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The course of one region."""

    region: str
    bars: list[Bar]
    caption: str
    noteworthy: list[str]


@dataclass(slots=True)
class Course:
    """When each request was answered, gathered as exchanges go by: eighteen bytes each."""

    started: str = ""
    ends: dict[str, array[float]] = field(default_factory=dict)
    kinds: dict[str, array[int]] = field(default_factory=dict)
    took: dict[str, array[float]] = field(default_factory=dict)
    repeated: dict[str, int] = field(default_factory=dict)

    def add(self, exchange: ExchangeSummary | ExchangeRecord) -> None:
        """Take an exchange into account."""
        region = exchange.region
        began = max(seconds_since(self.started, exchange.started), 0.0)
        self.ends.setdefault(region, array("d")).append(began + exchange.seconds)
        self.kinds.setdefault(region, array("b")).append(_kind(exchange.status))
        self.took.setdefault(region, array("f")).append(exchange.seconds * 1000)
        self.repeated[region] = self.repeated.get(region, 0) + exchange.attempts - 1

    @property
    def seconds(self) -> float:
        """When the last answer came."""
        return max((max(ends) for ends in self.ends.values()), default=0.0)

    def lanes(self, regions: list[str]) -> list[Lane]:
        """A lane for each region, in this order, all on one scale of time and of height."""
        length = self.seconds or 1.0
        places = {name: place for place, name in enumerate(regions)}

        def order(name: str) -> tuple[int, str]:
            return places.get(name, len(places)), name

        binned = {region: self._binned(region, length) for region in sorted(self.ends, key=order)}
        tallest = max((sum(counts) for bins in binned.values() for counts, _ in bins), default=1)
        return [
            Lane(
                region,
                _bars(bins, length, max(tallest, 1)),
                self._caption(region),
                self.noteworthy_of(region),
            )
            for region, bins in binned.items()
        ]

    def _binned(self, region: str, length: float) -> list[tuple[list[int], float]]:
        """The requests of each moment by kind, and the median of how long they took."""
        counts = [[0, 0, 0, 0] for _ in range(BINS)]
        took: list[list[float]] = [[] for _ in range(BINS)]
        rows = zip(self.ends[region], self.kinds[region], self.took[region], strict=True)
        for end, kind, milliseconds in rows:
            place = min(int(end / length * BINS), BINS - 1)
            counts[place][kind] += 1
            took[place].append(milliseconds)
        return [
            (count, sorted(some)[len(some) // 2] if some else 0.0)
            for count, some in zip(counts, took, strict=True)
        ]

    def _caption(self, region: str) -> str:
        parts = [counted(len(self.ends[region]), "request")]
        if self.repeated.get(region):
            parts.append(f"{counted(self.repeated[region], 'more attempt')}")
        return ", ".join(parts)

    def noteworthy_of(self, region: str) -> list[str]:
        """How many requests were refused, failed or lost, and between when and when."""
        said: list[str] = []
        if region not in self.ends:
            return said
        for kind, words in _WORDS.items():
            times = [
                end
                for end, seen in zip(self.ends[region], self.kinds[region], strict=True)
                if seen == kind
            ]
            if times:
                first, last = f"{min(times):.1f}", duration(max(times))
                span = f"at {last}" if last.startswith(f"{first} ") else f"{first} to {last}"
                said.append(f"{len(times):,} {words}, {span}")
        return said


def _kind(status: int | None) -> int:
    if status is None:
        return _LOST
    if status == 429:
        return _LIMITED
    return _FAILED if status >= 500 else 0


def _bars(bins: list[tuple[list[int], float]], length: float, tallest: int) -> list[Bar]:
    bars = []
    for place, (counts, median) in enumerate(bins):
        if not any(counts):
            continue
        good, limited, failed = counts[0], counts[_LIMITED], counts[_FAILED] + counts[_LOST]
        said = [counted(sum(counts), "request"), f"median {median:.0f} ms"]
        said += [f"{counts[kind]} {words}" for kind, words in _WORDS.items() if counts[kind]]
        title = f"{place * length / BINS:.1f} s: {', '.join(said)}"
        # One of a hundred must still be seen.
        heights = (_height(good, tallest), _height(limited, tallest), _height(failed, tallest))
        bars.append(Bar(place, *heights, title))
    return bars


def _height(count: int, tallest: int) -> float:
    return round(max(count / tallest * HEIGHT, 2.0), 1) if count else 0.0
