"""Schemas of OpenAPI 3.0 and 3.1 as JSON Schema 2020-12 for answers, with everything that they
refer to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.references import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

# Where a schema holds schemas: under names that the author chose, in a list, or by itself. All else
# is data or plain values, in which a word like `nullable` means nothing.
NAMED = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
LISTED = ("allOf", "oneOf", "anyOf", "prefixItems")
SINGLE = (
    "items",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "contains",
    "not",
    "if",
    "then",
    "else",
)


def each_schema(schema: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """The schema with every schema within it changed, innermost first; what is no schema stays as
    it is.
    """
    if not isinstance(schema, dict):
        return schema
    changed = dict(schema)
    for keyword, value in schema.items():
        if keyword in NAMED and isinstance(value, dict):
            changed[keyword] = {name: each_schema(member, change) for name, member in value.items()}
        elif keyword in LISTED and isinstance(value, list):
            changed[keyword] = [each_schema(member, change) for member in value]
        elif keyword in SINGLE:
            changed[keyword] = each_schema(value, change)
    return change(changed)


def for_answers(schema: Any, document: dict[str, Any]) -> Any:
    """A schema of the document as JSON Schema 2020-12, with all that it refers to under `$defs`.

    Raises DanglingReference. A schema may refer to itself.
    """
    return _Conversion(document).convert(schema)


class _Conversion:
    """One schema and what it refers to; `names` are those in `$defs`, by reference."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        # What stands beside a reference is ignored (OpenAPI 3.0, Reference Object).
        self._references_stand_alone = str(document.get("openapi", "")).startswith("3.0")
        self._names: dict[str, str] = {}
        self._waiting: list[str] = []

    def convert(self, schema: Any) -> Any:
        whole = each_schema(schema, self._change)
        definitions: dict[str, Any] = {}
        while self._waiting:
            reference = self._waiting.pop()
            described = resolve(self._document, {"$ref": reference})
            definitions[self._names[reference]] = each_schema(described, self._change)
        if not definitions:
            return whole
        return {**whole, "$defs": {**whole.get("$defs", {}), **definitions}}

    def _change(self, node: dict[str, Any]) -> dict[str, Any]:
        return self._without_write_only(_bounds(_nullable(self._led(node))))

    def _led(self, node: dict[str, Any]) -> dict[str, Any]:
        """The node with its reference led to `$defs`."""
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return node
        if reference not in self._names:
            last = reference.rpartition("/")[2].replace("~1", "-")
            self._names[reference] = f"{len(self._names)}-{last}"
            self._waiting.append(reference)
        led = {"$ref": f"#/$defs/{self._names[reference]}"}
        return led if self._references_stand_alone else {**node, **led}

    def _without_write_only(self, node: dict[str, Any]) -> dict[str, Any]:
        """`required` says nothing of answers where a property is only ever sent (`writeOnly`)."""
        required, properties = node.get("required"), node.get("properties")
        if not isinstance(required, list) or not isinstance(properties, dict):
            return node
        answered = [name for name in required if not self._is_write_only(properties.get(name))]
        return {**node, "required": answered}

    def _is_write_only(self, schema: Any) -> bool:
        if not isinstance(schema, dict):
            return False
        if schema.get("writeOnly") is True:
            return True
        led = str(schema.get("$ref", "")).removeprefix("#/$defs/")
        for reference, name in self._names.items():
            if name == led:
                described = resolve(self._document, {"$ref": reference})
                return isinstance(described, dict) and described.get("writeOnly") is True
        return False


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    """`nullable`, which 3.0 has beside a type and 3.1 no longer, as 3.1 writes it."""
    if node.get("nullable") is not True or not isinstance(node.get("type"), str):
        return node
    return {**node, "type": [node["type"], "null"]}


def _bounds(node: dict[str, Any]) -> dict[str, Any]:
    """The exclusive bounds of 3.0, which are booleans beside the bound, as numbers."""
    changed = dict(node)
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(exclusive), bool):
            del changed[exclusive]
            if node[exclusive] and bound in node:
                changed[exclusive] = changed.pop(bound)
    return changed
