"""One check at one place: what it sends, what it judges, and how it ended."""

from __future__ import annotations

import inspect
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conformance.checks.deviating import note_deviating
from conformance.checks.rows_seen import needed_of
from conformance.client import RegionLost
from conformance.events.model import Unexercised
from conformance.laws.breadth import Unjudgeable
from conformance.runner.machine import trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.contract.operation import Operation
    from conformance.laws.finding import Finding

RENEWALS = 3  # times that a check is run again because the row that it asked for went


@dataclass(eq=False)
class CheckRun:
    """A check function bound to an operation and a region.

    `name` is the node id of its test. `lost` is the reason why its region went silent, `seconds`
    how long the check took. `lacking`: a region has nothing that the operation's path could name.
    `renew` learns another value for a path in a region, where the one that was known names nothing
    any more. `unjudgeable`: why the operation cannot be judged, or not by what is asked here.
    """

    name: str
    function: Callable[..., None]
    requirements: tuple[str, ...]
    context: Context
    sender: Sender
    evidence: Evidence
    renew: Callable[[Operation, str], bool] = lambda operation, region: False
    seconds: float = 0.0
    lost: str | None = None
    lacking: bool = False
    unjudgeable: str | None = None

    def execute(self) -> None:
        """Run the check; a region that is lost leaves its reason behind, as does a machine that
        lacks something; anything else is raised.
        """
        self.lost = self._lost_before()
        if self.lost:
            return

        began = time.perf_counter()
        try:
            self.lacking = bool(self.context.lacking(self.sender.clients))
            if not self.lacking:
                self.function(**self._arguments())
                for _ in range(RENEWALS):
                    if not self._has_something_else():
                        break
                    self.function(**self._arguments())
                note_deviating(self.sender, self.evidence)
        except RegionLost as error:
            self.lost = str(error)
        except Unjudgeable as error:
            self.unjudgeable = str(error)
        except Exception as error:
            self.lost = trouble_of(error)
            if self.lost is None:
                raise
            # What one check lacks the others lack too.
            for client in self.sender.clients.values():
                client.stop(self.lost)
        finally:
            self.seconds = time.perf_counter() - began

    def _has_something_else(self) -> bool:
        """Whether the row that the check asked for went meanwhile, and another one is known instead:
        an account that lives shows as much as one that rests.
        """
        checked = self.context.checked
        renewed = [checked and self.renew(checked, region) for region in self.sender.bereft]
        self.sender.bereft.clear()
        if not any(renewed):
            return False
        self.context = replace(self.context)
        self.sender.context = self.context
        self.evidence.reopen(self.context)
        return True

    def _lost_before(self) -> str | None:
        """Why a region that the check asks was given up before; to prepare requests is dear."""
        if self.context.checked is None:
            return None
        asked = [
            client
            for region, client in self.sender.clients.items()
            if self.context.region in (None, region)
        ]
        return next((client.lost for client in asked if client.lost), None)

    def _arguments(self) -> dict[str, object]:
        """What the function asks for by name: `context`, `sender`, `evidence`."""
        wanted = inspect.signature(self.function).parameters
        offered = {"context": self.context, "sender": self.sender, "evidence": self.evidence}
        return {name: value for name, value in offered.items() if name in wanted}

    def conclude(self) -> None:
        """Complete the judgements of a check that ended: each requirement is judged, or says why
        not.
        """
        for requirement in self.requirements:
            if self.lost or self.unjudgeable:
                self.evidence.unjudged(requirement, self.lost or self.unjudgeable or "")
            else:
                # A check that found nothing to judge has judged, without evidence.
                self.evidence.judge(requirement, [])
                self._note_rows(requirement)
            if self.lacking:
                self.evidence.unexercised(requirement, self._nothing_named())

    def _nothing_named(self) -> Unexercised:
        """What the data lack where no list has a row for the operation's path to name."""
        path = self.context.checked.path if self.context.checked else ""
        return Unexercised(path, 1, 0, "of its kind")

    def _note_rows(self, requirement: str) -> None:
        """Say where the list is empty, or too short to show the requirement broken (Decision 5)."""
        if self.sender.rows == 0:
            self.evidence.lacks_rows(requirement)
            return

        need = self.context.contract.requirements[requirement].rows_needed
        checked = self.context.checked
        if need is None or checked is None or checked.pagination is None:
            return

        needed, rows = needed_of(need, checked.pagination), self.sender.rows
        # An empty list is no small account: nothing whatever is seen of it.
        if rows and rows < needed:
            self.evidence.unexercised(requirement, Unexercised(need.show, needed, rows))

    def broke(self, reason: str) -> None:
        """Record that the suite itself failed in this check."""
        for requirement in self.requirements:
            self.evidence.unjudged(requirement, f"the suite itself failed: {reason}", "broken")

    @property
    def findings(self) -> list[Finding]:
        """Everything that it found."""
        return [
            finding
            for judgement in self.evidence.judgements.values()
            for finding in judgement.findings
        ]

    def failures(self) -> list[str]:
        """A line for each finding that breaks a MUST."""
        catalogue = self.context.contract.requirements
        return [
            f"{name}: expected {finding.expected}; actual {finding.actual}"
            for (name, _), judgement in self.evidence.judgements.items()
            for finding in judgement.findings
            if catalogue[name].level == "MUST"
        ]

    def release(self) -> None:
        """Drop what was reported."""
        self.evidence.judgements.clear()
