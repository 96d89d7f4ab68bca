"""When a gate needs no further requests: so many certain failures were seen that hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from conformance.events.messages import Judgement
from conformance.gate.policy import Subject
from conformance.verdict.text import counted
from conformance.verdict.waivers import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conformance.contract import Requirement
    from conformance.events.model import Key, Waiver
    from conformance.gate.policy import Policy
    from conformance.runner.recorder import Reported
    from conformance.verdict.reference import Reference


class Stopping:
    """Counts the failures that hold, as checks report them.

    A check reports a finding only when it was confirmed, so each of them is certain.
    """

    def __init__(
        self,
        catalogue: Mapping[str, Requirement],
        policy: Policy,
        reference: Reference,
        waivers: Iterable[Waiver],
        most: int,
    ) -> None:
        self._catalogue, self._policy, self._reference = catalogue, policy, reference
        self._waivers, self._most = tuple(waivers), most
        self._holding: set[Key] = set()

    def __call__(self, reported: Reported) -> str | None:
        """Why to stop after this report; None to go on."""
        for judgement in _judgements(reported):
            key = judgement.requirement, judgement.operation, judgement.region
            if self._holds(judgement, key):
                self._holding.add(key)
        if len(self._holding) < self._most:
            return None
        return f"stopped after {counted(len(self._holding), 'certain failure')}"

    def _holds(self, judgement: Judgement, key: Key) -> bool:
        requirement = self._catalogue[judgement.requirement]
        levels = {finding.level or requirement.level for finding in judgement.findings}
        outcome = "failed" if requirement.level == "MUST" and "MUST" in levels else "warned"
        if not levels or self._reference.has(key, "failed" if outcome == "failed" else "warned"):
            return False
        if any(
            names(waiver, Subject(requirement.level, requirement.area, *key))
            for waiver in self._waivers
        ):
            return False
        return self._policy.action(Subject(requirement.level, requirement.area, *key)) == "hold"


def _judgements(reported: Reported) -> Iterator[Judgement]:
    """The judgements among the lines of a report that has failures."""
    if not any(outcome in ("failed", "warned") for _, outcome in reported.judged):
        return
    for line in reported.lines.splitlines():
        if b'"judgement"' in line[:40]:
            yield msgspec.json.decode(line, type=Judgement)
