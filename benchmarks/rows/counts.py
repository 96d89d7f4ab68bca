"""Requests that a verdict takes, counted in report.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.costs import ENDED, conformance_run, cost
from benchmarks.mocks import mock
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting

TARGETS = {"standard": 400, "smoke": 60}


def measure(setting: Setting) -> Iterator[Row]:
    """Requests sent for a verdict, in the region that is asked most; a seed for each time."""
    with mock() as served:
        for profile, target in TARGETS.items():
            sent: list[float] = []
            for seed in range(1, setting.times + 1):
                more = (f"--profile={profile}", f"--seed={seed}")
                command = conformance_run(served.urls, setting.out, *more)
                cost(command, setting.folder, served.keys, codes=ENDED)
                sent.append(max(setting.requests().values()))
            yield Row(
                f"counts-{profile}",
                f"requests sent for a verdict, profile {profile}, the region asked most",
                "counted",
                target,
                unit="requests",
                values=tuple(sent),
                commands=(f"conformance run --profile {profile} --seed 1, 2, ...", ""),
            )
