"""`conformance again`: ask once more for what a report found."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT, refuse, unusable_files_refused

if TYPE_CHECKING:
    from conformance.settings import Settings
    from conformance.verdict.document import ReportDocument
    from conformance.verdict.report import Report

ROUNDS = 2  # one could not tell a flaky server from one that was mended


@click.command(context_settings=CONTEXT)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--report",
    "path",
    metavar="REPORT.json",
    type=click.Path(path_type=Path),
    default=Path("reports/report.json"),
    show_default=True,
    help="The report whose findings are asked for.",
)
def again(ids: tuple[str, ...], path: Path) -> None:
    """Ask for a report's findings once more: still failing, flaky, or fixed.

    The requirements that failed or warned in the report (of these ids or globs, if any are named)
    are checked twice, with the report's regions, seed and settings. Exit 0: all are fixed; 1: a
    MUST fails still, or now and then; 3: a MUST could not be judged.
    """
    from conformance.reports.terminal.recheck import print_rechecked
    from conformance.verdict.baseline import read_report
    from conformance.verdict.recheck import bad_results, exit_code_of, rechecked

    with unusable_files_refused():
        report = read_report(path)
    before = bad_results(report, ids)
    if not before:
        _nothing_to_ask(report, path, ids)

    settings = _settings(report, path, sorted({result.requirement for result in before}))
    rounds = [_asked(settings) for _ in range(ROUNDS)]
    results = [rechecked(result, rounds) for result in before]
    print_rechecked(results)
    sys.exit(exit_code_of(results))


def _nothing_to_ask(report: ReportDocument, path: Path, ids: tuple[str, ...]) -> None:
    """End where the report has no such finding; an id that it never judged is a mistake."""
    from conformance.verdict.recheck import is_named

    unknown = [
        name for name in ids if not any(is_named(r.requirement, [name]) for r in report.results)
    ]
    if unknown:
        refuse(f"{path} judged no requirement {unknown[0]}.")
    named = f"{', '.join(ids)} neither failed nor warned" if ids else "nothing failed or warned"
    click.echo(f"{named} in {path}; there is nothing to ask again")
    sys.exit(0)


def _settings(report: ReportDocument, path: Path, requirements: list[str]) -> Settings:
    """The settings of the report's run, for these requirements alone."""
    from dataclasses import replace

    from msgspec import json

    from conformance.runner.preparation import prepared_session
    from conformance.settings import ConfigError
    from conformance.settings.errors import InvalidValue
    from conformance.settings.transfer import decode

    try:
        settings = decode(json.encode(report.config))
    except (InvalidValue, KeyError, TypeError) as error:
        refuse(f"{path}: its config cannot be used again ({error}). Run the suite instead.")
    settings = replace(
        settings, only=tuple(requirements), skip=(), seed=report.seed, baseline=None, gate="verdict"
    )
    try:
        prepared_session(settings)
    except ConfigError as error:
        refuse(str(error))
    return settings


def _asked(settings: Settings) -> Report:
    """One run, of which nothing is kept but its report."""
    from dataclasses import replace

    from conformance.runner.pytest_run import run_pytest
    from conformance.verdict.conclude import conclude

    with tempfile.TemporaryDirectory(prefix="conformance-again-") as out:
        run_pytest(replace(settings, out=Path(out)), events_only=True)
        with unusable_files_refused():
            return conclude(Path(out) / "events.ndjson")
