"""What is written of the event stream, held against its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.events.messages import SCHEMA_VERSION
from conformance.events.schema import events_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")


def fields(node: Any, definitions: dict[str, Any]) -> Iterator[str]:
    """The names of the fields of a node of the schema, those of the nouns in it included."""
    if isinstance(node, list):
        for value in node:
            yield from fields(value, definitions)
    elif isinstance(node, dict):
        yield from node.get("properties", {})
        if "$ref" in node:
            yield from fields(definitions[node["$ref"].rpartition("/")[2]], definitions)
        for value in node.values():
            yield from fields(value, definitions)


@pytest.mark.parametrize("kind", ["Header", "ExchangeRecord", "Judgement", "Notice", "Footer"])
def test_every_field_of_every_event_is_documented(kind: str) -> None:
    """A field that is added to the schema is added to the page, under its event."""
    definitions = events_schema()["$defs"]
    (event,) = definitions[kind]["properties"]["event"]["enum"]
    part = DOCUMENT.partition(f"\n## {event}\n")[2].partition("\n## ")[0]
    named = set(fields(definitions[kind], definitions)) - {"event"}
    assert named
    assert {name for name in named if f"`{name}`" not in part} == set()


def test_the_version_is_the_one_that_is_read() -> None:
    """The page and the reader speak of the same version."""
    assert f"The schema is version {SCHEMA_VERSION}:" in DOCUMENT
    assert events_schema()["$defs"]["Header"]["properties"]["schema"]["enum"] == [SCHEMA_VERSION]
