"""The schemas of an operation's answers, compiled once: as documented, closed, and with nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.contract.load import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.contract import Contract
    from conformance.contract.operation import Operation


@dataclass(frozen=True, slots=True)
class Described:
    """What the document says of one status.

    `closed` allows no property that is not named and `full` demands every one that is: both are quick tests,
    after which the slow ones need to run only where there is something to find.
    """

    schema: Any
    media: tuple[str, ...]
    validator: Any
    closed: Any
    full: Any


class Schemas:
    """The validators of one operation's answers, by status."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self.contract, self.operation = contract, operation
        self.paths = (operation.plain_path, operation.path)
        self._described: dict[str, Described | None] = {}

    def documented(self, status: int) -> str | None:
        """The key of the responses object that describes a status."""
        candidates = (str(status), f"{status // 100}XX", "default")
        return next((key for key in candidates if key in self.operation.responses), None)

    def of(self, key: str) -> Described | None:
        """What a documented status promises; none where it promises no JSON."""
        if key not in self._described:
            self._described[key] = self._compile(key)
        return self._described[key]

    def _compile(self, key: str) -> Described | None:
        content = resolve(self.contract.document, self.operation.responses[key]).get("content") or {}
        schema = next((entry.get("schema") for name, entry in content.items() if "json" in name), None)
        if schema is None:
            return None
        whole = modern({**schema, "components": self.contract.document.get("components", {})})
        return Described(
            schema,
            tuple(content),
            validator(whole),
            validator(_each_object(whole, _closed)),
            validator(_each_object(whole, _full)),
        )


def validator(schema: Any) -> Any:
    """A validator that enforces formats."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def modern(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` as 3.1 writes it."""
    if isinstance(node, list):
        return [modern(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {key: modern(value) for key, value in node.items()}
    if node.pop("nullable", False) is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    return node


def _each_object(node: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if isinstance(node, list):
        return [_each_object(one, change) for one in node]
    if not isinstance(node, dict):
        return node
    node = {key: _each_object(value, change) for key, value in node.items()}
    return change(node) if isinstance(node.get("properties"), dict) else node


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    return {"additionalProperties": False} | schema


def _full(schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"required": list(schema["properties"])}


def values(value: Any, schema: Any, document: dict[str, Any], at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each scalar with its place and its schema."""
    schema = resolve(document, schema)
    if not isinstance(schema, dict):
        return
    if isinstance(value, dict):
        for name, part in value.items():
            if name in schema.get("properties", {}):
                yield from values(part, schema["properties"][name], document, f"{at}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from values(part, schema.get("items"), document, f"{at}/{index}")
    else:
        yield at, value, schema


def undocumented(value: Any, schema: Any, document: dict[str, Any], at: str = "") -> Iterator[str]:
    """The places of properties that an object schema does not name, indexes left out."""
    schema = resolve(document, schema)
    if not isinstance(schema, dict):
        return
    if isinstance(value, dict) and "properties" in schema:
        for name, part in value.items():
            if name in schema["properties"]:
                yield from undocumented(part, schema["properties"][name], document, f"{at}/{name}")
            elif not schema.get("additionalProperties"):
                yield f"{at}/{name}"
    elif isinstance(value, list):
        for part in value:
            yield from undocumented(part, schema.get("items"), document, f"{at}/*")
