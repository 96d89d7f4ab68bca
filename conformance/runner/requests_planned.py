"""How many requests each region is sent: as many as are planned, or as a limit leaves room for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from conformance.runner.forecast import Extent, Reduction
from conformance.runner.shares import own_operations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.client.quota import Allowance
    from conformance.runner.forecast import Asking
    from conformance.runner.part import Share
    from conformance.settings import Settings

LEAST_PART = 0.01  # of a plan, that a process is taken to have


class RequestsPlanned:
    """The extent of a run, and what each region is asked less.

    `further` are the operations of which the front is asked in brief.
    """

    def __init__(
        self,
        settings: Settings,
        regions: Sequence[str],
        further: frozenset[str],
        share: Share | None,
    ) -> None:
        self._settings, self._regions, self._share = settings, regions, share
        self.further = further
        self.extent = Extent()  # until the checks are known
        self.reductions: dict[str, Reduction] = {}  # by region
        self._parts: dict[str, float] = {}  # this process's part of the requests of each region

    def count(self, asking: Iterable[Asking]) -> None:
        """Count what these checks are going to ask, and reduce it where a limit is set too low."""
        settings, asking = self._settings, list(asking)
        self.extent = Extent(asking, settings.profile, self.further)
        if self._share:
            operations = own_operations(asking, self._share.worker, self._share.count)
            self._parts = {name: self.extent.part(name, operations) for name in self._regions}

        most, limits = math.inf, []
        if settings.max_requests is not None:
            most, limits = settings.max_requests, [f"--max-requests {settings.max_requests}"]
        if settings.rate is not None and settings.max_time is not None:
            limits.append(f"--rate {settings.rate:g} for --max-time {settings.max_time:g}")
            most = min(most, settings.rate * settings.max_time)
        for name in self._regions:
            self._reduce(name, most, " and ".join(limits))

    def limited(self, name: str, allowance: Allowance) -> None:
        """Ask less of a region whose quota does not leave time for all that is planned."""
        # Each process of several has a part of the quota, as it has of the plan.
        part = max(LEAST_PART, self._parts.get(name, 1.0))
        a_minute = allowance.a_minute / part
        self._reduce(name, allowance.most / part, f"a quota of about {a_minute:,.0f} a minute")

    def most(self, name: str) -> int | None:
        """How many requests this process may send to a region, of those that the run may."""
        most = self._settings.max_requests
        return None if most is None else max(1, int(most * self._parts.get(name, 1.0)))

    def _reduce(self, name: str, most: float, limit: str) -> None:
        planned = self.extent.requests(name)
        if self.extent.fit(name, most):
            first = self.reductions.get(name)
            planned_first = first.planned if first else planned
            self.reductions[name] = Reduction(planned_first, self.extent.requests(name), limit)
