"""`conformance traits`: which traits operations have, which could be inferred, which are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT, loaded_contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.inference.table import Row

_FILE = click.Path(path_type=Path)


@click.command(context_settings=CONTEXT)
@click.option(
    "--spec", metavar="FILE", type=_FILE, multiple=True, help="Another document (repeatable)."
)
@click.option(
    "--overlay", metavar="FILE", type=_FILE, multiple=True, help="Another overlay (repeatable)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to list them.",
)
def traits(spec: tuple[Path, ...], overlay: tuple[Path, ...], form: str) -> None:
    """List the traits of each operation: declared, inferred or missing, with the reason.

    What is inferred is not judged by until an overlay declares it: `conformance init` writes one.
    """
    from conformance.inference.table import rows

    found = list(rows(loaded_contract(spec, overlay)))
    if form == "json":
        fields = [
            {name: getattr(row, name) for name in ("operation", "trait", "state", "value", "why")}
            for row in found
        ]
        click.echo(json.dumps(fields, indent=1, ensure_ascii=False))
        return
    for line in _table(found):
        click.echo(line)


def _table(found: list[Row]) -> Iterator[str]:
    if not found:
        yield "no operation answers a GET"
        return
    head = ("operation", "trait", "state", "value and why")
    cells = [head, *((row.operation, row.trait, row.state, _said(row)) for row in found)]
    widths = [max(len(line[at]) for line in cells) for at in range(3)]
    for line in cells:
        columns = "  ".join(f"{line[at]:{widths[at]}}" for at in range(3))
        yield f"{columns}  {line[3]}".rstrip()


def _said(row: Row) -> str:
    if row.value is None:
        return row.why
    value = row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)
    return f"{value}: {row.why}" if row.why else value
