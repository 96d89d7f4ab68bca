"""The laws of the document itself, which no request shows (DOC-01 to DOC-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import shape
from conformance.contract.jsonpath import entries_with, path_of
from conformance.contract.media import json_schema
from conformance.contract.operation import REFUSED
from conformance.laws import pages
from conformance.laws.finding import Finding
from conformance.laws.flaws import Action, Flaw
from conformance.laws.naming import (
    dangling,
    duplicate_ids,
    undeclared_placeholders,
    undefined_schemes,
)
from conformance.laws.validators import validator_of
from conformance.laws.validity import invalid
from conformance.laws.written import followed, items_of, operations_of, parameters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.laws.written import WrittenItem, WrittenOperation

SHOWN = 300  # characters of a validator's message


def valid(published: dict[str, Any]) -> list[Flaw]:
    """DOC-01: the document is valid OpenAPI, and its names lead to what they name.

    Names are looked up where the parts of the document have the types that they have to have.
    """
    flaws = invalid(published)
    if not shape.is_sound(published):
        return flaws
    return [
        *flaws,
        *dangling(published),
        *duplicate_ids(published),
        *undeclared_placeholders(published),
        *undefined_schemes(published),
    ]


def valid_example(operation: Operation, contract: Contract) -> list[Finding]:
    """DOC-01: a published answer validates against the schema of the operation's success."""
    schema = json_schema(operation.responses)
    if operation.example is None or schema is None:
        return []

    expected = f"an example of {operation.id} that its schema allows"
    errors = validator_of(schema, contract).iter_errors(operation.example)
    return [Finding(expected, str(error.message)[:SHOWN]) for error in errors]


def lawful_example(operation: Operation) -> list[Finding] | None:
    """DOC-02: a published page counts right; None where no page is published."""
    pagination = operation.pagination
    if pagination is None or operation.example is None:
        return None

    listing = pagination.read(operation.example, lambda name: None)
    if listing is None or listing.has_more is None or listing.total is None:
        expected = f"an example of {operation.id} that is a page"
        return [Finding(expected, "it has not the properties of one")]
    page = pages.page_of(listing, operation, 0, pagination.default_size)
    return pages.size(page) + pages.has_more(page)


def schemes_applied(published: dict[str, Any]) -> list[Flaw]:
    """DOC-03: every security scheme that is defined is required by some operation."""
    if not shape.is_sound(published):
        return []
    schemes = (published.get("components") or {}).get("securitySchemes") or {}
    required = set(_names(published.get("security")))
    for operation in operations_of(published):
        required |= set(_names(operation.node.get("security")))

    return [
        Flaw(
            f"the security scheme {name} applied",
            "no operation requires it",
            ("components", "securitySchemes", name),
            (_applied(name, required),),
        )
        for name in schemes
        if name not in required
    ]


def _applied(name: str, required: set[str]) -> Action:
    """Where nothing is secured the scheme is for everything; beside others it is left over."""
    if required:
        place = ("components", "securitySchemes", name)
        return Action(path_of(place), f"No operation requires {name}.")
    return Action("$", f"{name} is defined and applied to nothing.", {"security": [{name: []}]})


def nothing_shadowed(published: dict[str, Any]) -> list[Flaw]:
    """DOC-03: no header parameter `Authorization`; tools ignore it, or fill it with random values.

    OpenAPI, Parameter Object: a definition of that name shall be ignored.
    """
    if not shape.is_sound(published):
        return []
    parts: list[WrittenItem | WrittenOperation] = [
        *items_of(published),
        *operations_of(published),
    ]
    return [flaw for part in parts for flaw in _shadows(published, part)]


def _shadows(published: dict[str, Any], part: WrittenItem | WrittenOperation) -> Iterator[Flaw]:
    for place, entry, parameter in parameters_of(published, part):
        name = str(parameter.get("name"))
        if parameter.get("in") != "header" or name.lower() != "authorization":
            continue
        members = {"name": name, "in": "header"}
        if "$ref" in entry:
            members = {"$ref": entry["$ref"]}
        mend = Action(
            entries_with(place[:-1], members),
            "OpenAPI ignores a header parameter of this name; the security scheme takes its place.",
        )
        text = f"{part.name} has one, which OpenAPI ignores"
        yield Flaw("no header parameter Authorization", text, place, (mend,))


def statuses_listed(published: dict[str, Any], operation: Operation) -> list[Finding]:
    """DOC-03: the published document lists every status that the documentation names."""
    described = _published(published, operation)
    if described is None:
        return []
    missing = sorted(set(operation.responses) - set(described.get("responses") or {}))
    if not missing:
        return []
    text = f"{operation.method} {operation.path} lacks {', '.join(missing)}"
    return [Finding("every documented status listed", text)]


def refusal_listed(operation: Operation) -> list[Flaw]:
    """DOC-03: an operation that requires a key lists how it refuses one."""
    listed = set(operation.responses) & {"default", "4XX", *map(str, REFUSED)}
    if operation.security is None or listed:
        return []
    text = f"{operation.method} {operation.path} requires a key and lists neither"
    place = ("paths", operation.path, operation.method.lower())
    refusal = {"401": {"description": "The key is missing or wrong"}}
    mend = Action(path_of(place), "It requires a key.", {"responses": refusal})
    return [Flaw("401 or 403 listed where a key is required", text, place, (mend,))]


def covered(operation: Operation) -> list[Finding]:
    """DOC-04: requirements are judged on the operation, unless it is never to be sent."""
    if operation.obstacle is None or operation.is_lasting or operation.made_by:
        return []
    return [Finding(f"{operation.id} covered", operation.obstacle)]


def _names(requirements: Any) -> Iterator[str]:
    for alternative in requirements or []:
        yield from alternative


def _published(published: dict[str, Any], operation: Operation) -> dict[str, Any] | None:
    """An operation as it was published, empty where an overlay added it; none where it stands in
    another file.
    """
    path = operation.path
    written = published["paths"].get(path)
    place, item = followed(published, ("paths", path), written)
    if item is None and written is not None:
        return None
    members = item if isinstance(item, dict) else {}
    members = (members.get("additionalOperations") or {}) | members
    name = next((name for name in members if name.upper() == operation.method), "")
    _, node = followed(published, (*place, name), members.get(name))
    return node if isinstance(node, dict) else {}
