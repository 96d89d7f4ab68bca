"""Every problem of the files, one sentence each, with the place where it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import ContractError, load_contract
from conformance.contract.load import spec_directory
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
    spec: Path | None = None, overlays: Sequence[Path] = (), catalogue: Path | None = None
) -> list[str]:
    """The problems of a contract and of what judges it; the bundled files by default."""
    own = spec_directory()
    if spec is None and not overlays:
        overlays = (own / "overlay.yaml",)
    files = spec or own / "openapi.yaml", overlays, catalogue or own / "requirements.yaml"
    # The same fault of a file may be met by the loader and by a closer look.
    return list(dict.fromkeys(_found(*files)))


def _found(spec: Path, overlays: Sequence[Path], catalogue: Path) -> Iterator[str]:
    try:
        document = Source(spec)
        layers = [Source(overlay) for overlay in overlays]
        requirements = Source(catalogue)
    except ContractError as error:
        yield str(error)
        return
    yield from overlay_problems(document, layers)
    yield from trait_problems([document, *layers])
    yield from catalogue_problems(requirements)
    try:
        contract = load_contract(spec, overlays, catalogue)
    except ContractError as error:
        yield str(error)
        return
    yield from check_problems(contract, requirements)
    yield from fault_problems(contract)
