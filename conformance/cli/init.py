"""`conformance init`: traits proposed from a document, as an overlay to confirm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.errors import CONTEXT, loaded_contract
from conformance.cli.files import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.inference import ListTraits

_FILE = click.Path(path_type=Path)
OVERLAY, SETTINGS = "overlay.yaml", "conformance.toml"


@click.command(context_settings=CONTEXT)
@click.option("--spec", metavar="FILE", type=_FILE, required=True, help="The OpenAPI document.")
@click.option(
    "--out",
    metavar="DIR",
    type=_FILE,
    default=Path(),
    help="Where to write the files; by default the current directory.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def init(spec: Path, out: Path, force: bool) -> None:
    """Propose the traits of an API: write overlay.yaml and conformance.toml.

    Pagination, identity and filters are inferred from the names of parameters, the shapes of
    answers and header fields. Each key is written with its reason, for you to confirm.
    """
    from conformance.inference import suggestions
    from conformance.inference.overlay_text import overlay, settings

    contract = loaded_contract([spec])
    lists = suggestions(contract)
    title = str((contract.document.get("info") or {}).get("title", spec.stem))

    files = {
        out / OVERLAY: overlay(title, lists),
        out / SETTINGS: settings(_beside(spec, out), [Path(OVERLAY)], contract.regions),
    }
    write_new(files, force=force)
    for line in _summary(lists):
        click.echo(line)


def _beside(spec: Path, out: Path) -> Path:
    """The document as it is found from the directory of the settings, where that is near."""
    try:
        return spec.resolve().relative_to(out.resolve())
    except ValueError:
        return spec.resolve()


def _summary(lists: Iterable[ListTraits]) -> Iterator[str]:
    """What was inferred and what was not, and what to do next."""
    lists = list(lists)
    found = [entry for entry in lists if entry.suggested]
    for entry in found:
        values = dict(entry.suggested[0].value)
        yield f"{entry.operation.id}: {values['style']}, rows at {values['items'] or 'the root'}"
    assumed = sum(
        key.assumed for entry in found for suggested in entry.suggested for key in suggested.keys
    )
    yield f"{len(found)} of {len(lists)} operations with GET have pages; {assumed} values are assumed"
    yield "next: confirm overlay.yaml, then `conformance lint` and `conformance run`"
