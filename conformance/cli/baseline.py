"""`conformance baseline`: a file of known failures, each with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT, refuse, unusable_files_refused

if TYPE_CHECKING:
    from conformance.verdict.document import ReportDocument
    from conformance.verdict.known import Baseline, KnownFailure

_REPORT = click.argument("report", metavar="REPORT.json", type=click.Path(path_type=Path))
_FILE = click.argument("file", metavar="BASELINE.toml", type=click.Path(path_type=Path))


@click.group(context_settings=CONTEXT)
def baseline() -> None:
    """Keep a file of known failures, for --baseline of run and --against of gate.

    Each has the day since which it is known and a reason, to be written by a person.
    """


@baseline.command(context_settings=CONTEXT)
@_REPORT
@_FILE
@click.option("--reason", metavar="TEXT", required=True, help="Why its failures are accepted.")
def write(report: Path, file: Path, reason: str) -> None:
    """Write a new file with the failures of a report."""
    from conformance.verdict.known import Baseline, updated

    _must_be_toml(file)
    if file.exists():
        refuse(f"{file}: exists already; `conformance baseline update` adds to it.")
    document = _report(report)
    changed = updated(Baseline(), document, _line(reason), document.started[:10])
    _save(file, changed.baseline)
    _say("known", changed.added)


@baseline.command(context_settings=CONTEXT)
@_REPORT
@_FILE
@click.option("--reason", metavar="TEXT", help="Why the failures that are added are accepted.")
def update(report: Path, file: Path, reason: str | None) -> None:
    """Add what fails in a report besides; the reasons of the others stay."""
    from conformance.verdict.known import NO_REASON, updated

    document = _report(report)
    reason = _line(reason) if reason is not None else NO_REASON
    changed = updated(_baseline(file), document, reason, document.started[:10])
    _save(file, changed.baseline)
    _say("added", changed.added)
    _say("passes now, and can be pruned", changed.passing)


@baseline.command(context_settings=CONTEXT)
@_REPORT
@_FILE
def prune(report: Path, file: Path) -> None:
    """Remove what passes in a report; what it did not judge stays."""
    from conformance.verdict.known import pruned

    changed = pruned(_baseline(file), _report(report))
    _save(file, changed.baseline)
    _say("removed", changed.removed)


def _report(path: Path) -> ReportDocument:
    from conformance.verdict.baseline import read_report

    with unusable_files_refused():
        return read_report(path)


def _baseline(path: Path) -> Baseline:
    from conformance.verdict.known import read_known

    _must_be_toml(path)
    with unusable_files_refused():
        return read_known(path)


def _must_be_toml(path: Path) -> None:
    if path.suffix != ".toml":
        refuse(f"{path}: a baseline file ends in .toml; that tells it from a report.")


def _line(reason: str) -> str:
    if not reason.strip() or not reason.isprintable():
        refuse("--reason: expected a text of one line.")
    return reason


def _save(path: Path, baseline: Baseline) -> None:
    from conformance.reports.registry import whole
    from conformance.verdict.known import text_of

    with unusable_files_refused(), whole(path) as target:
        target.write(text_of(baseline))


def _say(what: str, failures: tuple[KnownFailure, ...]) -> None:
    from conformance.verdict.text import visible

    for known in failures:
        click.echo(visible(f"{what}: {known.named}: {known.reason}"))
    if not failures:
        click.echo(f"{what}: nothing")
