"""A large document: what it costs to read it, and to ask five hundred of its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import large
from benchmarks.costs import ENDED, conformance_run, cost, program
from benchmarks.mocks import large as served_large
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.costs import Cost
    from benchmarks.setting import Setting

PHASES = "examples,coverage,fuzzing"
# As many requests for an operation as the suite generates of one that is no list.
EXAMPLES = 20


def measure(setting: Setting) -> Iterator[Row]:
    """Lint of 13 MB, and a smoke run of 500 operations beside `schemathesis run`."""
    document = large.write(setting.folder)
    size = document.stat().st_size / 2**20
    command = [program("conformance"), "lint", f"--spec={document}"]
    costs = [cost(command, setting.folder) for _ in range(setting.times)]
    yield from _rows("large-lint", f"lint of {size:.0f} MB", costs, (6, 400), command)

    with served_large() as served:
        url = served.urls["main"]
        more = (f"--spec={document}", "--profile=smoke", "--seed=1")
        ours = conformance_run(served.urls, setting.out, *more)
        theirs = [program("schemathesis"), "run", str(document), "--url", url, "--workers", "2"]
        theirs += ["--phases", PHASES, "--max-examples", str(EXAMPLES), "--include-method", "GET"]
        runs = [cost(ours, setting.folder, codes=ENDED) for _ in range(setting.times)]
        others = [cost(theirs, setting.folder, codes=(0, 1)) for _ in range(setting.times)]
    what = f"smoke run of {large.READABLE} operations"
    yield from _rows("large-run", what, runs, (90, 400), ours, others, theirs)


def _rows(
    key: str,
    what: str,
    ours: list[Cost],
    targets: tuple[float, float],
    command: list[str],
    theirs: Sequence[Cost] = (),
    other: Sequence[str] = (),
) -> Iterator[Row]:
    """Seconds and memory of one command, beside those of another."""
    measures: tuple[tuple[str, float, Callable[[Cost], float]], ...] = (
        ("s", targets[0], lambda one: one.seconds),
        ("MB", targets[1], lambda one: one.peak_mb),
    )
    for unit, target, read in measures:
        yield Row(
            f"{key}-{unit.lower()}",
            f"{what}, {'time' if unit == 's' else 'memory'}",
            "schemathesis run, the same document and phases" if theirs else "",
            target,
            unit=unit,
            values=tuple(map(read, ours)),
            ours=tuple(map(read, ours)),
            theirs=tuple(map(read, theirs)),
            side=unit,
            commands=(" ".join(command), " ".join(other)),
        )
