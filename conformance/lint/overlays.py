"""The overlay's actions, each tried: one that fails does not hide the next."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from conformance.contract import ContractError
from conformance.contract.overlay import act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.source import Source


def overlay_problems(document: Source, layer: Source | None) -> Iterator[str]:
    """The actions that match nothing, or do not fit what they match."""
    if layer is None or not isinstance(layer.data, dict) or not isinstance(document.data, dict):
        return
    result = copy.deepcopy(document.data)
    for index, action in enumerate(layer.data.get("actions") or []):
        place = f"{layer.path}:{layer.line('actions', index)}"
        try:
            act(result, action, place, str(document.path))
        except ContractError as error:
            yield str(error)
