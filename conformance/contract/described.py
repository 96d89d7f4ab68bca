"""What a schema says of the parts of a value, compositions read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.patterns import is_found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Resolve = Callable[[Any], Any]

COMPOSED = ("allOf", "oneOf", "anyOf")
DEEPEST = 16  # compositions within compositions; a schema may be composed of itself


def parts(schema: Any, resolve: Resolve, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The object schemas that a schema is composed of, itself first."""
    schema = resolve(schema)
    if not isinstance(schema, dict) or depth > DEEPEST:
        return
    yield schema
    for keyword in COMPOSED:
        for member in schema.get(keyword) or ():
            yield from parts(member, resolve, depth + 1)


def highest(schemas: Iterable[dict[str, Any]]) -> int | None:
    """The greatest integer that schemas which all apply allow; none where they name no bound."""
    bounds = []
    for part in schemas:
        if type(part.get("maximum")) is int:
            bounds.append(part["maximum"])
        if type(part.get("exclusiveMaximum")) is int:
            bounds.append(part["exclusiveMaximum"] - 1)
    return min(bounds, default=None)


def named_types(schemas: Iterable[Any]) -> set[str]:
    """The types that schemas name, null left out."""
    found: set[str] = set()
    for schema in schemas:
        named = schema.get("type")
        found |= set(named) if isinstance(named, list) else {named} if named else set()
    return found - {"null"}


def composed(schema: Any, resolve: Resolve, depth: int = 0) -> Any:
    """A schema whose references are followed, as far as it is composed of them."""
    schema = resolve(schema)
    if not isinstance(schema, dict) or depth > DEEPEST:
        return schema
    members = {
        keyword: [composed(member, resolve, depth + 1) for member in schema[keyword]]
        for keyword in COMPOSED
        if isinstance(schema.get(keyword), list)
    }
    return schema | members


def property_names(schema: Any, resolve: Resolve) -> dict[str, list[Any]]:
    """The properties that a schema names, each with every schema that describes it."""
    named: dict[str, list[Any]] = {}
    for part in parts(schema, resolve):
        for name, described in (part.get("properties") or {}).items():
            named.setdefault(name, []).append(described)
    return named


def rows_at(schema: Any, place: str, resolve: Resolve) -> Any:
    """The schema of the members of the array that a pointer names; empty where none is described."""
    listing, each, inside = place.rpartition(f"/{pointer.EACH}")
    if each:
        return pointer.property_at(rows_at(schema, listing, resolve), inside, resolve) or {}
    listed = pointer.property_at(schema, place, resolve)
    items = [part["items"] for part in parts(listed, resolve) if part.get("items")]
    if not items:
        return {}
    return items[0] if len(items) == 1 else {"allOf": items}


def undocumented(
    value: Any, schemas: Sequence[Any], resolve: Resolve, at: str = ""
) -> Iterator[str]:
    """The places of properties that no schema names, indexes left out.

    An object of which no property is named at all may have any.
    """
    known = [part for schema in schemas for part in parts(schema, resolve)]
    if isinstance(value, dict) and any("properties" in part for part in known):
        for name, member in value.items():
            described = [
                part["properties"][name] for part in known if name in (part.get("properties") or {})
            ]
            if described:
                yield from undocumented(member, described, resolve, f"{at}/{name}")
            elif not _is_allowed(name, known):
                yield f"{at}/{name}"
    elif isinstance(value, list):
        items = [part["items"] for part in known if "items" in part]
        for member in value:
            yield from undocumented(member, items, resolve, f"{at}/*")


def _is_allowed(name: str, known: Sequence[dict[str, Any]]) -> bool:
    """Whether a schema speaks of further properties, by a pattern or at all."""
    for part in known:
        if part.get("additionalProperties", False) is not False:
            return True
        patterns = part.get("patternProperties") or ()
        if any(is_found(str(pattern), name, unknown=True) for pattern in patterns):
            return True
    return False


def scalars(
    value: Any, schemas: Sequence[Any], resolve: Resolve, at: str = ""
) -> Iterator[tuple[str, Any, list[dict[str, Any]]]]:
    """Each value that is no object and no list: its place, itself, and the schemas that describe
    it.
    """
    known = [part for schema in schemas for part in parts(schema, resolve)]
    if isinstance(value, dict):
        for name, member in value.items():
            described = [
                part["properties"][name] for part in known if name in (part.get("properties") or {})
            ]
            if described:
                yield from scalars(member, described, resolve, f"{at}/{name}")
    elif isinstance(value, list):
        items = [part["items"] for part in known if "items" in part]
        for index, member in enumerate(value):
            yield from scalars(member, items, resolve, f"{at}/{index}")
    elif known:
        yield at, value, known


def admits_null(schemas: Sequence[Any], resolve: Resolve) -> bool:
    """Whether a described value may be null: by its type, by an enumeration, or by 3.0's
    `nullable`.
    """
    for schema in schemas:
        for part in parts(schema, resolve):
            kinds = part.get("type")
            if part.get("nullable") is True or kinds == "null":
                return True
            if isinstance(kinds, list) and "null" in kinds:
                return True
            if None in (part.get("enum") or ()):
                return True
    return False
