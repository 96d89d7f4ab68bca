"""OpenAPI Overlay 1.0 and 1.1: actions that amend a document, in order.

Unlike in the specification, an action that matches nothing is an error: the document has moved on,
and what the overlay states of it would never be judged.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from jsonpath_rfc9535 import JSONPathError, find

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonpath_rfc9535 import JSONPathNode

    from conformance.contract.origins import Origins
    from conformance.contract.source import Key, Source

FIELDS = ("target", "description", "update", "remove")
FIELDS_11 = (*FIELDS, "copy")


class MatchesNothing(ContractError):
    """An action names a part that the document does not have."""


def apply(
    document: dict[str, Any], overlay: Source, origins: Origins, *, earlier: bool = False
) -> None:
    """Apply every action of an overlay in place; raises ContractError with file and line.

    Of an earlier document than the one that the overlay is written for, what matches nothing is
    left out: it was added since.
    """
    for index in actions(overlay):
        try:
            act(document, overlay, index, origins)
        except MatchesNothing:
            if not earlier:
                raise


def actions(overlay: Source) -> range:
    """The indexes of an overlay's actions; raises ContractError where it is no overlay."""
    data = overlay.data
    version = str(data.get("overlay", "")) if isinstance(data, dict) else ""
    if not version.startswith(("1.0", "1.1")):
        raise ContractError(
            f"{overlay.path}:1: not an OpenAPI Overlay 1.0 or 1.1 document (no `overlay: 1.0.0`)."
        )
    entries = data.get("actions") or []
    if not isinstance(entries, list):
        raise ContractError(f"{overlay.place('actions')}: expected a list of actions.")
    return range(len(entries))


def act(document: dict[str, Any], overlay: Source, index: int, origins: Origins) -> None:
    """Apply one action in place; raises ContractError."""
    action = overlay.data["actions"][index]
    place = overlay.place("actions", index)
    newer = str(overlay.data["overlay"]).startswith("1.1")
    _check_fields(action, place, FIELDS_11 if newer else FIELDS)

    for location in amend(document, action, place, origins, concatenate=newer):
        if "copy" not in action:
            origins.record(location, overlay, ("actions", index, "update"))


def amend(
    document: dict[str, Any],
    action: dict[str, Any],
    place: str,
    origins: Origins,
    *,
    concatenate: bool = False,
) -> list[tuple[Key, ...]]:
    """Carry out an Action Object; the locations of the nodes that it updated. Raises ContractError."""
    matches = _matches(document, str(action["target"]), "target", place, origins)
    if action.get("remove"):
        _remove(document, matches, place)
        return []

    update = action.get("update")
    if "copy" in action:
        update = _copied(document, str(action["copy"]), place, origins)
    for match in matches:
        what = f"{place}: the action's update"
        _update(document, match, copy.deepcopy(update), what, concatenate=concatenate)
    return [match.location for match in matches]


def _check_fields(action: Any, place: str, fields: tuple[str, ...]) -> None:
    if not isinstance(action, dict) or "target" not in action:
        raise ContractError(f"{place}: the action has no target.")
    for name in action:
        if name not in fields and not name.startswith("x-"):
            raise ContractError(
                f"{place}: an action has no field {name}; it has {', '.join(fields)}."
            )
    effects = [name for name in fields[2:] if name in action]
    if not effects:
        raise ContractError(
            f"{place}: the action does nothing; expected one of {', '.join(fields[2:])}."
        )


def _matches(
    document: dict[str, Any], path: str, field: str, place: str, origins: Origins
) -> list[JSONPathNode]:
    try:
        matches = list(find(path, document))
    except JSONPathError as error:
        raise ContractError(
            f"{place}: the action's {field} {path} is not a JSONPath: {error}."
        ) from error
    if not matches:
        raise MatchesNothing(
            f"{place}: the action's {field} {path} matches nothing in {origins.document.path}."
        )
    return matches


def _copied(document: dict[str, Any], path: str, place: str, origins: Origins) -> Any:
    matches = _matches(document, path, "copy", place, origins)
    if len(matches) > 1:
        raise ContractError(
            f"{place}: the action's copy {path} matches {len(matches)} nodes; expected one."
        )
    return matches[0].value


def _container(document: dict[str, Any], match: JSONPathNode) -> Any:
    """The object or list that holds a node, by its location, which every version of the library has;
    none of the whole document.
    """
    if not match.location:
        return None
    container: Any = document
    for key in match.location[:-1]:
        container = container[key]
    return container


def _remove(document: dict[str, Any], matches: Iterable[JSONPathNode], place: str) -> None:
    # From the last to the first, so that an index into an array stays true while its neighbours go.
    for match in reversed(list(matches)):
        container = _container(document, match)
        if container is None:
            raise ContractError(f"{place}: the action would remove the whole document.")
        del container[match.location[-1]]


def _update(
    document: dict[str, Any], match: JSONPathNode, update: Any, what: str, *, concatenate: bool
) -> None:
    """Amend one node. A list is appended as one entry (Overlay 1.0), or its entries are (1.1)."""
    node: Any = match.value
    container = _container(document, match)
    if isinstance(node, list):
        node.extend(update if concatenate and isinstance(update, list) else [update])
    elif isinstance(node, dict) and isinstance(update, dict):
        _merge(node, update, what)
    elif container is not None and _is_primitive(node) and _is_primitive(update):
        container[match.location[-1]] = update
    else:
        raise ContractError(
            f"{what} is {_kind(update)}, which does not fit {_kind(node)} at {match.path()}."
        )


def _merge(target: dict[str, Any], update: dict[str, Any], what: str) -> None:
    for key, value in update.items():
        old = target.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value, what)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(value)
        elif old is None or (_is_primitive(old) and _is_primitive(value)):
            target[key] = value
        else:
            raise ContractError(
                f"{what} has {_kind(value)} for {key}, where the document has {_kind(old)}."
            )


def _is_primitive(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else repr(value)
