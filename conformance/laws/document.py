"""The laws of the document itself, which no request shows (DOC-01 to DOC-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.media import json_schema
from conformance.contract.operation import REFUSED
from conformance.contract.references import resolve
from conformance.laws import pages
from conformance.laws.finding import Finding
from conformance.laws.schemas import validator_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.contract.operation import Operation

SHOWN = 300  # characters of a validator's message


def valid(published: dict[str, Any]) -> list[Finding]:
    """DOC-01: the document is valid by the OpenAPI version that it names (3.0, or 3.1 for any later
    one).
    """
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    is_old = str(published["openapi"]).startswith("3.0")
    validator = OpenAPIV30SpecValidator if is_old else OpenAPIV31SpecValidator
    # The validator takes every member for a path, also those that are the author's own.
    paths = {path: item for path, item in published["paths"].items() if not path.startswith("x-")}
    return [
        Finding("a valid OpenAPI document", str(error.message)[:SHOWN])
        for error in validator({**published, "paths": paths}).iter_errors()
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


def schemes_applied(published: dict[str, Any]) -> list[Finding]:
    """DOC-03: every security scheme that is defined is required by some operation."""
    schemes = (published.get("components") or {}).get("securitySchemes") or {}
    required = set(_names(published.get("security")))
    for _, _, described in _operations(published):
        required |= set(_names(described.get("security")))

    return [
        Finding(f"the security scheme {name} applied", "no operation requires it")
        for name in schemes
        if name not in required
    ]


def nothing_shadowed(published: dict[str, Any]) -> list[Finding]:
    """DOC-03: no header parameter `Authorization`; tools ignore it, or fill it with random values.

    OpenAPI, Parameter Object: a definition of that name shall be ignored.
    """
    findings = []
    for method, path, described in _operations(published):
        for parameter in described.get("parameters") or []:
            parameter = resolve(published, parameter)
            name = str(parameter.get("name")).lower()
            if parameter.get("in") == "header" and name == "authorization":
                text = f"{method.upper()} {path} has one, which OpenAPI ignores"
                findings.append(Finding("no header parameter Authorization", text))
    return findings


def statuses_listed(published: dict[str, Any], operation: Operation) -> list[Finding]:
    """DOC-03: the published document lists every status that the documentation names."""
    described = _published(published, operation)
    missing = sorted(set(operation.responses) - set(described.get("responses") or {}))
    if not missing:
        return []
    text = f"{operation.method} {operation.path} lacks {', '.join(missing)}"
    return [Finding("every documented status listed", text)]


def refusal_listed(operation: Operation) -> list[Finding]:
    """DOC-03: an operation that requires a key lists how it refuses one."""
    listed = set(operation.responses) & {"default", "4XX", *map(str, REFUSED)}
    if operation.security is None or listed:
        return []
    text = f"{operation.method} {operation.path} requires a key and lists neither"
    return [Finding("401 or 403 listed where a key is required", text)]


def covered(operation: Operation) -> list[Finding]:
    """DOC-04: requirements are judged on the operation, unless it is never to be sent."""
    if operation.obstacle is None or operation.is_lasting:
        return []
    return [Finding(f"{operation.id} covered", operation.obstacle)]


def _names(requirements: Any) -> Iterator[str]:
    for alternative in requirements or []:
        yield from alternative


def _operations(published: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and Operation Object of each operation of a document."""
    from conformance.contract.operations import METHODS

    for path, item in published["paths"].items():
        described = {} if path.startswith("x-") else resolve(published, item)
        for method in METHODS:
            if isinstance(described, dict) and isinstance(described.get(method), dict):
                yield method, path, described[method]


def _published(published: dict[str, Any], operation: Operation) -> dict[str, Any]:
    """An operation as it was published, empty where an overlay added it."""
    wanted = (operation.method.lower(), operation.path)
    for method, path, described in _operations(published):
        if (method, path) == wanted:
            return described
    return {}
