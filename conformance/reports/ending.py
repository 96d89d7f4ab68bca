"""The end of a run: its reports are written and compared with a baseline, its summary is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from conformance.verdict.compare import Comparison
    from conformance.verdict.report import ExitCode, Gate, Report


@dataclass(frozen=True, slots=True)
class Ending:
    """The report of a run, the files that were written, and the comparison with a baseline."""

    report: Report
    files: list[Path]
    comparison: Comparison | None = None

    @property
    def exit_code(self) -> ExitCode:
        """The verdict's; with `--gate new` that of the changes."""
        return self.report.exit_code

    def show(
        self, *, quiet: bool = False, verbose: bool = False, console: Console | None = None
    ) -> None:
        """Print the summary on the terminal."""
        from conformance.reports.terminal.summary import print_summary

        print_summary(
            self.report,
            console=console,
            quiet=quiet,
            verbose=verbose,
            files=self.files,
            comparison=self.comparison,
        )


def ended(
    events: Path,
    out: Path,
    baseline: Path | None = None,
    gate: Gate = "verdict",
    history: Path | None = None,
) -> Ending:
    """Conclude a stream, write every format into `out`, append it to a history, and compare it with
    the baseline.
    """
    from conformance.reports.registry import write_reports
    from conformance.verdict.conclude import conclude

    concluded = report = conclude(events)
    # Before anything is written: the baseline may be the file that this report replaces.
    comparison = _compared(report, baseline) if baseline else None
    if comparison and gate == "new":
        report = replace(report, gate="new", exit_code=comparison.exit_code)
    ending = Ending(report, write_reports(report, events, out, comparison), comparison)

    # After them: a history that cannot be written must not take the reports along.
    if history is not None:
        from conformance.reports.history.store import append

        append(history, concluded, events)
    return ending


def _compared(report: Report, baseline: Path) -> Comparison:
    from conformance.verdict.baseline import read_baseline
    from conformance.verdict.compare import compare

    return compare(read_baseline(baseline), report)
