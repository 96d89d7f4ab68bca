"""The end of a run: its reports written, compared with an earlier one, the exit code, the last words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from conformance.verdict.compare import Comparison
    from conformance.verdict.report import Report


@dataclass(frozen=True, slots=True)
class Ending:
    """What a run came to, and what was written of it."""

    report: Report
    files: list[Path]
    comparison: Comparison | None = None
    gate: str = "verdict"

    @property
    def exit_code(self) -> int:
        """The verdict's, or under `--gate new` that of what changed."""
        if self.gate == "new" and self.comparison is not None:
            return self.comparison.exit_code
        return self.report.exit_code

    def tell(self, *, quiet: bool = False, verbose: bool = False, console: Console | None = None) -> None:
        """Print it for a person."""
        from conformance.reports.terminal.summary import print_summary

        print_summary(
            self.report,
            console=console,
            quiet=quiet,
            verbose=verbose,
            files=self.files,
            comparison=self.comparison,
            gated=self.gate == "new",
        )


def ended(events: Path, out: Path, baseline: Path | None = None, gate: str = "verdict") -> Ending:
    """Conclude a stream, write every view of it into `out`, compare it with the baseline."""
    from conformance.reports.registry import write_reports
    from conformance.verdict.conclude import conclude

    report = conclude(events)
    # Before anything is written: the baseline may be the very report that this one replaces.
    comparison = _compared(report, baseline) if baseline else None
    return Ending(report, write_reports(report, events, out, comparison), comparison, gate)


def _compared(report: Report, baseline: Path) -> Comparison:
    from conformance.verdict.baseline import read_report
    from conformance.verdict.compare import compare

    return compare(read_report(baseline), report.to_json())
