"""Pointers through arrays: each entry, and the entry with a member."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.described import rows_at
from conformance.contract.pointer import MISSING, exists_in, get

EDGES = {"edges": [{"node": {"id": 1, "a/b": 3}}, {"node": {"id": 2, "a/b": 4}}]}
LINKS = {"links": [{"rel": "self", "href": "/1"}, 7, {"rel": "next", "href": "/2"}]}


@pytest.mark.parametrize(
    ("body", "place", "value"),
    [
        (EDGES, "/edges/*/node/id", [1, 2]),
        (EDGES, "/edges/*/node/a~1b", [3, 4]),
        (EDGES, "/edges/*", EDGES["edges"]),
        (EDGES, "/edges/1/node/id", 2),
        ({"edges": []}, "/edges/*/node", []),
        ({"edges": [{"node": 1}, {}]}, "/edges/*/node", MISSING),
        ({"edges": {"*": 5}}, "/edges/*", 5),
        (LINKS, "/links/[rel=next]/href", "/2"),
        (LINKS, "/links/[rel=prev]/href", MISSING),
        (LINKS, "/links/next/href", MISSING),
        ({"links": 1}, "/links/[rel=next]/href", MISSING),
    ],
)
def test_a_pointer_goes_through_an_array(body, place, value) -> None:
    """By `*`, which is a name like any other in an object, by an index, or by a member."""
    assert get(body, place) == value


def test_a_schema_has_what_such_a_pointer_names() -> None:
    """Of the entries, whatever they are."""
    node = {"type": "object", "properties": {"id": {"type": "string"}}}
    link: dict[str, Any] = {"properties": {"rel": {}, "href": {}}}
    schema = {
        "properties": {
            "edges": {"type": "array", "items": {"properties": {"node": node}}},
            "links": {"type": "array", "items": link},
        }
    }
    assert exists_in(schema, "/edges/*/node/id", lambda part: part)
    assert exists_in(schema, "/links/[rel=next]/href", lambda part: part)
    assert not exists_in(schema, "/links/[rel=next]/url", lambda part: part)
    assert rows_at(schema, "/edges/*/node", lambda part: part) == node
    assert rows_at(schema, "/edges/*/other", lambda part: part) == {}
