"""Every problem of the files, one sentence each, with the place where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.contract import ContractError
from conformance.contract.load import files_of, read_contract, spec_directory
from conformance.contract.source import Source
from conformance.lint.catalogue import catalogue_problems
from conformance.lint.checks import check_problems
from conformance.lint.document import flaws_of, sentence
from conformance.lint.faults import fault_problems
from conformance.lint.overlays import Overlaid
from conformance.lint.traits import trait_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from conformance.contract import Contract
    from conformance.laws.flaws import Action


@dataclass(frozen=True, slots=True)
class Linted:
    """What is wrong, what misleads, and the actions that mend what can be mended.

    `title` is the document's.
    """

    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    mends: tuple[Action, ...] = ()
    title: str = ""


def lint(
    specs: Sequence[Path] = (),
    overlays: Sequence[Path] = (),
    catalogue: Path | None = None,
    *,
    mend: bool = False,
) -> Linted:
    """Judge a contract and what judges it; the bundled files by default."""
    paths = files_of(specs, overlays)
    try:
        documents = [Source(spec) for spec in paths[0]]
        layers = [Source(overlay) for overlay in paths[1]]
        requirements = Source(catalogue or spec_directory() / "requirements.yaml")
    except ContractError as error:
        return Linted((str(error),))
    return _Linting(documents, layers, requirements).run(mend=mend)


class _Linting:
    """The files of one contract, read as far as they can be."""

    def __init__(
        self, documents: Sequence[Source], layers: Sequence[Source], requirements: Source
    ) -> None:
        self._documents, self._layers = documents, layers
        self._requirements = requirements
        self._overlaid = Overlaid(documents, layers)

    def run(self, *, mend: bool) -> Linted:
        contract, unreadable = self._contract()
        problems = [
            *self._overlaid.problems,
            *trait_problems([*self._documents, *self._layers]),
            *catalogue_problems(self._requirements),
        ]
        document = self._overlaid.document
        if document is None:
            return Linted(tuple(dict.fromkeys(problems)))

        origins = self._overlaid.origins
        flaws = flaws_of(document, contract)
        found = [sentence(flaw, origins) for flaw in flaws if flaw.grave]
        # What keeps the document from being read is said by its flaw already, where it has one.
        places = {_place(one) for one in found}
        problems += found + [one for one in unreadable if _place(one) not in places]
        if contract is not None:
            problems += self._of_suite(contract)
        info = document.get("info")
        title = str(
            (info if isinstance(info, dict) else {}).get("title", self._documents[0].path.stem)
        )
        return Linted(
            tuple(dict.fromkeys(problems)),
            tuple(sentence(flaw, origins) for flaw in flaws if not flaw.grave),
            self._mends() if mend else (),
            title,
        )

    def _contract(self) -> tuple[Contract | None, list[str]]:
        """The contract, or why it cannot be read."""
        document = self._overlaid.document
        if document is None:
            return None, []
        overlays = [layer.path for layer in self._layers]
        catalogue = self._requirements.path
        try:
            contract = read_contract(
                document, self._overlaid.origins, self._documents, overlays, catalogue
            )
        except ContractError as error:
            return None, [str(error)]
        return contract, []

    def _of_suite(self, contract: Contract) -> Iterator[str]:
        yield from check_problems(contract, self._requirements)
        yield from fault_problems(contract)

    def _mends(self) -> tuple[Action, ...]:
        from conformance.lint.fix import mends

        assert self._overlaid.document is not None
        return tuple(mends(self._overlaid.document, self._overlaid.origins, self._documents))


def _place(problem: str) -> str:
    """The file and line that a sentence begins with."""
    return problem.partition(": ")[0]
