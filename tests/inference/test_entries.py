"""Rows within the entries of an array, links among links, texts for rows, totals that are asked for."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.inference.overlay_text import overlay
from tests.support.inference import BOOLEAN, BOUNDED, INTEGER, ROW, ROWS, STRING, objects, values

EDGES = {"type": "array", "items": objects(cursor=STRING, node=ROW)}
ENTRIES = {"type": "array", "items": objects(fullUrl=STRING, resource=ROW)}
TEXTS = {"type": "array", "items": STRING}


def links(relation: str, url: str) -> dict[str, Any]:
    """The schema of an array of links."""
    return {"type": "array", "items": objects(**{relation: STRING, url: STRING})}


CASES: dict[str, tuple[dict[str, Any], Any, dict[str, Any]]] = {
    "a connection": (
        {"first": BOUNDED, "after": STRING, "last": INTEGER, "before": STRING},
        objects(edges=EDGES, pageInfo=objects(hasNextPage=BOOLEAN, endCursor=STRING)),
        {
            "style": "cursor",
            "cursor": "after",
            "limit": "first",
            "items": "/edges/*/node",
            "has_more": "/pageInfo/hasNextPage",
            "end_cursor": "/pageInfo/endCursor",
        },
    ),
    "a cursor without a flag": (
        {"first": BOUNDED, "after": STRING},
        objects(items=ROWS, endCursor=STRING),
        {
            "style": "cursor",
            "cursor": "after",
            "limit": "first",
            "items": "/items",
            "next_cursor": "/endCursor",
        },
    ),
    "FHIR": (
        {"_count": BOUNDED},
        objects(link=links("relation", "url"), entry=ENTRIES, total=INTEGER),
        {
            "style": "next_url",
            "limit": "_count",
            "items": "/entry/*/resource",
            "total": "/total",
            "next": "/link/[relation=next]/url",
        },
    ),
    "OGC API": (
        {"limit": BOUNDED, "bbox": STRING},
        objects(features=ROWS, links=links("rel", "href"), numberMatched=INTEGER),
        {
            "style": "next_url",
            "limit": "limit",
            "items": "/features",
            "total": "/numberMatched",
            "next": "/links/[rel=next]/href",
        },
    ),
    "links beside numbers": (
        {"limit": BOUNDED, "offset": INTEGER},
        objects(items=ROWS, links=links("rel", "href")),
        {"style": "limit_offset", "limit": "limit", "offset": "offset", "items": "/items"},
    ),
    "Linode": (
        {"page": INTEGER, "page_size": {**BOUNDED, "minimum": 25}},
        objects(data=ROWS, pages=INTEGER, results=INTEGER),
        {
            "style": "page_size",
            "page": "page",
            "items": "/data",
            "total": "/results",
            "pages": "/pages",
        },
    ),
    "Hetzner": (
        {"page": INTEGER, "per_page": BOUNDED},
        objects(servers=ROWS, meta=objects(next_page=INTEGER, last_page=INTEGER)),
        {
            "style": "page_size",
            "page": "page",
            "size": "per_page",
            "items": "/servers",
            "next_page": "/meta/next_page",
            "pages": "/meta/last_page",
        },
    ),
    "Keycloak": (
        {"first": INTEGER, "max": INTEGER},
        ROWS,
        {"style": "limit_offset", "offset": "first", "limit": "max", "items": ""},
    ),
    "Matrix": (
        {"limit": BOUNDED, "since": {"schema": STRING, "description": "A pagination token."}},
        objects(chunk=ROWS, next_batch=STRING, prev_batch=STRING),
        {
            "style": "cursor",
            "cursor": "since",
            "limit": "limit",
            "items": "/chunk",
            "next_cursor": "/next_batch",
        },
    ),
    "names alone": (
        {"limit": BOUNDED, "skip": INTEGER},
        objects(name=STRING, tags=TEXTS),
        {"style": "limit_offset", "limit": "limit", "offset": "skip", "items": "/tags"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lists_of_other_shapes_are_known(infer, name) -> None:
    """By the words of APIs that have them."""
    query, body, expected = CASES[name]
    assert values(infer(body, **query)) == expected


def test_what_a_row_is_stands_in_the_entry(infer) -> None:
    """Its identity and its filters are those of the member that is the row."""
    found = infer(objects(edges=EDGES, next=STRING), after=STRING, limit=BOUNDED, state=STRING)
    known = {suggested.name: suggested.value for suggested in found.suggested}
    assert (known["identity"], known["filters"]) == ("/id", {"state": "/state"})


def test_an_entry_with_an_identity_is_the_row(infer) -> None:
    """What it holds belongs to it."""
    entries = {"type": "array", "items": objects(id=STRING, node=ROW)}
    found = infer(objects(edges=entries), offset=INTEGER, limit=BOUNDED)
    assert values(found)["items"] == "/edges"


def test_the_size_that_no_request_may_ask_for_is_known(infer) -> None:
    """Its default holds where it is left out."""
    query, body, _ = CASES["Linode"]
    pagination = infer(body, **query).suggested[0].value
    assert (pagination["default_limit"], "maximum_limit" in pagination) == (25, False)


@pytest.mark.parametrize(
    ("asking", "is_told"),
    [({"total": BOOLEAN}, False), ({"meta": STRING}, False), ({"state": STRING}, True)],
)
def test_a_total_that_a_parameter_asks_for_is_in_doubt(infer, asking, is_told) -> None:
    """The plain answer may have none; the overlay has it as a comment."""
    body = objects(data=ROWS, total=INTEGER)
    found = infer(body, limit=BOUNDED, offset=INTEGER, **asking)
    assert ("total" in values(found)) is is_told
    assert ('# total: "/total"' in overlay("x", [found])) is not is_told


def test_a_list_that_parameters_cut_may_have_more_rows(infer) -> None:
    """Where nothing leads to them."""
    part = values(infer(ROWS, path="/things", item="/things/{id}", limit=BOUNDED))
    assert part == {"style": "unpaged", "items": "", "partial": True}
    assert "partial" not in values(infer(ROWS, path="/things", item="/things/{id}"))
