"""Outages of a run: which answers failed as they do when a region is down, and when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace as with_fields

from conformance.verdict.text import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.events.messages import ExchangeSummary
    from conformance.verdict.report import Result

GATEWAY = (502, 503, 504)
REQUIREMENT = "ROB-06"


@dataclass(slots=True)
class Answers:
    """The answers of one region, in the order in which they were recorded, and those that failed as
    in an outage.
    """

    count: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)  # when it began, and how it failed
    _first: int = 0  # the number of the first one that failed
    _last: int = 0

    def add(self, exchange: ExchangeSummary) -> None:
        """Count an exchange."""
        self.count += 1
        status = exchange.status
        if status is not None and status not in GATEWAY:
            return

        self.failed.append((exchange.started, "no answer" if status is None else str(status)))
        self._first = self._first or self.count
        self._last = self.count

    @property
    def were_together(self) -> bool:
        """Whether most of what was asked from the first failure to the last one failed."""
        return 2 * len(self.failed) > self._last - self._first + 1

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
        times = sorted(started for started, _ in self.failed)
        first, last = _clock(times[0]), _clock(times[-1])
        when = f"at {first}" if first == last else f"{first} to {last}"
        return f"{len(self.failed)} of {self.count:,} answers ({how}), {when}"


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M:%S")


def _what_happened(answers: Answers) -> str:
    return "was unavailable" if answers.were_together else "failed now and then"


def with_outage(result: Result, answers: Answers | None) -> Result:
    """A failure of ROB-06 with the extent of the outage that it was; any other result unchanged."""
    is_outage = result.requirement == REQUIREMENT and result.outcome == "failed"
    if not is_outage or answers is None or not answers.failed or not result.findings:
        return result
    first = with_fields(result.findings[0], note=answers.words)
    message = f"{result.message} ({answers.words})"
    return replace(result, message=message, findings=(first, *result.findings[1:]))


def outages_in_words(results: Iterable[Result], answers: dict[str, Answers]) -> list[str]:
    """A sentence for each region that had an outage under which ROB-06 failed."""
    regions = dict.fromkeys(
        result.region
        for result in results
        if result.requirement == REQUIREMENT and result.outcome == "failed" and result.region
    )
    return [
        f"{region} {_what_happened(answers[region])}: {answers[region].words}"
        for region in regions
        if region in answers and answers[region].failed
    ]
