"""OpenAPI Overlay 1.0: actions that amend a document; one that matches nothing is an error."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from jsonpath_rfc9535 import JSONPathError, find

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from conformance.contract.source import Source


def apply(document: dict[str, Any], overlay: Source, name: str) -> dict[str, Any]:
    """The document with every action of the overlay applied; raises ContractError with file and line."""
    data = overlay.data
    if not isinstance(data, dict) or not str(data.get("overlay", "")).startswith("1."):
        raise ContractError(f"{overlay.path}:1: not an OpenAPI Overlay 1.x document (no `overlay: 1.0.0`).")
    result = copy.deepcopy(document)
    for index, action in enumerate(data.get("actions") or []):
        place = f"{overlay.path}:{overlay.line('actions', index)}"
        act(result, action, place, name)
    return result


def act(document: dict[str, Any], action: Any, place: str, name: str) -> None:
    """Apply one action in place; raises ContractError."""
    if not isinstance(action, dict) or "target" not in action:
        raise ContractError(f"{place}: the action has no target.")
    target = str(action["target"])
    try:
        matches = find(target, document)
    except JSONPathError as error:
        raise ContractError(f"{place}: the action's target {target} is not a JSONPath: {error}.") from error
    if not matches:
        raise ContractError(f"{place}: the action's target {target} matches nothing in {name}.")
    if action.get("remove"):
        # From the last to the first, so that an index into an array stays true while its neighbours go.
        for match in reversed(matches):
            parent = match.parent
            if parent is None:
                raise ContractError(f"{place}: the action would remove the whole document.")
            container: Any = parent.value
            del container[match.location[-1]]
        return
    for match in matches:
        _update(match.value, copy.deepcopy(action.get("update")), place, target)


def _update(node: Any, update: Any, place: str, target: str) -> None:
    if isinstance(node, list):
        node.append(update)
    elif isinstance(node, dict) and isinstance(update, dict):
        _merge(node, update)
    else:
        raise ContractError(f"{place}: the action's update does not fit what {target} selects.")


def _merge(into: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(value)
        else:
            into[key] = value
