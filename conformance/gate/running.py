"""The runs of a gate: the suite with its settings, and the wait for a deployment."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conformance.gate.stopping import Stopping

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.gate.passage import Profile
    from conformance.gate.policy import Policy
    from conformance.settings import Settings
    from conformance.verdict.reference import Reference
    from conformance.verdict.report import Report


@dataclass(frozen=True, slots=True)
class Suite:
    """Runs the suite as `conformance run` does, each time into a folder below `out`."""

    settings: Settings
    policy: Policy
    reference: Reference
    max_failures: int

    def __call__(
        self, name: str, profile: Profile, only: tuple[str, ...], max_time: float
    ) -> Report:
        """One run, ended early once it has seen enough; its reports are written."""
        from conformance.reports.ending import ended
        from conformance.runner.pytest_run import run_pytest

        settings = self._settings(name, profile, only, max_time)
        run_pytest(settings, events_only=True, stops=self._stopping(settings))
        # A smoke run and a repetition are parts of the answer, and no runs of a history.
        history = settings.history if name == "standard" else None
        return ended(settings.out / "events.ndjson", settings.out, history=history).report

    def _settings(
        self, name: str, profile: Profile, only: tuple[str, ...], max_time: float
    ) -> Settings:
        given = self.settings
        return replace(
            given,
            profile=profile,
            only=only or given.only,
            out=given.out / name,
            max_time=min(max_time, given.max_time or max_time),
            wait_for=0.0,  # the gate has waited
        )

    def _stopping(self, settings: Settings) -> Stopping:
        from conformance.contract import load_contract

        catalogue = load_contract(settings.spec, settings.overlay).requirements
        waivers = [
            waiver for waiver in settings.waivers if not _is_over(waiver.expires.isoformat())
        ]
        return Stopping(catalogue, self.policy, self.reference, waivers, self.max_failures)


def _is_over(last_day: str) -> bool:
    return last_day < time.strftime("%Y-%m-%d", time.gmtime())


def problems_of(settings: Settings) -> dict[str, str]:
    """What is wrong with each region that does not answer one plain question well, by region."""
    from conformance.runner.preparation import prepared_session

    session = prepared_session(settings)
    try:
        session.open()
        return session.problems
    finally:
        session.close()


def write_answer(path: Path, document: dict[str, object]) -> None:
    """Write the answer of a gate for programs, whole or not at all."""
    import json

    from conformance.reports.registry import whole

    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as target:
        json.dump(document, target, ensure_ascii=False, indent=1)
        target.write("\n")
