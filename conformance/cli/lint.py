"""`conformance lint`: is the contract sound, before any server is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT, loaded_contract, refuse, unusable_files_refused
from conformance.cli.files import write_new
from conformance.reading import whole_file

if TYPE_CHECKING:
    from conformance.lint import Linted

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
@click.option("--strict", is_flag=True, help="Warnings exit 2 as well.")
@click.option(
    "--fix-overlay",
    metavar="FILE",
    type=_FILE,
    help="Write an overlay that mends what was found, as far as the document tells what was meant.",
)
@click.option(
    "--samples",
    metavar="PAGE.md",
    type=_FILE,
    multiple=True,
    help="A documentation page whose code samples (curl, Python, JavaScript) are judged (repeatable).",
)
@click.option("--force", is_flag=True, help="Overwrite the file of --fix-overlay.")
def lint(
    spec: tuple[Path, ...],
    overlay: tuple[Path, ...],
    requirements: Path | None,
    against: tuple[Path, ...],
    strict: bool,
    fix_overlay: Path | None,
    samples: tuple[Path, ...],
    force: bool,
) -> None:
    """Judge the document, and check overlays, requirements, checks and faults against each other.

    Prints OK, or a sentence with file and line for each problem and exits 2; what OpenAPI allows and
    what misleads is a warning. With --against: exit 1 where the document breaks clients of an
    earlier one, with a sentence for each change. With --samples: exit 1 where the contract does not
    allow what a sample sends, or where it does not run; those in Python and JavaScript are run
    against the bundled mock, without your environment and without a network.
    """
    from conformance.lint import lint as judge

    if fix_overlay and fix_overlay.resolve() in {path.resolve() for path in (*spec, *overlay)}:
        refuse(f"--fix-overlay {fix_overlay}: is what is judged.")
    linted = judge(spec, overlay, requirements, mend=fix_overlay is not None)
    for sentence in (*linted.problems, *linted.warnings):
        click.echo(sentence.replace(f"{Path.cwd()}/", ""), err=True)
    if fix_overlay is not None:
        _write_mends(linted, fix_overlay, force=force)
    if linted.problems or (strict and linted.warnings):
        sys.exit(2)
    if against:
        _compare(against, spec, overlay)
    if samples:
        _judge_samples(samples, spec, overlay)
    click.echo("OK")


def _write_mends(linted: Linted, path: Path, *, force: bool) -> None:
    from conformance.lint.fix import overlay_text

    if not linted.mends:
        click.echo("nothing that an overlay could mend")
        return
    write_new({path: overlay_text(linted.title, linted.mends)}, force=force)
    click.echo(
        f"{len(linted.mends)} actions; review them, then `conformance lint --overlay {path}`"
    )


def _judge_samples(
    pages: tuple[Path, ...], spec: tuple[Path, ...], overlay: tuple[Path, ...]
) -> None:
    """Exit 1 where a sample is wrong, 2 where a page cannot be read."""
    from conformance.contract.load import files_of
    from conformance.lint.samples import judged_samples

    contract = loaded_contract(*files_of(spec, overlay))
    wrong = 0
    for page in pages:
        with unusable_files_refused():
            text = whole_file(page).decode("utf-8", "replace")
        for judged in judged_samples(text, contract):
            place = f"{page}:{judged.sample.line}: {judged.sample.language}"
            for note in judged.notes:
                click.echo(f"{place}: {note}")
            for objection in judged.objections:
                click.echo(f"{place}: not allowed: {objection}")
            wrong += bool(judged.objections)
    if wrong:
        sys.exit(1)


def _compare(against: tuple[Path, ...], spec: tuple[Path, ...], overlay: tuple[Path, ...]) -> None:
    """Exit 1 where the document breaks who keeps to the earlier one, 2 where that cannot be read."""
    from conformance.contract import ContractError, load_contract
    from conformance.contract.load import files_of
    from conformance.lint.changes import breaking

    try:
        # What an overlay adds is known of both, as far as the earlier one had what it adds to.
        specs, overlays = files_of(spec, overlay)
        old = load_contract(against, overlays, earlier=True)
        new = load_contract(specs, overlays)
    except ContractError as error:
        raise click.UsageError(str(error)) from None
    found = breaking(old, new)
    for change in found:
        click.echo(change)
    if found:
        sys.exit(1)
