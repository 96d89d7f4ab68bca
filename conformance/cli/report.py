"""`conformance report`: the views of a run, rendered from its event stream, while it runs
or later.
"""

from __future__ import annotations

from pathlib import Path

import click

from conformance.cli.errors import CONTEXT, unusable_files_refused

FORMATS = ("html", "junit", "json", "markdown", "har", "sarif", "codequality")


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
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="[default: beside EVENTS]"
)
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict and failures only.")
@click.option("-v", "--verbose", is_flag=True, help="Print the exchanges behind the findings too.")
def report(
    events: Path, formats: tuple[str, ...], out: Path | None, quiet: bool, verbose: bool
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
    with unusable_files_refused():
        found = conclude(stream)
        written = write_all(found, stream, out or stream.parent, chosen) if chosen else []
        if "terminal" in formats or quiet or verbose:
            print_summary(found, quiet=quiet, verbose=verbose, files=written)
        else:
            print_verdict(found, files=written)
