"""A walk of a million rows, beside a bare loop that reads only their ids."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from benchmarks.costs import HERE, conformance_run, cost, python
from benchmarks.mocks import mock
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting

ROWS = 1_000_000
ALLOWED = 80.0  # MB above a run of few rows
FEW = 1_000


def measure(setting: Setting) -> Iterator[Row]:
    """A walk of 1,000,000 rows, beside a bare loop; `--walk OPTIONS` says how to walk."""
    options = shlex.split(setting.walk)
    seconds, peaks, bare, bare_peaks, few = [], [], [], [], []
    with mock(rows=ROWS) as served, mock(rows=FEW) as small:
        url, key = served.first
        for _ in range(setting.times):
            if options:
                found = cost(_command(setting, served.urls, options), setting.folder, served.keys)
                seconds.append(found.seconds)
                peaks.append(found.peak_mb)
                few.append(
                    cost(_command(setting, small.urls, options), setting.folder, small.keys).peak_mb
                )
            found = cost(python(str(HERE / "bare_walk.py"), url, key, str(ROWS)), setting.folder)
            bare.append(found.seconds)
            bare_peaks.append(found.peak_mb)
    ours = f"conformance run --region global=URL {setting.walk}" if options else ""
    commands = (ours, "python benchmarks/bare_walk.py URL KEY 1000000")
    yield Row(
        "walk-time",
        "walk of 1,000,000 rows",
        "a bare loop with http.client that reads the ids",
        1.5,
        values=tuple(one / other for one, other in zip(seconds, bare, strict=False)),
        ours=tuple(seconds),
        theirs=tuple(bare),
        commands=commands,
    )
    yield Row(
        "walk-memory",
        "the same: memory above a run of 1,000 rows",
        "peak of the bare loop, to compare",
        ALLOWED,
        unit="MB",
        values=tuple(one - other for one, other in zip(peaks, few, strict=True)),
        ours=tuple(peaks),
        theirs=tuple(bare_peaks),
        side="MB",
        commands=commands,
    )


def _command(setting: Setting, urls: dict[str, str], options: list[str]) -> list[str]:
    name = next(iter(urls))
    return conformance_run({name: urls[name]}, setting.out, *options)
