"""`conformance explain`: one requirement of the catalogue."""

from __future__ import annotations

import click

from conformance.cli.errors import CONTEXT, refuse


@click.command(context_settings=CONTEXT)
@click.argument("id")
def explain(id: str) -> None:
    """Show what a requirement demands, its source, and the evidence that a pass needs."""
    from conformance.contract import load_requirements
    from conformance.settings.errors import suggestion

    catalogue = load_requirements()
    requirement = catalogue.get(id.upper())
    if requirement is None:
        hint = suggestion(id.upper(), catalogue)
        refuse(f"no requirement {id!r}.{hint} `conformance requirements` lists them.")

    evidence = ", ".join(f"{count} {kind}" for kind, count in requirement.evidence.items())
    click.echo(f"{requirement.id}  {requirement.level}  {requirement.area}")
    click.echo(requirement.statement)
    click.echo(f"source    {requirement.source}")
    click.echo(f"needs     {evidence} (for each operation and region)")
