"""Measure, print the table, write it to reports/bench.md and reports/bench.json.

python -m benchmarks [ROW...]
"""

from __future__ import annotations

import tempfile
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks import table
from benchmarks.rows import MEASUREMENTS
from benchmarks.setting import Setting

if TYPE_CHECKING:
    from benchmarks.row import Row


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rows", nargs=-1, metavar="[ROW]...")
@click.option(
    "--times",
    default=5,
    show_default=True,
    type=click.IntRange(1),
    help="How often each side runs.",
)
@click.option("--list", "listed", is_flag=True, help="List the rows and end.")
@click.option(
    "--out", default=Path("reports"), type=click.Path(path_type=Path), help="[default: reports]"
)
@click.option(
    "--walk",
    default="",
    metavar="OPTIONS",
    help="Measure the walk, with these options of `conformance run`.",
)
def main(rows: tuple[str, ...], times: int, listed: bool, out: Path, walk: str) -> None:
    """Measure the rows that match a glob; all of them by default."""
    chosen = {
        name: measure
        for name, measure in MEASUREMENTS.items()
        if not rows or any(fnmatchcase(name, row) for row in rows)
    }
    if not chosen:
        raise click.UsageError(f"no row {' '.join(rows)}; there are {', '.join(MEASUREMENTS)}.")
    if listed:
        for name, measure in chosen.items():
            click.echo(f"{name:12} {(measure.__doc__ or '').splitlines()[0]}")
        return
    about = table.circumstances(times)
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="conformance-bench-") as folder:
        for name, measure in chosen.items():
            click.echo(f"{name} ...", err=True)
            for row in measure(Setting(times, Path(folder), walk)):
                click.echo(table.line(row), err=True)
                found.append(row)
                table.write(found, about, out)
    click.echo(table.markdown(found, about))


if __name__ == "__main__":
    main()
