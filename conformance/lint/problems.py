"""Every problem of the files, one sentence each, with the place where it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import ContractError, load_contract
from conformance.contract.load import files_of, spec_directory
from conformance.contract.source import Source
from conformance.lint.catalogue import catalogue_problems
from conformance.lint.checks import check_problems
from conformance.lint.faults import fault_problems
from conformance.lint.overlays import overlay_problems
from conformance.lint.traits import trait_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def problems(
    specs: Sequence[Path] = (), overlays: Sequence[Path] = (), catalogue: Path | None = None
) -> list[str]:
    """The problems of a contract and of what judges it; the bundled files by default."""
    files = *files_of(specs, overlays), catalogue or spec_directory() / "requirements.yaml"
    # The same fault of a file may be met by the loader and by a closer look.
    return list(dict.fromkeys(_found(*files)))


def _found(specs: Sequence[Path], overlays: Sequence[Path], catalogue: Path) -> Iterator[str]:
    try:
        documents = [Source(spec) for spec in specs]
        layers = [Source(overlay) for overlay in overlays]
        requirements = Source(catalogue)
    except ContractError as error:
        yield str(error)
        return
    yield from overlay_problems(documents, layers)
    yield from trait_problems([*documents, *layers])
    yield from catalogue_problems(requirements)
    try:
        contract = load_contract(specs, overlays, catalogue)
    except ContractError as error:
        yield str(error)
        return
    yield from check_problems(contract, requirements)
    yield from fault_problems(contract)
