"""`conformance requirements`: the catalogue as a table, JSON or Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT

if TYPE_CHECKING:
    from conformance.contract import Requirement


@click.command(context_settings=CONTEXT)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How to list them.",
)
def requirements(form: str) -> None:
    """List the catalogue of requirements."""
    from conformance.contract import load_requirements

    catalogue = list(load_requirements().values())
    if form == "json":
        from msgspec import to_builtins

        click.echo(json.dumps(to_builtins(catalogue), indent=1, ensure_ascii=False))
    elif form == "markdown":
        click.echo("\n".join(["| id | level | statement | source |", "|---|---|---|---|"]))
        click.echo("\n".join(map(_row, catalogue)))
    else:
        click.echo("\n".join(map(_line, catalogue)))


def _row(requirement: Requirement) -> str:
    return f"| {requirement.id} | {requirement.level} | {requirement.statement} | {requirement.source} |"


def _line(requirement: Requirement) -> str:
    return f"{requirement.id}  {requirement.level:6}  {requirement.statement}"
