"""Whether a document is valid by the schema that OpenAPI publishes for its version (DOC-01)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from conformance.contract.jsonpath import path_of
from conformance.laws.flaws import Action, Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.source import Key

    Location = tuple[Key, ...]

KNOWN = ("3.0", "3.1", "3.2")
SHOWN = 300  # characters of a validator's message
# What stands in for a member that OpenAPI requires and the document lacks.
STAND_INS: dict[str, Any] = {
    "title": "An API without a title",
    "version": "0",
    "description": "Not described",
    "responses": {"default": {"description": "Not described"}},
    "required": True,
    "info": {"title": "An API without a title", "version": "0"},
}


def invalid(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: the document is valid by the OpenAPI version that it names."""
    version = str(document["openapi"])
    known = version[:3] if version[:3] in KNOWN else KNOWN[-1]
    # The schema of a version takes no other one for its own.
    stated = document if version.startswith(known) else {**document, "openapi": f"{known}.0"}
    errors = _validator(known).iter_errors(stated)
    return [_flaw(document, error, known) for error in errors]


@cache
def _validator(version: str) -> Any:
    """A validator of documents; from 3.1 on its Schema Objects are held to JSON Schema 2020-12,
    which the published schema leaves to the dialect (OpenAPI 3.1, Schema Object).
    """
    import jsonschema_rs
    from openapi_spec_validator import schemas

    if version == "3.0":
        return jsonschema_rs.validator_for(dict(schemas.schema_v30))

    published = dict(schemas.schema_v31 if version == "3.1" else schemas.schema_v32)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    whole = {
        "$schema": dialect,
        "$id": "urn:conformance:openapi",
        "$ref": published["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": dialect}},
    }
    registry = jsonschema_rs.Registry([(published["$id"], published)])
    return jsonschema_rs.validator_for(whole, registry=registry)


def _flaw(document: dict[str, Any], error: Any, version: str) -> Flaw:
    error = _closest(error)
    location = _located(document, tuple(error.instance_path))
    return Flaw(
        f"a valid OpenAPI {version} document",
        str(error.message)[:SHOWN],
        location,
        tuple(_mended(document, location, error.kind)),
        grave=True,
    )


def _closest(error: Any) -> Any:
    """The error within the alternative that the value comes closest to: the one that gets furthest
    into it. References, and what is of another kind altogether, are no close alternatives.
    """
    alternatives = [
        errors
        for errors in getattr(error.kind, "context", None) or ()
        if errors and not _asks_for_reference(errors)
    ]
    if not alternatives:
        return error
    return _closest(max(alternatives, key=_closeness)[0])


def _closeness(errors: list[Any]) -> tuple[int, int]:
    """How far into the value the first error is, then how few errors there are."""
    return min(map(_depth, errors)), -len(errors)


def _depth(error: Any) -> int:
    return 0 if _is_of_other_kind(error) else len(error.instance_path)


def _is_of_other_kind(error: Any) -> bool:
    """Whether the value is a parameter of another place, or a scheme of another type."""
    return error.kind.name == "enum" and list(error.instance_path[-1:]) in (["in"], ["type"])


def _asks_for_reference(errors: list[Any]) -> bool:
    return any(getattr(error.kind, "property", None) == "$ref" for error in errors)


def _located(document: Any, keys: Location) -> Location:
    """The path with its keys as the document has them: a validator takes `200` for a number."""
    node, place = document, []
    for key in keys:
        step: Key = str(key) if isinstance(node, dict) else key
        node = node[step]
        place.append(step)
    return tuple(place)


def _mended(document: Any, location: Location, kind: Any) -> Iterator[Action]:
    """A stand-in for what is missing, the removal of what is not allowed."""
    missing = getattr(kind, "property", None)
    if missing in STAND_INS:
        update = {missing: STAND_INS[missing]}
        yield Action(path_of(location), f"OpenAPI requires {missing}.", update)
    for name in getattr(kind, "unexpected", None) or ():
        yield Action(path_of((*location, name)), f"OpenAPI has no {name} here.")
