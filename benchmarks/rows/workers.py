"""Two processes of pytest-xdist on sixty operations, beside one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import many
from benchmarks.costs import ENDED, conformance_run, cost
from benchmarks.mocks import many as served_many
from benchmarks.row import Row, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting


def measure(setting: Setting) -> Iterator[Row]:
    """Two workers on sixty operations, beside one."""
    document, overlay = many.write(setting.folder)
    asked = (f"--spec={document}", f"--overlay={overlay}", "--profile=smoke", "--seed=1")
    with served_many() as served:

        def seconds(*more: str) -> float:
            command = conformance_run(served.urls, setting.out, *asked, *more)
            return cost(command, setting.folder, served.keys, ENDED).seconds

        sides = in_turn(lambda: seconds("--", "-n", "2"), seconds, setting.times)
    yield Row(
        "workers",
        "two workers on 60 operations",
        "one process",
        0.6,
        values=sides.ratios,
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        commands=(
            "conformance run --spec FILE --overlay FILE --profile smoke --seed 1 -- -n 2",
            "conformance run --spec FILE --overlay FILE --profile smoke --seed 1",
        ),
    )
