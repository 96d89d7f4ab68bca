"""What failed already before a run: in an earlier report, or when a history last told. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.events.model import Key
    from conformance.verdict.compare import ComparedReport
    from conformance.verdict.history import History
    from conformance.verdict.report import Outcome

_BAD = frozenset({"failed", "warned"})
# An accepted failure is a failure: that the reference waived it makes it no newer.
_WAS_BAD = _BAD | {"waived"}


@dataclass(frozen=True)
class Reference:
    """The failures that something has which was judged before, and the regions that it judged."""

    failing: Mapping[Key, Outcome] = field(default_factory=dict)
    regions: frozenset[str | None] = frozenset()

    def has(self, key: Key, outcome: Outcome) -> bool:
        """Whether a failure was there before; a warning that became a failure was not.

        A region that the reference never judged, such as a candidate beside production, is compared
        with all of its regions: the failure is known if one of them has it.
        """
        requirement, operation, region = key
        regions = [region] if region in self.regions else list(self.regions)
        before = {self.failing.get((requirement, operation, name)) for name in regions}
        if outcome == "failed":
            return bool(before & {"failed", "waived"})
        return bool(before & _WAS_BAD)


def of_report(report: ComparedReport) -> Reference:
    """The failures of a report."""
    outcomes = ((result.key, result.outcome) for result in report.results)
    return _reference(outcomes)


def of_history(history: History) -> Reference:
    """The failures of a history: what each requirement was when it was last told."""
    told = [(track.key, track.telling[-1]) for track in history.tracks if track.telling]
    return _reference(told)


def _reference(outcomes: Iterable[tuple[Key, Outcome]]) -> Reference:
    known = list(outcomes)
    failing = {key: outcome for key, outcome in known if outcome in _WAS_BAD}
    return Reference(failing, frozenset(key[2] for key, _ in known))
