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
@click.option(
    "--against",
    metavar="OLD",
    type=_FILE,
    multiple=True,
    help="An earlier version of the document: what breaks its clients is told (repeatable).",
)
def lint(
    spec: tuple[Path, ...],
    overlay: tuple[Path, ...],
    requirements: Path | None,
    against: tuple[Path, ...],
) -> None:
    """Check document, overlay, requirements, checks and faults against each other.

    Prints OK, or a sentence with file and line for each problem and exits 2. With --against: exit 1
    where the document breaks clients of an earlier one, with a sentence for each change.
    """
    from conformance.lint import problems

    found = problems(spec, overlay, requirements)
    for problem in found:
        click.echo(problem.replace(f"{Path.cwd()}/", ""), err=True)
    if found:
        sys.exit(2)
    if against:
        _compare(against, spec, overlay)
    click.echo("OK")


def _compare(against: tuple[Path, ...], spec: tuple[Path, ...], overlay: tuple[Path, ...]) -> None:
    """Exit 1 where the document breaks who keeps to the earlier one, 2 where that cannot be read."""
    from conformance.contract import ContractError, load_contract
    from conformance.contract.load import files_of
    from conformance.lint.changes import breaking

    try:
        # What an overlay adds is known of both.
        specs, overlays = files_of(spec, overlay)
        old, new = load_contract(against, overlays), load_contract(specs, overlays)
    except ContractError as error:
        raise click.UsageError(str(error)) from None
    found = breaking(old, new)
    for change in found:
        click.echo(change)
    if found:
        sys.exit(1)
