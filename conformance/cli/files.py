"""Files that a command writes for its user: whole, and never over what is there unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conformance.cli.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_new(files: Mapping[Path, str], *, force: bool) -> None:
    """Write all files or none, and say so."""
    there = [path for path in files if path.exists()]
    if there and not force:
        refuse(f"{there[0]} is there already; --force overwrites it.")
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            click.echo(f"wrote {path}")
    except OSError as error:
        refuse(f"{error.filename}: cannot be written: {error.strerror}.")
