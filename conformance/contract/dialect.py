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
    return _Conversion(document, ("writeOnly",)).convert(schema)


def for_requests(schema: Any, document: dict[str, Any]) -> Any:
    """The same for what is sent."""
    return _Conversion(document, ("readOnly",)).convert(schema)


def for_either(schema: Any, document: dict[str, Any]) -> Any:
    """The same for a value of which it is not known whether it is sent or answered."""
    return _Conversion(document, ("readOnly", "writeOnly")).convert(schema)


class _Conversion:
    """One schema and what it refers to; `names` are those in `$defs`, by reference.

    `absent` are the words for properties that there are in the other direction alone.
    """

    def __init__(self, document: dict[str, Any], absent: tuple[str, ...]) -> None:
        self._document, self._absent = document, absent
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
        return self._without_absent(_bounds(_nullable(_tidy(self._led(node)))))

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

    def _without_absent(self, node: dict[str, Any]) -> dict[str, Any]:
        """`required` says nothing of a property that is only ever sent, or only ever answered."""
        required, properties = node.get("required"), node.get("properties")
        if not isinstance(required, list) or not isinstance(properties, dict):
            return node
        present = [
            name
            for name in required
            if not (isinstance(name, str) and self._is_absent(properties.get(name)))
        ]
        return {**node, "required": present}

    def _is_absent(self, schema: Any) -> bool:
        if not isinstance(schema, dict):
            return False
        if any(schema.get(word) is True for word in self._absent):
            return True
        led = str(schema.get("$ref", "")).removeprefix("#/$defs/")
        for reference, name in self._names.items():
            if name == led:
                described = resolve(self._document, {"$ref": reference})
                is_object = isinstance(described, dict)
                return is_object and any(described.get(word) is True for word in self._absent)
        return False


def _tidy(node: dict[str, Any]) -> dict[str, Any]:
    """Without what makes a schema invalid and changes nothing: a name required twice, and the flag
    of 2019-09 in whose place 2020-12 has `$dynamicAnchor`.
    """
    tidy = {name: value for name, value in node.items() if name != "$recursiveAnchor"}
    required = node.get("required")
    if isinstance(required, list) and all(isinstance(name, str) for name in required):
        tidy["required"] = list(dict.fromkeys(required))
    return tidy


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
