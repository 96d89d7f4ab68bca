"""Peak memory of a standard run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.costs import conformance_run, cost
from benchmarks.mocks import mock
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting


def measure(setting: Setting) -> Iterator[Row]:
    """Peak memory of a standard run; the servers are not counted."""
    with mock() as served:
        command = conformance_run(served.urls, setting.out)
        peaks = [
            cost(command, setting.folder, served.keys).peak_mb for _ in range(setting.times + 1)
        ]
    yield Row(
        "memory",
        "peak memory of a standard run",
        "",
        250,
        unit="MB",
        values=tuple(peaks[1:]),
        commands=("conformance run --region global=URL --region india=URL", ""),
    )
