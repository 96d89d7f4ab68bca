"""The JSON Schemas that travel with the package, ready to hold documents against."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema_rs


def shipped(package: str, name: str) -> str:
    """The text of a schema as its file has it."""
    return files(package).joinpath("schemas", f"{name}.schema.json").read_text("utf-8")


def events_validator() -> jsonschema_rs.Validator:
    """What one line of `events.ndjson` is held against, formats included."""
    return _validator(json.loads(shipped("conformance.events", "events")))


def report_validator() -> jsonschema_rs.Validator:
    """What `report.json` is held against, formats included."""
    return _validator(json.loads(shipped("conformance.reports", "report")))


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
