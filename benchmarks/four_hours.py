"""A watch over four hours of an accelerated clock: real runs, a fault, two outages, a restart, its memory.

python -m benchmarks.four_hours: print the table, draw docs/pictures/watch.svg; exit 1 where what was
reported is not what happened, or memory grows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.watch_figure import Band, Figure
from conformance.cli.watch import Live
from conformance.mock import MockOptions, keys
from conformance.mock.process import MockProcess
from conformance.settings import load
from conformance.watch.loop import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.verdict.report import Report
    from conformance.watch.loop import Round

HOUR = 3600.0
FAULT = "has-more-always@india"
# In hours: when india breaks PAG-03, when it does not answer, and when the watch is started anew.
FAULTY, OUTAGES, RESTART, END = (0.5, 2.5), ((1.0, 1.5), (2.75, 3.0)), 2.0, 4.0
FOLLOWED = ("PAG-03", "region")  # the fault breaks more, which the page need not repeat
EXPECTED = (
    "PAG-03 (india · list-batch-calls) starts failing",
    "region india cannot be judged",
    "region india can be judged again",
    "PAG-03 (india · list-batch-calls) recovers",
    "region india cannot be judged",
    "region india can be judged again",
)
CLOSED = 9  # a port on which nothing listens
MOST_GROWTH = (
    2.0  # MB, in the second half of a process; caches and the window of runs fill in the first
)
PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "watch.svg"


@dataclass(frozen=True, slots=True)
class Seen:
    """One round: when it began, in hours, the memory of the watch after it, and what it reported."""

    hour: float
    megabytes: float
    told: tuple[str, ...]


class Hours(Live):
    """The suite as it is, and a clock that jumps over every wait."""

    def begin(self, hour: float, until: float) -> None:
        """Set the clock, and when the watch is ended."""
        self.now, self.until = hour * HOUR, until * HOUR

    def run(self) -> tuple[Report, Path]:
        """One real run against the servers of this hour."""
        hour = self.now / HOUR
        self.seen = Seen(hour, 0.0, ())
        lost = any(first <= hour < last for first, last in OUTAGES)
        faults = (FAULT,) if FAULTY[0] <= hour < FAULTY[1] else ()
        ports = [int(url.rpartition(":")[2]) for url in self.settings.region.values()]
        options = MockOptions(faults=faults, global_port=ports[0], india_port=ports[1])
        with MockProcess(options) as mock:
            if not lost:
                return super().run()
            region = {"global": mock.urls["global"], "india": f"http://127.0.0.1:{CLOSED}"}
            given, self.settings = self.settings, replace(self.settings, region=region)
            try:
                return super().run()
            finally:
                self.settings = given

    def tell(self, lines: list[str], latest: Round | None) -> bool:
        """Note what a receiver would be told of the fault itself, and of regions."""
        told = tuple(line.partition(":")[0] for line in lines if line.startswith(FOLLOWED))
        self.seen = replace(self.seen, told=told)
        return True

    def clock(self) -> float:
        """The clock of the watch."""
        return self.now

    def wait(self, seconds: float) -> bool:
        """Jump over it, having said what was seen."""
        print(json.dumps(asdict(replace(self.seen, megabytes=_resident()))), flush=True)
        self.now += seconds
        return self.now >= self.until


def watch(folder: Path, begin: float, until: float, every: float) -> None:
    """Keep one part of the watch, in this process."""
    with MockProcess(MockOptions()) as mock:
        region = [f"{name}={url}" for name, url in mock.urls.items()]
    chosen = {"only_operation": ("list-batch-calls",), "profile": "smoke", "examples": "off"}
    settings = load({"region": region, "out": str(folder / "out"), "quiet": True, **chosen})
    hours = Hours(settings, (), None, None)
    hours.begin(begin, until)
    Watch(folder / "watch.sqlite", every * 60, hours).keep_watch()


def rounds(folder: Path, every: float) -> Iterator[Seen]:
    """What both parts of the watch saw: a process each, with one history."""
    begin = 0.0
    for until in (RESTART, END):
        words = [sys.executable, "-m", "benchmarks.four_hours", "--every", str(every)]
        words += ["--part", str(folder), str(begin), str(until)]
        named = {
            f"FORMANT_API_KEY_{name.upper()}": key for name, key in keys(MockOptions()).items()
        }
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, env=os.environ | named
        ) as part:
            assert part.stdout
            for line in part.stdout:
                given = json.loads(line)
                yield Seen(given["hour"], given["megabytes"], tuple(given["told"]))
        begin = until


def problems(seen: Sequence[Seen]) -> list[str]:
    """What is not as it should be."""
    told = [line for one in seen for line in one.told]
    found = [f"reported {told}, not {list(EXPECTED)}"] * (told != list(EXPECTED))
    for part in _parts(seen):
        hour, megabytes = part[len(part) // 2]
        growth = part[-1][1] - megabytes
        if growth > MOST_GROWTH:
            found.append(f"memory grew by {growth:.1f} MB from {hour:.1f} h on")
    return found


def figure(seen: Sequence[Seen]) -> Figure:
    """Memory over the hours, with what happened to the servers."""
    bands = [Band(*FAULTY, "india breaks PAG-03", "#fdf3d7", row=1)]
    bands += [Band(*outage, "no answer", "#f6cfcf") for outage in OUTAGES]
    bands.append(Band(RESTART, RESTART + 0.02, "restart", "#333"))
    title = "Memory of conformance watch over four hours"
    return Figure(title, _parts(seen), bands, END)


def _parts(seen: Sequence[Seen]) -> list[list[tuple[float, float]]]:
    """Hours and megabytes, by process."""
    return [
        [(one.hour, one.megabytes) for one in seen if first <= one.hour < last]
        for first, last in ((0.0, RESTART), (RESTART, END))
    ]


def _resident() -> float:
    """How much memory this process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@click.command()
@click.option("--every", default=2.0, show_default=True, help="Minutes from run to run.")
@click.option("--part", nargs=3, type=str, default=None, hidden=True)
def main(every: float, part: tuple[str, str, str] | None) -> None:
    """Watch four hours, in some minutes."""
    if part:
        watch(Path(part[0]), float(part[1]), float(part[2]), every)
        return
    with tempfile.TemporaryDirectory(prefix="conformance-watch-") as folder:
        seen = list(rounds(Path(folder), every))
    for one in seen:
        click.echo(f"{one.hour:4.2f} h  {one.megabytes:5.1f} MB  {'; '.join(one.told)}")
    PICTURE.write_text(figure(seen).svg(), "utf-8", newline="\n")
    found = problems(seen)
    click.echo("\n".join(found) or f"{len(seen)} rounds; each change once; memory is flat")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
