"""JSON Pointers (RFC 6901) into answers, schemas and documents.

Two keys more go through a list, which RFC 6901 knows by index alone: `*` is the same of each entry, as
in `/edges/*/node`, and `[rel=next]` is the entry with this member, as in `/links/[rel=next]/href`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MISSING: Any = object()
EACH = "*"
MEMBER = re.compile(r"\[([^=\[\]]+)=([^\[\]]*)\]")


def get(value: Any, pointer: str) -> Any:
    """The value that a pointer names, or MISSING."""
    keys = split(pointer)
    if len(keys) == 1 and type(value) is dict:  # by far the most, of row after row
        return value.get(keys[0], MISSING)

    for place, key in enumerate(keys):
        if isinstance(value, dict):
            value = value.get(key, MISSING)
        elif not isinstance(value, list):
            return MISSING
        elif key == EACH:
            return _of_each(value, keys[place + 1 :])
        else:
            value = _entry(value, key)
    return value


def _of_each(entries: list[Any], keys: list[str]) -> Any:
    """What each entry has behind further keys; MISSING where one of them has nothing there."""
    behind = "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in keys)
    found = [get(entry, behind) for entry in entries]
    return MISSING if any(value is MISSING for value in found) else found


def _entry(entries: list[Any], key: str) -> Any:
    """The entry of a list that a key names, by its index or by a member."""
    if key.isdecimal():
        return entries[int(key)] if int(key) < len(entries) else MISSING
    named = MEMBER.fullmatch(key)
    if named is None:
        return MISSING
    name, wanted = named.groups()
    members = (entry for entry in entries if isinstance(entry, dict))
    return next((entry for entry in members if entry.get(name) == wanted), MISSING)


def from_fragment(fragment: str) -> str:
    """The pointer that a URI fragment writes, percent-encoded, behind `#` (RFC 6901 6)."""
    return unquote(fragment.removeprefix("#"))


def exists_in(schema: Any, pointer: str, resolve: Callable[[Any], Any]) -> bool:
    """Whether a schema describes a property at the pointer."""
    return property_at(schema, pointer, resolve) is not None


def property_at(schema: Any, pointer: str, resolve: Callable[[Any], Any]) -> dict[str, Any] | None:
    """The schema of the property that a pointer names, references resolved; none where there is
    none.
    """
    schema = resolve(schema)
    for key in split(pointer):
        schema = _property(schema, key, resolve, depth=0)
        if schema is None:
            return None
    return schema if isinstance(schema, dict) else None


DEEPEST = 16  # compositions within compositions that are followed; a schema may contain itself


def _property(schema: Any, name: str, resolve: Callable[[Any], Any], depth: int) -> Any:
    """The schema of a property, wherever the parts of a composition name it."""
    if not isinstance(schema, dict) or depth > DEEPEST:
        return None
    found = []
    if name in (schema.get("properties") or {}):
        found.append(resolve(schema["properties"][name]))
    elif "items" in schema and (name == EACH or MEMBER.fullmatch(name)):
        found.append(resolve(schema["items"]))
    found += _in_parts(schema, "allOf", name, resolve, depth)
    if found:
        return found[0] if len(found) == 1 else {"allOf": found}
    alternatives = (
        described
        for keyword in ("oneOf", "anyOf")
        for described in _in_parts(schema, keyword, name, resolve, depth)
    )
    return next(alternatives, None)


def _in_parts(
    schema: Any, keyword: str, name: str, resolve: Callable[[Any], Any], depth: int
) -> Iterator[Any]:
    for part in schema.get(keyword) or ():
        described = _property(resolve(part), name, resolve, depth + 1)
        if described is not None:
            yield described


@lru_cache(maxsize=1024)
def split(pointer: str) -> list[str]:
    """The keys that a pointer goes through."""
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
