"""One run, asked in other ways: shards that are merged, two processes, two hosts; are the verdicts one?

python -m benchmarks.ways [SEED]... [--profile P] [--fault NAME[@REGION]]...
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHARDS = 3
HOST = ("--tx", f"popen//python={sys.executable}")
WAYS = {"-n 2": ("-n", "2"), "--tx, two": (*HOST, *HOST)}
SEEDS = tuple(range(1, 11))

Place = tuple[str, str, str | None]  # requirement, operation, region


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to in one way, and how long it took."""

    verdict: str
    results: dict[Place, str]
    seconds: float

    def differences(self, other: Outcome) -> list[Place]:
        """The places whose outcomes differ."""
        places = sorted({*self.results, *other.results}, key=str)
        return [one for one in places if self.results.get(one) != other.results.get(one)]


def outcomes(seed: int, options: Sequence[str], folder: Path) -> Iterator[tuple[str, Outcome]]:
    """The run of a seed, by the name of the way in which it was asked."""
    common = ("run", "--quiet", "--seed", str(seed), *options)
    one = folder / "one"
    yield "one process", _timed(one, partial(_run, *common, "--out", str(one)))
    yield f"{SHARDS} shards", _timed(folder / "merged", partial(_sharded, common, folder))
    for number, (name, arguments) in enumerate(WAYS.items()):
        out = folder / str(number)
        words = (*common, "--out", str(out), "--", *arguments)
        yield name, _timed(out, partial(_run, *words))


def _timed(out: Path, run: Callable[[], object]) -> Outcome:
    began = time.perf_counter()
    run()
    seconds = time.perf_counter() - began
    report = json.loads((out / "report.json").read_text("utf-8"))
    results = {
        (result["requirement"], result["operation"], result["region"]): result["outcome"]
        for result in report["results"]
    }
    return Outcome(report["verdict"], results, seconds)


def _sharded(common: Sequence[str], folder: Path) -> None:
    parts = [str(folder / f"shard-{number}") for number in range(1, SHARDS + 1)]
    for number, part in enumerate(parts, 1):
        _run(*common, "--shard", f"{number}/{SHARDS}", "--out", part)
    _run("merge", *parts, "--out", str(folder / "merged"))


def _run(*words: str) -> None:
    """Run the program; what it came to is read from its report."""
    command = [sys.executable, "-m", "conformance", *words]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


@click.command()
@click.argument("seeds", nargs=-1, type=int)
@click.option("--profile", default="standard", show_default=True)
@click.option("--fault", "faults", multiple=True, help="A fault of the mock; repeatable.")
def main(seeds: tuple[int, ...], profile: str, faults: tuple[str, ...]) -> None:
    """Print a table of ten seeds; exit 1 where a verdict or an outcome differs."""
    options = ["--profile", profile, *(word for name in faults for word in ("--fault", name))]
    differ = False
    for seed in seeds or SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            found = dict(outcomes(seed, options, Path(folder)))
        first = found["one process"]
        cells = [f"{first.verdict}, {len(first.results)} results, {first.seconds:.0f} s"]
        for name, outcome in list(found.items())[1:]:
            other = first.differences(outcome)
            differ = differ or bool(other) or outcome.verdict != first.verdict
            said = f"{outcome.verdict}: {len(other)} differ: {other[:3]}" if other else "the same"
            cells.append(f"{name}: {said}, {outcome.seconds:.0f} s")
        click.echo(f"| {seed} | {' | '.join(cells)} |")
    sys.exit(differ)


if __name__ == "__main__":
    main()
