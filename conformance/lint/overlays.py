"""The overlays' actions, each tried: one that fails does not hide the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import ContractError
from conformance.contract.joined import joined
from conformance.contract.load import must_be_openapi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.source import Source


class Overlaid:
    """The documents as one, under every action of the overlays that can be applied.

    `problems` says of the others why not: they match nothing, or do not fit what they match.
    `document` is none where there is no document to apply them to.
    """

    def __init__(self, documents: Sequence[Source], overlays: Sequence[Source]) -> None:
        self.problems: list[str] = []
        self.document: dict[str, Any] | None = None
        try:
            for document in documents:
                must_be_openapi(document)
            self.document, self.origins = joined(documents)
        except ContractError as error:
            self.problems.append(str(error))
            return
        for overlay in overlays:
            self._apply(self.document, overlay)

    def _apply(self, document: dict[str, Any], overlay: Source) -> None:
        from conformance.contract.overlay import act, actions

        try:
            indexes = actions(overlay)
        except ContractError as error:
            self.problems.append(str(error))
            return
        for index in indexes:
            try:
                act(document, overlay, index, self.origins)
            except ContractError as error:
                self.problems.append(str(error))
