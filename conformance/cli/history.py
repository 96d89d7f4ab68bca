"""`conformance history`: how requirements fared over the runs that `--history` kept."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.cli.errors import CONTEXT, refuse, unusable_files_refused


@click.command(context_settings=CONTEXT)
@click.argument("file", metavar="FILE.sqlite", type=click.Path(path_type=Path))
@click.option("--last", type=click.IntRange(1), metavar="N", help="Only the last N runs.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "html"]),
    default="terminal",
    show_default=True,
    help="How to show it; html is printed, or written with --out.",
)
@click.option("--out", metavar="PAGE.html", type=click.Path(path_type=Path), help="Write a page.")
@click.option("-v", "--verbose", is_flag=True, help="List every run, not the last dozen.")
def history(file: Path, last: int | None, form: str, out: Path | None, verbose: bool) -> None:
    """Show outcomes over runs and regions: what fails and since when, how often it turned, how
    flaky it is, and how latency moved.
    """
    from conformance.reports.history.store import read

    if out is not None and out.resolve() == file.resolve():
        refuse(f"--out {out}: is the history itself.")
    with unusable_files_refused():
        found = read(file, last)
    if form == "terminal" and out is None:
        from conformance.reports.history.terminal import print_history

        print_history(found, verbose=verbose)
        return

    from conformance.reports.history.page import history_html

    page = history_html(found)
    if out is None:
        click.echo(page, nl=False)
        return
    from conformance.reports.registry import whole

    with unusable_files_refused(), whole(out) as target:
        target.write(page)
    click.echo(str(out))
