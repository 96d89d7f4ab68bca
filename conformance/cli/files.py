"""Files that a command writes for its user: whole, and never over what is there unasked."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_new(files: Mapping[Path, str], *, force: bool) -> None:
    """Write all files or none, and say so. What is there and no file, such as a pipe, stays."""
    from conformance.reports.registry import whole

    for path in files:
        if path.exists() and not path.is_file():
            refuse(f"{path}: is no file that could be overwritten.")
        if path.exists() and not force:
            refuse(f"{path} is there already; --force overwrites it.")
    try:
        with ExitStack() as opened:
            for path, text in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                target = opened.enter_context(whole(path.resolve()))  # a link stays one
                target.write(text)
                target.flush()  # a full disk is seen before the first takes its name
    except OSError as error:
        refuse(f"{error.filename}: cannot be written: {error.strerror}.")
    for path in files:
        click.echo(f"wrote {path}")
