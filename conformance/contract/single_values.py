"""What a query may give one value of, be the parameter a list of them, or an object whose members are
asked for by name (`filter[state]`; OpenAPI, Parameter Object: `deepObject`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.described import composed, property_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Resolve = Callable[[Any], Any]

DEEP = "deepObject"


def single_values(
    parameters: Iterable[Mapping[str, Any]], resolve: Resolve
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each name that a query may have, with the parameter, or the member of one, that it stands for:
    its `schema` is that of one value.
    """
    for parameter in parameters:
        if parameter.get("in") != "query":
            continue
        name, schema = str(parameter["name"]), parameter.get("schema")
        yield name, {**parameter, "schema": _of_one(schema, resolve)}
        if parameter.get("style") == DEEP:
            for member, described in property_names(schema, resolve).items():
                inner = described[0] if len(described) == 1 else {"allOf": described}
                said = {"description": inner["description"]} if "description" in inner else {}
                one = {"schema": _of_one(inner, resolve), **said}
                yield f"{name}[{member}]", {"name": f"{name}[{member}]", "in": "query", **one}


def with_members(schema: Any, resolve: Resolve) -> Any:
    """A schema whose references are followed, and those of what it is a list of, or has by name."""
    schema = composed(schema, resolve)
    if not isinstance(schema, dict):
        return schema
    named = schema.get("properties")
    if isinstance(named, dict):
        members = {name: _with_items(one, resolve) for name, one in named.items()}
        schema = schema | {"properties": members}
    return _with_items(schema, resolve)


def _with_items(schema: Any, resolve: Resolve) -> Any:
    """The same but for what it has by name."""
    schema = composed(schema, resolve)
    if isinstance(schema, dict) and isinstance(schema.get("items"), dict):
        return schema | {"items": composed(schema["items"], resolve)}
    return schema


def _of_one(schema: Any, resolve: Resolve) -> Any:
    """The schema of the members of a list, or the schema itself, its references followed."""
    schema = _with_items(schema, resolve)
    is_list = isinstance(schema, dict) and isinstance(schema.get("items"), dict)
    return schema["items"] if is_list else schema
