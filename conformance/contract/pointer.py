"""JSON Pointers (RFC 6901) into answers and schemas."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

MISSING: Any = object()


def get(value: Any, pointer: str) -> Any:
    """The value that a pointer names, or MISSING."""
    parts = _parts(pointer)
    if len(parts) == 1 and type(value) is dict:  # by far the most, of row after row
        return value.get(parts[0], MISSING)
    for part in parts:
        if isinstance(value, dict):
            value = value.get(part, MISSING)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def exists_in(schema: Any, pointer: str, resolve: Any) -> bool:
    """Whether a schema describes a property at the pointer."""
    return property_at(schema, pointer, resolve) is not None


def property_at(schema: Any, pointer: str, resolve: Any) -> dict[str, Any] | None:
    """The schema of the property that a pointer names, references resolved; none where there is none."""
    schema = resolve(schema)
    for part in _parts(pointer):
        properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
        if part not in properties:
            return None
        schema = resolve(properties[part])
    return schema if isinstance(schema, dict) else None


@lru_cache(maxsize=1024)
def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
