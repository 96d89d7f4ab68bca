"""`conformance lint`: is the contract sound, before any server is asked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conformance.cli.errors import CONTEXT

_FILE = click.Path(path_type=Path)


@click.command(context_settings=CONTEXT)
@click.option(
    "--spec", metavar="FILE", type=_FILE, multiple=True, help="Another document (repeatable)."
)
@click.option(
    "--overlay", metavar="FILE", type=_FILE, multiple=True, help="Another overlay (repeatable)."
)
@click.option(
    "--requirements", metavar="FILE", type=_FILE, help="Another catalogue of requirements."
)
def lint(spec: tuple[Path, ...], overlay: tuple[Path, ...], requirements: Path | None) -> None:
    """Check document, overlay, requirements, checks and faults against each other.

    Prints OK, or a sentence with file and line for each problem and exits 2.
    """
    from conformance.lint import problems

    found = problems(spec, overlay, requirements)
    for problem in found:
        click.echo(problem.replace(f"{Path.cwd()}/", ""), err=True)
    if found:
        sys.exit(2)
    click.echo("OK")
