"""The names of a document: each is defined once, and what refers to one finds it (DOC-01)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.jsonpath import entries_with, path_of
from conformance.contract.references import references_in
from conformance.laws.flaws import Action, Flaw
from conformance.laws.written import items_of, operations_in, operations_of, parameters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.source import Key
    from conformance.laws.written import WrittenItem, WrittenOperation

    Location = tuple[Key, ...]
    # The place of a parameter, its name, and what selects it in its list.
    PathParameter = tuple[Location, str, dict[str, str]]

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
# What a missing component is defined as, so that the rest of the document can be read.
UNDEFINED: dict[str, Any] = {
    "schemas": {"description": "Not defined by the document: any value"},
    "responses": {"description": "Not defined by the document"},
}


def dangling(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: every reference leads to something.

    A fragment that is no JSON Pointer names an anchor, which a schema may define anywhere.
    """
    flaws: list[Flaw] = []
    for place, node in references_in(document):
        reference = node["$ref"]
        if reference.startswith("#/") and not _leads(document, reference):
            found = f"the reference {reference} leads nowhere"
            mend = tuple(_defined(reference))
            flaws.append(Flaw("a reference to a part of the document", found, place, mend, True))
    return flaws


def duplicate_ids(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: no two operations share an id (OpenAPI, Operation Object)."""
    first: dict[str, WrittenOperation] = {}
    flaws: list[Flaw] = []
    for operation in operations_of(document):
        name = operation.node.get("operationId")
        if not isinstance(name, str):
            continue
        known = first.setdefault(name, operation)
        if known.place == operation.place:  # one operation at two paths, by reference
            continue
        new = f"{name}-{operation.method}-{len(flaws) + 2}"
        mend = Action(path_of(operation.place), f"{name} names {known.name}.", {"operationId": new})
        place = (*operation.place, "operationId")
        found = f"{operation.name} is called {name} as {known.name} is"
        flaws.append(Flaw("an operationId of its own", found, place, (mend,), True))
    return flaws


def undeclared_placeholders(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: each name in a path is a path parameter of the operation, and the other way around
    (OpenAPI, Parameter Object).
    """
    flaws: list[Flaw] = []
    for item in items_of(document):
        names = set(_PLACEHOLDER.findall(item.path))
        shared = list(_path_parameters(document, item))
        flaws += _unused(names, shared, item.path)
        for operation in operations_in(document, item):
            own = list(_path_parameters(document, operation))
            declared = {name for _, name, _ in (*shared, *own)}
            flaws += _unused(names, own, item.path)
            flaws += _missing(names - declared, operation)
    return flaws


def undefined_schemes(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: what `security` names is defined (OpenAPI, Security Requirement Object)."""
    defined = (document.get("components") or {}).get("securitySchemes") or {}
    parts: list[tuple[Location, Any]] = [((), document)]
    parts += [(operation.place, operation.node) for operation in operations_of(document)]
    return [
        Flaw(
            "a security scheme of the document",
            f"the security scheme {name} is not defined",
            (*place, "security", index),
            grave=True,
        )
        for place, described in parts
        for index, alternative in enumerate(described.get("security") or ())
        for name in (alternative if isinstance(alternative, dict) else ())
        if name not in defined
    ]


def _leads(document: dict[str, Any], reference: str) -> bool:
    target = pointer.get(document, pointer.from_fragment(reference))
    return target is not pointer.MISSING


def _defined(reference: str) -> Iterator[Action]:
    """A definition of the component that is missing, where its kind has a neutral one."""
    keys = pointer.split(pointer.from_fragment(reference))
    if len(keys) != 3 or keys[0] != "components" or keys[1] not in UNDEFINED:
        return
    _, section, name = keys
    update = {"components": {section: {name: UNDEFINED[section]}}}
    yield Action("$", f"{reference} is referred to and not defined: say what it is.", update)


def _path_parameters(
    document: dict[str, Any], part: WrittenItem | WrittenOperation
) -> Iterator[PathParameter]:
    for place, entry, parameter in parameters_of(document, part):
        if parameter.get("in") == "path":
            name = str(parameter.get("name"))
            members = {"name": name, "in": "path"}
            if "$ref" in entry:
                members = {"$ref": entry["$ref"]}
            yield place, name, members


def _unused(names: set[str], parameters: list[PathParameter], path: str) -> Iterator[Flaw]:
    for place, name, members in parameters:
        if name not in names:
            mend = Action(entries_with(place[:-1], members), f"{path} has no {{{name}}}.")
            yield Flaw(f"{{{name}}} in the path", f"{path} has none", place, (mend,), True)


def _missing(names: set[str], operation: WrittenOperation) -> Iterator[Flaw]:
    for name in sorted(names):
        parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        mend = Action(
            path_of(operation.place),
            f"{operation.path} has {{{name}}}, which {operation.method} does not declare: say its type.",
            {"parameters": [parameter]},
        )
        found = f"{{{name}}} of {operation.name} is no parameter of it"
        yield Flaw(f"a path parameter {name}", found, operation.place, (mend,), True)
