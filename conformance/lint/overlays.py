"""The overlays' actions, each tried: one that fails does not hide the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import ContractError
from conformance.contract.joined import joined
from conformance.contract.load import must_be_openapi
from conformance.contract.overlay import act, actions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.contract.source import Source


def overlay_problems(documents: Sequence[Source], overlays: Sequence[Source]) -> Iterator[str]:
    """The actions that match nothing, or do not fit what they match."""
    try:
        for document in documents:
            must_be_openapi(document)
        result, origins = joined(documents)
    except ContractError as error:
        yield str(error)
        return
    for overlay in overlays:
        try:
            indexes = actions(overlay)
        except ContractError as error:
            yield str(error)
            continue
        for index in indexes:
            try:
                act(result, overlay, index, origins)
            except ContractError as error:
                yield str(error)
