"""Traits inferred from documents, in the words of APIs that are widely known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.inference import BOOLEAN, BOUNDED, INTEGER, ROWS, STRING, objects, values

CASES: dict[str, tuple[dict[str, Any], Any, dict[str, Any]]] = {
    "Spotify": (
        {"limit": BOUNDED, "offset": INTEGER},
        objects(items=ROWS, total=INTEGER, next=STRING, previous=STRING),
        {
            "style": "limit_offset",
            "limit": "limit",
            "offset": "offset",
            "items": "/items",
            "total": "/total",
            "next": "/next",
            "previous": "/previous",
        },
    ),
    "Stripe": (
        {"limit": BOUNDED, "starting_after": STRING, "ending_before": STRING},
        objects(data=ROWS, has_more=BOOLEAN, object=STRING, url=STRING),
        {
            "style": "cursor",
            "cursor": "starting_after",
            "limit": "limit",
            "row_cursor": "/id",
            "items": "/data",
            "has_more": "/has_more",
        },
    ),
    "Google": (
        {"pageSize": BOUNDED, "pageToken": STRING},
        objects(files=ROWS, nextPageToken=STRING),
        {
            "style": "cursor",
            "cursor": "pageToken",
            "limit": "pageSize",
            "items": "/files",
            "next_cursor": "/nextPageToken",
        },
    ),
    "Slack": (
        {"limit": BOUNDED, "cursor": STRING},
        objects(ok=BOOLEAN, members=ROWS, response_metadata=objects(next_cursor=STRING)),
        {
            "style": "cursor",
            "cursor": "cursor",
            "limit": "limit",
            "items": "/members",
            "next_cursor": "/response_metadata/next_cursor",
        },
    ),
    "Kubernetes": (
        {"limit": INTEGER, "continue": STRING},
        {"allOf": [objects(items=ROWS), objects(metadata=objects(**{"continue": STRING}))]},
        {
            "style": "cursor",
            "cursor": "continue",
            "limit": "limit",
            "items": "/items",
            "next_cursor": "/metadata/continue",
        },
    ),
    "JSON:API": (
        {"page[number]": INTEGER, "page[size]": BOUNDED},
        objects(data=ROWS, links=objects(next=STRING, prev=STRING, last=STRING)),
        {
            "style": "page_size",
            "page": "page[number]",
            "size": "page[size]",
            "items": "/data",
            "next": "/links/next",
            "previous": "/links/prev",
            "last": "/links/last",
        },
    ),
    "HAL": (
        {"page": INTEGER, "per_page": BOUNDED},
        objects(
            _embedded=objects(things=ROWS), _links=objects(next=objects(href=STRING)), total=INTEGER
        ),
        {
            "style": "page_size",
            "page": "page",
            "size": "per_page",
            "items": "/_embedded/things",
            "total": "/total",
            "next": "/_links/next/href",
        },
    ),
    "OData": (
        {"$top": INTEGER, "$skip": INTEGER},
        objects(value=ROWS, **{"@odata.nextLink": STRING}),
        {
            "style": "limit_offset",
            "limit": "$top",
            "offset": "$skip",
            "items": "/value",
        },
    ),
    "Spring": (
        {"page": {"type": "integer", "default": 0}, "size": {"type": "integer", "default": 20}},
        objects(content=ROWS, totalElements=INTEGER, totalPages=INTEGER, number=INTEGER),
        {
            "style": "page_size",
            "page": "page",
            "size": "size",
            "first_page": 0,
            "items": "/content",
            "total": "/totalElements",
            "pages": "/totalPages",
        },
    ),
    "Twilio": (
        {"PageSize": BOUNDED, "PageToken": STRING},
        objects(calls=ROWS, next_page_uri={"type": "string", "format": "uri"}),
        {
            "style": "next_url",
            "cursor": "PageToken",
            "limit": "PageSize",
            "items": "/calls",
            "next": "/next_page_uri",
        },
    ),
    "Airtable": (
        {"offset": STRING, "pageSize": BOUNDED},
        objects(records=ROWS, offset=STRING),
        {
            "style": "cursor",
            "cursor": "offset",
            "limit": "pageSize",
            "items": "/records",
            "next_cursor": "/offset",
        },
    ),
    "Notion": (
        {"start_cursor": STRING, "page_size": BOUNDED},
        objects(results=ROWS, next_cursor=STRING, has_more=BOOLEAN),
        {
            "style": "cursor",
            "cursor": "start_cursor",
            "limit": "page_size",
            "items": "/results",
            "has_more": "/has_more",
            "next_cursor": "/next_cursor",
        },
    ),
    "X": (
        {"pagination_token": STRING, "max_results": BOUNDED},
        objects(data=ROWS, meta=objects(next_token=STRING, result_count=INTEGER)),
        {
            "style": "cursor",
            "cursor": "pagination_token",
            "limit": "max_results",
            "items": "/data",
            "next_cursor": "/meta/next_token",
        },
    ),
    "NestJS": (
        {"page": INTEGER, "take": BOUNDED},
        objects(data=ROWS, meta=objects(total={"type": "number"}, pageCount={"type": "number"})),
        {
            "style": "page_size",
            "page": "page",
            "size": "take",
            "items": "/data",
            "total": "/meta/total",
            "pages": "/meta/pageCount",
        },
    ),
    "SCIM": (
        {"startIndex": {"type": "integer", "minimum": 1}, "count": BOUNDED},
        objects(Resources=ROWS, totalResults=INTEGER, itemsPerPage=INTEGER),
        {
            "style": "limit_offset",
            "limit": "count",
            "offset": "startIndex",
            "first_row": 1,
            "items": "/Resources",
            "total": "/totalResults",
        },
    ),
    "Hydra": (
        {"page": INTEGER, "itemsPerPage": BOUNDED},
        objects(
            **{
                "hydra:member": ROWS,
                "hydra:totalItems": INTEGER,
                "hydra:view": objects(**{"hydra:next": STRING, "hydra:last": STRING}),
            }
        ),
        {
            "style": "page_size",
            "page": "page",
            "size": "itemsPerPage",
            "items": "/hydra:member",
            "total": "/hydra:totalItems",
            "next": "/hydra:view/hydra:next",
            "last": "/hydra:view/hydra:last",
        },
    ),
    "FastAPI": (
        {"page": {"anyOf": [INTEGER, {"type": "null"}]}, "size": BOUNDED},
        objects(items=ROWS, total={"anyOf": [INTEGER, {"type": "null"}]}),
        {
            "style": "page_size",
            "page": "page",
            "size": "size",
            "items": "/items",
            "total": "/total",
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_style_of_a_known_api_is_inferred(infer, name) -> None:
    """Each part by its name and type, wherever the envelope has it."""
    query, body, expected = CASES[name]
    assert values(infer(body, **query)) == expected


def test_links_and_totals_of_headers_are_seen(infer) -> None:
    """Beside an array, as GitHub and GitLab have them; a total of the body goes before."""
    headers = ("Link", "X-Total", "X-Rate")
    found = infer(ROWS, headers=headers, page=INTEGER, per_page=INTEGER)
    told = {"items": "", "link_header": True, "total_header": "X-Total"}
    assert values(found) == {"style": "page_size", "page": "page", "size": "per_page", **told}
    found = infer(objects(rows=ROWS, total=INTEGER), headers=headers, page=INTEGER)
    assert "total_header" not in found.suggested[0].value
    assert values(infer(ROWS, headers=("Link",)))["style"] == "link_header"
    found = infer(ROWS, headers=("X-WP-Total", "X-WP-TotalPages"), page=INTEGER)
    assert values(found)["total_header"] == "X-WP-Total"


def test_a_flag_of_the_last_page_is_one_of_more_the_other_way_round(infer) -> None:
    """As Atlassian and Spring have it; a boolean, for `last` is a link too."""
    for name in ("isLast", "last"):
        found = values(infer(objects(values=ROWS, **{name: {"type": "boolean"}}), page=INTEGER))
        assert found["is_last"] == f"/{name}"
        assert "last" not in found
    both = objects(values=ROWS, has_more={"type": "boolean"}, isLast={"type": "boolean"})
    found = values(infer(both, page=INTEGER))
    assert (found["has_more"], "is_last" in found) == ("/has_more", False)


@pytest.mark.parametrize(
    ("body", "query", "why"),
    [
        (objects(name=STRING), {}, "no array of objects"),
        ({"type": "array", "items": STRING}, {"limit": INTEGER}, "nothing leads to those behind"),
        ({"type": "array", "items": INTEGER}, {"limit": INTEGER}, "no array of objects"),
        (ROWS, {"limit": INTEGER}, "nothing leads to those behind them"),
        (ROWS, {"offset": INTEGER}, "no parameter for how many rows"),
        (objects(items=ROWS), {"cursor": STRING}, "no member of the answer gives it"),
        (ROWS, {"from": STRING, "to": STRING}, "no parameter, member or header"),
    ],
)
def test_what_is_no_paged_list_says_why(infer, body, query, why) -> None:
    """Nothing is proposed for it."""
    found = infer(body, **query)
    assert found.suggested == ()
    assert why in found.missing


def test_a_next_page_may_be_a_cursor(infer) -> None:
    """Where a text is asked for, or said to be one; else it is the URL of that page."""
    answer = objects(data=ROWS, has_more=BOOLEAN, next_page=STRING)
    found = values(infer(answer, page=STRING, limit=INTEGER))
    assert (found["style"], found["cursor"], found["next_cursor"]) == (
        "cursor",
        "page",
        "/next_page",
    )
    assert values(infer(answer, limit=INTEGER))["next"] == "/next_page"
    token = objects(data=ROWS, next_page={**STRING, "description": "The token for the next page."})
    assert infer(token, limit=INTEGER).suggested == ()


def test_a_page_number_beside_a_cursor_is_not_how_pages_are_reached(infer) -> None:
    """The link has the cursor, and the number alone says nothing (as Twilio's APIs have it)."""
    answer = objects(services=ROWS, meta=objects(next_page_url=STRING))
    counted = {**INTEGER, "minimum": 0}
    found = infer(answer, Page=counted, PageSize=BOUNDED, PageToken=STRING)
    paging = found.suggested[0].value
    assert (paging["style"], "first_page" in paging) == ("next_url", False)


def test_rows_that_a_composition_describes_twice(infer) -> None:
    """An envelope says that there is an array, and each list what is in it."""
    envelope = objects(data={"type": "array", "items": {}})
    found = infer({"allOf": [envelope, objects(data=ROWS)]}, limit=BOUNDED, offset=INTEGER)
    values = {suggested.name: suggested.value for suggested in found.suggested}
    assert (values["pagination"]["items"], values["identity"]) == ("/data", "/id")


def test_an_envelope_that_lists_share_hides_no_row(infer) -> None:
    """It says that rows are objects, and a list of its own which."""
    shared = objects(data={"type": "array", "items": {"type": "object"}})
    found = infer(
        {"allOf": [shared, objects(data=ROWS)]}, page=INTEGER, limit=BOUNDED, state=STRING
    )
    known = {suggested.name: suggested.value for suggested in found.suggested}
    assert (known["identity"], known["filters"]) == ("/id", {"state": "/state"})


def test_a_link_within_a_bounded_result_is_not_how_pages_are_reached(infer) -> None:
    """`$top` bounds what OData's links lead through."""
    body = objects(value=ROWS, **{"@odata.nextLink": STRING})
    assert "next" not in values(infer(body, **{"$top": INTEGER, "$skip": INTEGER}))
    assert values(infer(body, top=INTEGER, skip=INTEGER))["next"] == "/@odata.nextLink"


def test_pages_that_are_counted_go_before_an_offset(infer) -> None:
    """Where the size is that of a page: links count pages then."""
    found = values(infer(ROWS, page=INTEGER, per_page=BOUNDED, offset=INTEGER))
    assert (found["style"], found["page"], found["size"]) == ("page_size", "page", "per_page")
    assert (
        values(infer(ROWS, page=INTEGER, limit=BOUNDED, offset=INTEGER))["style"] == "limit_offset"
    )
