"""The settings of a run that checks may read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.settings.table import CASES
from conformance.verdict.statistics import observations_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The settings that decide what checks ask, and how answers are judged.

    `latency_budget` is in seconds; `cases` counts generated requests for each operation and region.
    `unsafe` says whether methods that could change state may be sent. `hooks` is a file of hooks of
    Schemathesis. `reduced` says whether the check is to ask as the smoke profile does, which may
    begin while a run is under way.
    """

    asked_profile: str
    walk: str
    asked_cases: int
    asked_observations: int
    latency_budget: float
    shared_keys: bool
    shared_data: bool
    unsafe: bool
    hooks: Path | None = None
    reduced: Callable[[], bool] = field(default=bool, compare=False)

    @property
    def profile(self) -> str:
        """How much to ask."""
        return "smoke" if self.reduced() else self.asked_profile

    @property
    def observations(self) -> int:
        """How many observations of each MUST to make at random, beside all else."""
        return 0 if self.reduced() else self.asked_observations

    @property
    def cases(self) -> int:
        """How many requests to generate."""
        return CASES["smoke"] if self.reduced() else self.asked_cases

    @classmethod
    def of(
        cls, settings: Settings, *, unsafe: bool, reduced: Callable[[], bool] = bool
    ) -> CheckSettings:
        """The part of a run's settings that checks may read."""
        return cls(
            asked_profile=settings.profile,
            walk=settings.walk,
            asked_cases=settings.cases,
            asked_observations=observations_for(settings.rarest) if settings.rarest else 0,
            latency_budget=settings.latency_budget,
            shared_keys=settings.shared_keys,
            shared_data=settings.shared_data,
            unsafe=unsafe,
            hooks=settings.hooks,
            reduced=reduced,
        )
