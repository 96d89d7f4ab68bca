"""What one more result costs in memory: rendered from a stream, and in a run of many operations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import many
from benchmarks.costs import ENDED, conformance_run, cost, program
from benchmarks.mocks import many as served_many
from benchmarks.reports import OPERATIONS, write
from benchmarks.row import Row, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting

KB = 1024.0
MB = 1024.0 * KB
MOST = KB  # bytes that a result may cost


def measure(setting: Setting) -> Iterator[Row]:
    """Memory that one more result costs, of 200,000 rendered and of a run of sixty operations."""
    yield _rendered(setting)
    yield _run(setting)


def _rendered(setting: Setting) -> Row:
    results, commands = [], []
    for operations in (OPERATIONS, OPERATIONS // 4):
        events = setting.folder / f"{operations}.ndjson"
        write(events, operations)
        commands.append([program("conformance"), "report", "-q", f"--out={setting.out}", str(events)])
        results.append(0)
    sides = in_turn(
        lambda: cost(commands[0], setting.folder).peak_mb,
        lambda: cost(commands[1], setting.folder).peak_mb,
        setting.times,
    )
    cost(commands[0], setting.folder)
    results[0] = _results(setting)
    cost(commands[1], setting.folder)
    results[1] = _results(setting)
    more = results[0] - results[1]
    return Row(
        "growth-report",
        f"memory for each result of {results[0]:,}, rendered",
        f"the peak at {results[1]:,} results",
        MOST,
        unit="B",
        values=tuple(one * MB / more for one in sides.differences),
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        side="MB",
        commands=("conformance report EVENTS, every file", "the same with a quarter of the operations"),
        strict=True,
    )


def _run(setting: Setting) -> Row:
    results: dict[int, int] = {}
    with served_many() as served:

        def peak(operations: int) -> float:
            folder = setting.folder / f"{operations}-operations"
            folder.mkdir(exist_ok=True)
            document, overlay = many.write(folder, operations)
            more = (f"--spec={document}", f"--overlay={overlay}", "--profile=smoke", "--seed=1")
            command = conformance_run(served.urls, setting.out, *more)
            found = cost(command, setting.folder, served.keys, ENDED).peak_mb
            results[operations] = _results(setting)
            return found

        sides = in_turn(lambda: peak(60), lambda: peak(6), setting.times)
    more = results[60] - results[6]
    return Row(
        "growth-run",
        f"memory for each result of a run of 60 operations, {results[60]:,} results",
        "the peak with 6 operations",
        MOST,
        unit="B",
        values=tuple(one * MB / more for one in sides.differences),
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        side="MB",
        commands=("conformance run --profile smoke, 60 operations", "the same with 6"),
        strict=True,
    )


def _results(setting: Setting) -> int:
    return len(json.loads((setting.out / "report.json").read_text("utf-8"))["results"])
