"""Runs over time: how each requirement fared, when that changed, how flaky it is. Pure."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.verdict.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.events.model import Key, Level
    from conformance.verdict.report import Outcome, Verdict

_BAD = frozenset({"failed", "warned"})
# Outcomes that say how the server fared; the others say that it could not be told.
TELLING = frozenset({"passed", "failed", "warned", "waived"})


@dataclass(frozen=True, slots=True)
class RegionLatency:
    """How long a region took in one run, in milliseconds, and how often it did not answer well."""

    region: str
    median: float
    p95: float
    answers: int
    limited: int = 0
    failed: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run of the past; `shards` is how many it was merged from."""

    run: str
    started: str
    suite: str
    profile: str
    seed: int
    verdict: Verdict
    sentence: str
    duration_seconds: float
    requests: int
    shards: int = 1
    latencies: tuple[RegionLatency, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A requirement in one place over the runs; an outcome of none: that run did not have it."""

    key: Key
    level: Level
    outcomes: tuple[Outcome | None, ...]

    @property
    def telling(self) -> list[Outcome]:
        """The outcomes that say how the server fared."""
        return [outcome for outcome in self.outcomes if outcome in TELLING]

    @property
    def transitions(self) -> int:
        """How often it turned from good to bad or back."""
        bad = [outcome in _BAD for outcome in self.telling]
        return sum(before != after for before, after in itertools.pairwise(bad))

    @property
    def flakiness(self) -> float:
        """The share of possible turns that it took: 0 is steady, 1 another outcome in each run."""
        return self.transitions / (len(self.telling) - 1) if len(self.telling) > 1 else 0.0

    @property
    def is_failing(self) -> bool:
        """Whether it was bad when it was last told."""
        return bool(self.telling) and self.telling[-1] in _BAD

    @property
    def failing_since(self) -> int | None:
        """The run since which it has been failing, as a position; None while it is not."""
        if not self.is_failing:
            return None
        since = None
        for place in range(len(self.outcomes) - 1, -1, -1):
            outcome = self.outcomes[place]
            if outcome in _BAD:
                since = place
            elif outcome in TELLING:
                break
        return since

    @property
    def place(self) -> str:
        """Where it is judged, in words."""
        _, operation, region = self.key
        return f"{region} · {operation}" if region else operation


@dataclass(frozen=True, slots=True)
class History:
    """The runs of a file, oldest first, and the tracks of all results in them."""

    runs: tuple[PastRun, ...]
    tracks: tuple[Track, ...]

    @property
    def notable(self) -> list[Track]:
        """The tracks that ever were bad: those that fail now first, then the flakiest."""
        notable = [track for track in self.tracks if _BAD & set(track.telling)]
        return sorted(notable, key=lambda t: (not t.is_failing, -t.flakiness, t.key[0]))

    @property
    def regions(self) -> list[str]:
        """Every region that any run measured, in the order of their appearance."""
        names = (latency.region for run in self.runs for latency in run.latencies)
        return list(dict.fromkeys(names))

    def medians(self, region: str) -> list[float | None]:
        """The median latency of a region in each run."""
        return [
            next((entry.median for entry in run.latencies if entry.region == region), None)
            for run in self.runs
        ]

    @property
    def sentence(self) -> str:
        """What the history comes to, in one sentence."""
        verdicts = Counter(run.verdict for run in self.runs)
        counts = ", ".join(f"{count} {name}" for name, count in verdicts.most_common())
        failing = sum(track.is_failing for track in self.tracks)
        flaky = sum(track.transitions > 1 for track in self.tracks)
        runs = counted(len(self.runs), "run")
        return f"{runs} ({counts}); {failing} failing now, {flaky} turned twice or more"


def history_of(
    runs: Sequence[PastRun], outcomes: Mapping[Key, tuple[Level, Mapping[str, Outcome]]]
) -> History:
    """Put outcomes (of each result by the id of the run) beside the runs they belong to."""
    tracks = [
        Track(key, level, tuple(by_run.get(run.run) for run in runs))
        for key, (level, by_run) in outcomes.items()
    ]
    return History(
        tuple(runs), tuple(sorted(tracks, key=lambda t: (t.key[0], t.key[1], t.key[2] or "")))
    )
