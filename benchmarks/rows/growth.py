"""What one more result costs in memory: rendered from a stream, and in a run of many operations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import many as copies
from benchmarks.costs import ENDED, conformance_run, cost, program
from benchmarks.mocks import many as served_many
from benchmarks.reports import OPERATIONS, write
from benchmarks.row import Row, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.row import Sides
    from benchmarks.setting import Setting

KB = 1024.0
MB = 1024.0 * KB
MOST = KB  # bytes that a result may cost


def measure(setting: Setting) -> Iterator[Row]:
    """Memory that one more result costs, of 200,000 rendered and of a run of sixty operations."""
    yield _rendered(setting)
    yield _run(setting)


def _rendered(setting: Setting) -> Row:
    results: dict[int, int] = {}

    def peak(operations: int) -> float:
        events = setting.folder / f"{operations}.ndjson"
        if operations not in results:
            write(events, operations)
        command = [program("conformance"), "report", "-q", f"--out={setting.out}", str(events)]
        found = cost(command, setting.folder).peak_mb
        results[operations] = _results(setting)
        return found

    many, few = OPERATIONS, OPERATIONS // 4
    sides = in_turn(lambda: peak(many), lambda: peak(few), setting.times)
    return _row(
        "growth-report",
        f"memory for each result of {results[many]:,}, rendered",
        f"the peak at {results[few]:,} results",
        sides,
        results[many] - results[few],
        ("conformance report EVENTS, every file", "the same with a quarter of the operations"),
    )


def _run(setting: Setting) -> Row:
    results: dict[int, int] = {}
    with served_many() as served:

        def peak(operations: int) -> float:
            folder = setting.folder / f"{operations}-operations"
            folder.mkdir(exist_ok=True)
            document, overlay = copies.write(folder, operations)
            more = (f"--spec={document}", f"--overlay={overlay}", "--profile=smoke", "--seed=1")
            command = conformance_run(served.urls, setting.out, *more)
            found = cost(command, setting.folder, served.keys, ENDED).peak_mb
            results[operations] = _results(setting)
            return found

        sides = in_turn(lambda: peak(60), lambda: peak(6), setting.times)
    return _row(
        "growth-run",
        f"memory for each result of a run of 60 operations, {results[60]:,} results",
        "the peak with 6 operations",
        sides,
        results[60] - results[6],
        ("conformance run --profile smoke, 60 operations", "the same with 6"),
    )


def _row(
    key: str, what: str, against: str, sides: Sides, more: int, commands: tuple[str, str]
) -> Row:
    """How many bytes each of `more` results costs."""
    return Row(
        key,
        what,
        against,
        MOST,
        unit="B",
        values=tuple(one * MB / more for one in sides.differences),
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        side="MB",
        commands=commands,
        strict=True,
    )


def _results(setting: Setting) -> int:
    return len(json.loads((setting.out / "report.json").read_text("utf-8"))["results"])
