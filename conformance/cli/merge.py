"""`conformance merge`: the streams of shards, regions or machines made one, with one verdict."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conformance.cli.errors import CONTEXT, unusable_files_refused


@click.command(context_settings=CONTEXT)
@click.argument(
    "events", metavar="EVENTS...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), required=True, help="Where it goes."
)
@click.option(
    "--history",
    metavar="FILE.sqlite",
    type=click.Path(path_type=Path),
    help="Append the merged run to a history, in place of its shards.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict and failures only.")
@click.option("-v", "--verbose", is_flag=True, help="Print the exchanges behind the findings too.")
def merge(
    events: tuple[Path, ...], out: Path, history: Path | None, quiet: bool, verbose: bool
) -> None:
    """Join event streams into one, with its reports; exit with the verdict on all of them.

    Where two runs judged the same, the worse outcome stands and both are kept.
    """
    from conformance.reports.ending import ended
    from conformance.verdict.merge import merge as merged

    streams = [path / "events.ndjson" if path.is_dir() else path for path in events]
    with unusable_files_refused():
        target = merged(streams, out)
        ending = ended(target, out, history=history)
    ending.show(quiet=quiet, verbose=verbose)
    sys.exit(ending.exit_code)
