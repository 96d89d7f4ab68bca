"""`conformance prove`: the suite against every fault and every benign variant of the mock."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from conformance.cli.errors import CONTEXT, refuse

if TYPE_CHECKING:
    from conformance.prove.hostile.play import Played


@click.command(context_settings=CONTEXT)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--deployments",
    is_flag=True,
    help="Deployments instead (quotas, outages, edges, replicas): those with a NAME that is given, or all.",
)
@click.option(
    "--hostile",
    is_flag=True,
    help="Troubles instead (hostile servers, machines, uses, files): those with a NAME or side, or all.",
)
@click.option(
    "--faults", "glob", default="*", metavar="GLOB", help="Names of faults and variants, or ids."
)
@click.option(
    "--out", default="reports", metavar="DIR", type=click.Path(path_type=Path), show_default=True
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Seed of everything generated."
)
@click.option(
    "--profile",
    type=click.Choice(["smoke", "standard", "deep"]),
    default="standard",
    show_default=True,
    help="How much each run asks.",
)
@click.option("--workers", type=click.IntRange(1), help="Runs at once.  [default: processors + 1]")
@click.option(
    "--sample", is_flag=True, help="Two faults of each requirement, and a part of the variants."
)
@click.option(
    "--list", "listed", is_flag=True, help="Name the entries and what they break; run nothing."
)
@click.option("-q", "--quiet", is_flag=True, help="Print what is wrong and the last line only.")
def prove(
    names: tuple[str, ...],
    deployments: bool,
    hostile: bool,
    glob: str,
    out: Path,
    seed: int,
    profile: str,
    workers: int | None,
    sample: bool,
    listed: bool,
    quiet: bool,
) -> None:
    """Run the suite against servers that break one rule each, and against others that break none.

    With --deployments: against servers as they stand in the field, each with the verdict and the
    words that it deserves. With --hostile: against servers, machines and users that try to hang
    it, break it or make it leak; each run is watched, and its files are searched for keys.

    Ends with the kill matrix. Exit 0: every fault is seen by the requirement that it breaks, no
    variant draws a failure, every MUST has its faults; else 1.
    """
    from conformance.prove import entries as known
    from conformance.prove.entries import NoSuchEntry, sampled

    if hostile:
        _hostile(names, out, workers, sample=sample, listed=listed, quiet=quiet)
    if names and not deployments:
        refuse(
            f"{names[0]}: a NAME is one of --deployments or --hostile; faults are chosen with "
            "--faults GLOB"
        )
    try:
        chosen = known.deployments(names) if deployments else known.entries(glob)
    except NoSuchEntry as error:
        refuse(str(error))
    chosen = sampled(chosen) if sample else chosen
    if listed:
        for one in chosen:
            click.echo(f"{one.requirement or one.kind:8} {one.name:44} {one.sentence}")
        return
    from conformance.prove.job import Options
    from conformance.prove.pool import NoFork
    from conformance.prove.proof import proof

    try:
        found = proof(
            chosen,
            Options(seed, profile),
            workers,
            whole=glob == "*" and not (sample or deployments),
            quiet=quiet,
        )
    except NoFork as error:
        refuse(str(error))
    from conformance.prove.views import print_proof, write

    written = write(found, out)
    print_proof(found, written, quiet=quiet)
    sys.exit(found.exit_code)


def _hostile(
    names: tuple[str, ...],
    out: Path,
    workers: int | None,
    *,
    sample: bool,
    listed: bool,
    quiet: bool,
) -> NoReturn:
    """The proof of troubles; ends the program."""
    if sys.platform == "win32":
        refuse("--hostile: signals and limits are those of Unix; run it on Linux or macOS.")
    from conformance.prove.entries import NoSuchEntry
    from conformance.prove.hostile import show
    from conformance.prove.hostile.proof import NoMaterial, prove
    from conformance.prove.hostile.table import troubles

    try:
        chosen = troubles(names, sample=sample)
    except NoSuchEntry as error:
        refuse(str(error))
    if listed:
        for row in chosen:
            click.echo(f"{row.side:8} {row.name:44} {row.sentence}")
        sys.exit(0)

    def done(row: Played) -> None:
        if row.problem or not quiet:
            click.echo(show.line(row))

    try:
        rows = prove(chosen, done, workers)
    except NoMaterial as error:
        refuse(str(error))
    show.write(rows, out)
    wrong = any(row.problem for row in rows)
    click.echo(f"{'not proven' if wrong else 'proven'}: {show.sentence(rows)}")
    sys.exit(int(wrong))
