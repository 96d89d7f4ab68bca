"""Schemas and traits of lists, for tests of what is inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.inference import ListTraits

STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ROW = {"type": "object", "properties": {"id": STRING, "state": STRING}}
ROWS = {"type": "array", "items": ROW}
BOUNDED = {"type": "integer", "default": 25, "maximum": 200}


def objects(**properties: Any) -> dict[str, Any]:
    """The schema of an object."""
    return {"type": "object", "properties": properties}


def values(found: ListTraits, *left_out: str) -> dict[str, Any]:
    """The keys of pagination, those of sizes left out."""
    sizes = ("default_limit", "maximum_limit", "assumed", *left_out)
    pagination = found.suggested[0].value
    return {name: value for name, value in pagination.items() if name not in sizes}
