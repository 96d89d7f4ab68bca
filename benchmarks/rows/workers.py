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


LATENCY = 60  # ms
COMMAND = "conformance run --spec FILE --overlay FILE --profile smoke --seed 1"


def measure(setting: Setting) -> Iterator[Row]:
    """Two workers on sixty operations, beside one; each keeps its own requests in flight."""
    yield _row(setting, 0, "workers", "no latency: servers and suite share the processors")
    yield _row(setting, LATENCY, f"workers-{LATENCY}", f"{LATENCY} ms latency")


def _row(setting: Setting, latency: int, key: str, line: str) -> Row:
    document, overlay = many.write(setting.folder)
    asked = (f"--spec={document}", f"--overlay={overlay}", "--profile=smoke", "--seed=1")
    with served_many(latency) as served:

        def seconds(*more: str) -> float:
            command = conformance_run(served.urls, setting.out, *asked, *more)
            return cost(command, setting.folder, served.keys, ENDED).seconds

        sides = in_turn(lambda: seconds("--", "-n", "2"), seconds, setting.times)
    return Row(
        key,
        f"two workers on 60 operations, {line}",
        "one process",
        0.6,
        values=sides.ratios,
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        commands=(f"{COMMAND} -- -n 2", COMMAND),
    )
