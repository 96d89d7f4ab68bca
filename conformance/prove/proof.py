"""A whole proof: every entry run and judged, with progress while it goes on."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.prove import matrix
from conformance.prove.pool import at_once, run_all
from conformance.reports.terminal.console import make_console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.progress import Progress

    from conformance.prove.entries import Entry
    from conformance.prove.job import Options
    from conformance.prove.matrix import Row
    from conformance.prove.record import Record


@dataclass(frozen=True)
class Proof:
    """The kill matrix and what is wrong with it."""

    rows: tuple[Row, ...]
    levels: Mapping[str, str]  # requirements of servers, by id
    bare: tuple[str, ...]  # MUSTs with too few faults
    seed: int
    profile: str
    seconds: float
    statements: dict[str, str] = field(default_factory=dict)

    @property
    def troubles(self) -> list[Row]:
        """The rows that are not as they must be."""
        return [one for one in self.rows if one.trouble]

    @property
    def exit_code(self) -> int:
        """0 where nothing survived, nothing was a false alarm, and every MUST has its faults."""
        return 1 if self.troubles or self.bare else 0

    @property
    def sentence(self) -> str:
        """What it came to."""
        faults = [one for one in self.rows if one.entry.kind == "fault"]
        others = len(self.rows) - len(faults)
        missed = sum(bool(one.trouble) for one in faults)
        alarms = len(self.troubles) - missed
        noisy = sum(len(one.killed_by) > 1 for one in faults if not one.trouble)
        parts = [
            f"{len(faults) - missed} of {len(faults)} faults killed by the requirement they break",
            f"{alarms} false alarms on {others} servers that break none",
        ]
        if noisy:
            parts.append(f"{noisy} faults read as more than one problem")
        if self.bare:
            parts.append(f"too few faults for {', '.join(self.bare)}")
        return "; ".join(parts)


def proof(
    entries: Sequence[Entry], options: Options, workers: int | None, *, whole: bool, quiet: bool
) -> Proof:
    """Run and judge every entry; only a whole catalogue can lack faults."""
    from conformance.contract import load_contract

    catalogue = load_contract().requirements
    levels = {one.id: one.level for one in catalogue.values() if one.applies_to != "document"}
    rows: list[Row] = []
    began = time.monotonic()
    with _progress(len(entries), quiet=quiet) as progress:
        task = progress.add_task("proving", total=len(entries), wrong=0)

        def done(entry: Entry, record: Record) -> None:
            rows.append(matrix.row(entry, record, levels))
            wrong = sum(bool(one.trouble) for one in rows)
            progress.update(task, advance=1, wrong=wrong, refresh=True)
            if rows[-1].trouble:
                progress.console.print(
                    f"{entry.name}: {rows[-1].trouble}", markup=False, highlight=False
                )

        run_all(entries, options, done, workers or at_once())
    order = {one.name: place for place, one in enumerate(entries)}
    rows.sort(key=lambda one: order[one.entry.name])
    return Proof(
        tuple(rows),
        levels,
        tuple(matrix.bare(rows, levels)) if whole else (),
        options.seed,
        options.profile,
        time.monotonic() - began,
        {one.id: one.statement for one in catalogue.values()},
    )


def _progress(count: int, *, quiet: bool) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = make_console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[wrong]} wrong"),
        TimeElapsedColumn(),
        console=console,
        # No thread that draws: every proof is a fork of this process.
        auto_refresh=False,
        disable=quiet or not sys.stderr.isatty(),
        transient=True,
    )
