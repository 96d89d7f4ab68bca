"""Which parts of an overlaid document are objects, arrays and texts (OpenAPI, Fixed Fields): what is
read out of them relies on that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.contract.errors import ContractError
from conformance.contract.operations import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conformance.contract.source import Key

_WORDS = {
    dict: "an object",
    list: "an array",
    str: "a text",
    bool: "a boolean",
    type(None): "null",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a part is (`None`: whatever it is is said elsewhere), and what its members are: some by
    name, which may be null or missing, or all of them.
    """

    kind: type | None
    named: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None


def _object(**named: Shape) -> Shape:
    return Shape(dict, named)


def _map(each: Shape) -> Shape:
    return Shape(dict, each=each)


def _array(each: Shape) -> Shape:
    return Shape(list, each=each)


_ANYTHING = Shape(None)
_TEXT = Shape(str)
_OBJECT = Shape(dict)
_CONTENT = _map(_OBJECT)
_PARAMETERS = _array(_object(content=_CONTENT))
_RESPONSES = _map(Shape(None, {"content": _CONTENT, "headers": _map(_OBJECT)}))
_SECURITY = _array(_OBJECT)
_SERVERS = _array(_object(url=_TEXT, variables=_map(_OBJECT)))
_OPERATION = Shape(
    None,
    {
        "operationId": _TEXT,
        "parameters": _PARAMETERS,
        "requestBody": _object(content=_CONTENT),
        "responses": _RESPONSES,
        "security": _SECURITY,
        "servers": _SERVERS,
        "tags": _array(_ANYTHING),
    },
)
_PATH = Shape(
    None,
    {
        **dict.fromkeys(METHODS, _OPERATION),
        "additionalOperations": _map(_OPERATION),
        "parameters": _PARAMETERS,
        "servers": _SERVERS,
    },
)
DOCUMENT = _object(
    info=_OBJECT,
    servers=_SERVERS,
    security=_SECURITY,
    paths=_map(_PATH),
    components=_object(
        schemas=_map(_ANYTHING),
        responses=_RESPONSES,
        parameters=_map(_object(content=_CONTENT)),
        requestBodies=_map(_object(content=_CONTENT)),
        securitySchemes=_map(_OBJECT),
    ),
)


def is_sound(document: Any) -> bool:
    """Whether each part has the type that it has to have."""
    return next(_misshapen(document), None) is None


def check(document: Any, place: Callable[..., str]) -> None:
    """Raise ContractError, with file and line, where a part is of another type than it has to be."""
    for keys, said in _misshapen(document):
        what = "/".join(map(str, keys)) or "the document"
        raise ContractError(f"{place(*keys)}: {what}: {said}.")


def _misshapen(document: Any) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Where a part is of another type, and what is said of it."""
    waiting: list[tuple[tuple[Key, ...], Any, Shape]] = [((), document, DOCUMENT)]
    while waiting:
        keys, node, shape = waiting.pop()
        if shape.kind is not None and not isinstance(node, shape.kind):
            yield keys, f"expected {_WORDS[shape.kind]}, it is {_word(node)}"
            continue
        members = [((*keys, key), entry, kind) for key, entry, kind in _members(node, shape)]
        waiting += reversed(members)


def _members(node: Any, shape: Shape) -> Iterator[tuple[Key, Any, Shape]]:
    if isinstance(node, dict):
        for name, member in shape.named.items():
            if node.get(name) is not None:
                yield name, node[name], member
    if shape.each is None:
        return
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, entry in entries:
        # Extensions are whatever their authors like.
        if not (isinstance(key, str) and key.startswith("x-")):
            yield key, entry, shape.each


def _word(node: Any) -> str:
    return next((word for kind, word in _WORDS.items() if isinstance(node, kind)), "a number")
