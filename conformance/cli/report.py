"""`conformance report`: the views of a run, rendered from its event stream, while it runs
or later.
"""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from conformance.cli.errors import CONTEXT, refuse, unusable_files_refused

if TYPE_CHECKING:
    from typing import TextIO

STANDARD_OUTPUT = Path("-")
FORMATS = ("html", "junit", "json", "markdown", "har", "sarif", "codequality", "ctrf")


@click.command(context_settings=CONTEXT)
@click.argument("events", metavar="EVENTS", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice((*FORMATS, "terminal")),
    multiple=True,
    help="Only this view; repeatable.  [default: every file, and the verdict]",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where the files go; - prints one --format.  [default: beside EVENTS]",
)
@click.option("--open", "opened", is_flag=True, help="Open the HTML report in a browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict and failures only.")
@click.option("-v", "--verbose", is_flag=True, help="Print the exchanges behind the findings too.")
def report(
    events: Path,
    formats: tuple[str, ...],
    out: Path | None,
    opened: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Render reports from EVENTS, an events.ndjson or the directory that holds one.

    The stream may still be growing: what it does not have yet is said to be cut short. The exit
    code says whether it could be rendered; the verdict on the servers is the report's.
    """
    from conformance.reports.registry import write_all
    from conformance.reports.terminal.summary import print_summary, print_verdict
    from conformance.verdict.conclude import conclude

    stream = events / "events.ndjson" if events.is_dir() else events
    chosen = tuple(name for name in formats or FORMATS if name != "terminal")
    if opened and "html" not in chosen:
        chosen = (*chosen, "html")
    if out == STANDARD_OUTPUT:
        _print(stream, formats, opened=opened)
        return
    with unusable_files_refused():
        found = conclude(stream)
        written = write_all(found, stream, out or stream.parent, chosen) if chosen else []
        if "terminal" in formats or quiet or verbose:
            print_summary(found, quiet=quiet, verbose=verbose, files=written)
        else:
            print_verdict(found, files=written)
    if opened:
        _open(next(path for path in written if path.suffix == ".html"))


def _print(stream: Path, formats: tuple[str, ...], *, opened: bool) -> None:
    """Print one view on standard output, and nothing else."""
    from conformance.reports.registry import renderers
    from conformance.reports.terminal.summary import print_summary
    from conformance.verdict.conclude import conclude

    if len(formats) != 1 or opened:
        refuse("--out - prints one view: name it with --format, and leave out --open.")
    with unusable_files_refused():
        found = conclude(stream)
        if formats[0] == "terminal":
            print_summary(found)
            return
        _, render = renderers()[formats[0]]
        render(found, stream, cast("TextIO", sys.stdout))


def _open(page: Path) -> None:
    """Open a page in the browser, where there is one; its address is printed anyway."""
    address = page.resolve().as_uri()
    click.echo(address)
    if not webbrowser.open(address):
        click.echo("conformance: no browser could be started; open the address yourself.", err=True)
