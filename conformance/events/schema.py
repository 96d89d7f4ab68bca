"""The JSON Schema of an event, made from the messages, for readers in other languages.

python -m conformance.events.schema > conformance/events/schemas/events.schema.json
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import msgspec

from conformance.events.messages import SCHEMA_VERSION, Event

_ID = f"https://formant-conformance.example/schemas/events-{SCHEMA_VERSION}.json"
_TITLE = f"An event of a run: one line of events.ndjson, schema version {SCHEMA_VERSION}"


def events_schema() -> dict[str, Any]:
    """The schema of one line of a stream."""
    return schema_of(Event, _ID, _TITLE)


def schema_of(kind: Any, identifier: str, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a struct or of a union of structs."""
    (root,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "title": title,
    }
    schema: dict[str, Any] = _plain(about | root | {"$defs": definitions})
    return schema


def text_of(schema: dict[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _plain(node: Any) -> Any:
    """A schema without what only OpenAPI knows, its descriptions free of Python's indentation."""
    if isinstance(node, list):
        return [_plain(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    cleaned = {name: _plain(value) for name, value in node.items() if name != "discriminator"}
    if isinstance(cleaned.get("description"), str):
        cleaned["description"] = inspect.cleandoc(cleaned["description"])
    return cleaned


if __name__ == "__main__":
    print(text_of(events_schema()), end="")
