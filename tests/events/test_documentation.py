"""What is written of the event stream, held against its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.events.reader import SCHEMA_VERSION
from conformance.events.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")


def fields(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for value in node.values():
            yield from fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields(value)


@pytest.mark.parametrize("kind", ["header", "exchange", "judgement", "notice", "footer"])
def test_every_field_of_every_event_is_documented(kind: str) -> None:
    """A field that is added to the schema is added to the page, under its event."""
    part = DOCUMENT.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
    named = set(fields(schema("events")["$defs"][kind])) - {"event"}
    assert named
    assert {name for name in named if f"`{name}`" not in part} == set()


def test_the_version_is_the_one_that_is_read() -> None:
    """The page and the reader speak of the same version."""
    assert f"The schema is version {SCHEMA_VERSION}:" in DOCUMENT
    assert schema("events")["$defs"]["header"]["properties"]["schema"] == {"const": SCHEMA_VERSION}
