"""`conformance compare`: what changed from one report to the next."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conformance.cli.errors import CONTEXT, unusable_files_refused


@click.command(context_settings=CONTEXT)
@click.argument("old", metavar="OLD.json", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.json", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "html"]),
    default="terminal",
    show_default=True,
)
@click.option(
    "--gate",
    type=click.Choice(["none", "new"]),
    default="none",
    show_default=True,
    help="new: exit 1 if anything newly fails, 3 if a MUST is no longer judged.",
)
def compare(old: Path, new: Path, form: str, gate: str) -> None:
    """Compare two reports: newly failing, fixed, still failing, no longer judged, less evidence."""
    from conformance.reports.comparison import comparison_html, comparison_markdown
    from conformance.reports.terminal.comparison import print_comparison
    from conformance.verdict.baseline import read_report
    from conformance.verdict.compare import compare as compared

    with unusable_files_refused():
        comparison = compared(read_report(old), read_report(new))
    match form:
        case "markdown":
            click.echo(comparison_markdown(comparison), nl=False)
        case "html":
            click.echo(comparison_html(comparison), nl=False)
        case _:
            print_comparison(comparison)
    sys.exit(comparison.exit_code if gate == "new" else 0)
