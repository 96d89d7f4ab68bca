"""The JSON Schemas that travel with the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonschema_rs


FOLDERS = {"events": "events", "report": "reports"}


@cache
def schema(name: str) -> dict[str, Any]:
    """Read a schema by its name: `events` or `report`."""
    text = files(f"conformance.{FOLDERS[name]}").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def validator(name: str) -> jsonschema_rs.Validator:
    """Build the validator of a schema, formats included."""
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema(name), validate_formats=True)
