"""A whole proof: every entry is run and judged, with progress on the terminal."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.mock import orders
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
    """The kill matrix, and the problems in it."""

    rows: tuple[Row, ...]
    levels: Mapping[str, str]  # requirements of servers, by id
    too_few_faults: tuple[str, ...]  # MUSTs
    seed: int
    profile: str
    seconds: float
    statements: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[Row]:
        """The rows with a wrong result."""
        return [row for row in self.rows if row.problem]

    @property
    def exit_code(self) -> int:
        """0 if no fault survived, no server got a false positive, and every MUST has its faults."""
        return 1 if self.problems or self.too_few_faults else 0

    @property
    def sentence(self) -> str:
        """The result of the proof."""
        deployed = [row for row in self.rows if row.entry.deployment]
        if deployed:
            skipped = [row.record.skipped for row in deployed if row.record.skipped]
            right = sum(not row.problem for row in deployed) - len(skipped)
            words = (
                f"{right} of {len(deployed) - len(skipped)} deployments judged as an operator would"
            )
            named = ", ".join(dict.fromkeys(skipped))
            return f"{words}; {len(skipped)} skipped: {named}" if skipped else words

        faults = [row for row in self.rows if row.entry.kind == "fault"]
        unbroken = len(self.rows) - len(faults)
        survived = sum(bool(row.problem) for row in faults)
        false_positives = len(self.problems) - survived
        ambiguous = sum(len(row.killed_by) > 1 for row in faults if not row.problem)

        killed = len(faults) - survived
        parts = [
            f"{killed} of {len(faults)} faults killed by the requirement they break",
            f"{false_positives} false positives on {unbroken} servers that break none",
        ]
        if ambiguous:
            parts.append(f"{ambiguous} faults reported as more than one problem")
        if self.too_few_faults:
            parts.append(f"too few faults for {', '.join(self.too_few_faults)}")
        return "; ".join(parts)


def proof(
    entries: Sequence[Entry], options: Options, workers: int | None, *, whole: bool, quiet: bool
) -> Proof:
    """Run and judge every entry; only a whole catalogue can lack faults."""
    from conformance.contract import load_contract

    contract = load_contract()
    operations = [*contract.operations, *load_contract(orders.DOCUMENT).operations]
    catalogue = contract.requirements
    # What neither the bundled API nor the orders have a trait for no server of theirs can break.
    levels = {
        requirement.id: requirement.level
        for requirement in catalogue.values()
        if requirement.applies_to != "document"
        and any(all(map(operation.applies, requirement.traits)) for operation in operations)
    }
    rows: list[Row] = []
    began = time.monotonic()
    with _progress(len(entries), quiet=quiet) as progress:
        task = progress.add_task("proving", total=len(entries), wrong=0)

        def done(entry: Entry, record: Record) -> None:
            row = matrix.row(entry, record, levels)
            rows.append(row)
            wrong = sum(bool(row.problem) for row in rows)
            progress.update(task, advance=1, wrong=wrong, refresh=True)
            if row.problem:
                text = f"{entry.name}: {row.problem}"
                progress.console.print(text, markup=False, highlight=False)

        run_all(entries, options, done, workers or at_once())

    order = {entry.name: index for index, entry in enumerate(entries)}
    rows.sort(key=lambda row: order[row.entry.name])
    return Proof(
        tuple(rows),
        levels,
        tuple(matrix.too_few_faults(rows, levels)) if whole else (),
        options.seed,
        options.profile,
        time.monotonic() - began,
        {name: requirement.statement for name, requirement in catalogue.items()},
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
        # No refresh thread: every proof is a fork of this process.
        auto_refresh=False,
        disable=quiet or not sys.stderr.isatty(),
        transient=True,
    )
