"""Where in the files an operation's traits are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.contract.source import Source

_KEY = "x-conformance"


def traits_place(source: Source, layer: Source | None, path: str, method: str) -> str:
    """The file and line of the traits of an operation, and what they are, for an error's first words."""
    words = f"{_KEY} of {method.upper()} {path}"
    if layer is not None:
        for index, action in enumerate(layer.data.get("actions") or []):
            if _holds(action, path):
                return f"{layer.path}:{layer.line('actions', index, 'update', _KEY)}: {words}"
    return f"{source.path}:{source.line('paths', path, method, _KEY)}: {words}"


def _holds(action: Any, path: str) -> bool:
    """Whether an action gives traits to the operations of a path, by its name or by a wildcard."""
    if not isinstance(action, dict) or not isinstance(action.get("update"), dict):
        return False
    target = str(action.get("target"))
    return _KEY in action["update"] and target.startswith("$.paths") and (path in target or "*" in target)
