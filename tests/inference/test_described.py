"""What descriptions of parameters and header fields say in words."""

from __future__ import annotations

import pytest

from conformance.inference.described import total_inside
from tests.support.inference import BOUNDED, INTEGER, ROWS, STRING, objects, values


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("Paging as JSON: TotalCount, PageSize", "TotalCount"),
        ("TotalCount, PageSize", None),
        ("JSON of pages", None),
    ],
)
def test_a_total_may_stand_in_the_json_of_a_header(text, member) -> None:
    """As ASP.NET has it; a description without JSON speaks of something else."""
    assert total_inside(text) == member


@pytest.mark.parametrize(
    ("schema", "sizes", "unsaid"),
    [
        (BOUNDED, (25, 200), []),
        ({"schema": INTEGER, "description": "At most 250, defaults to 50."}, (50, 250), []),
        ({"schema": INTEGER, "description": "Between 1 and 64. Default: 16"}, (16, 64), []),
        ({"schema": INTEGER, "description": "25 by default, 90 at most"}, (25, 90), []),
        (
            {"schema": INTEGER, "description": "If unspecified, at most 50 come. Maximum: 1000"},
            (50, 1000),
            [],
        ),
        ({"schema": INTEGER, "description": "20 if absent; up to 500"}, (20, 500), []),
        ({"type": "integer", "maximum": 10}, (10, 10), ["default_limit"]),
        (INTEGER, (20, 100), ["default_limit", "maximum_limit"]),
    ],
)
def test_sizes_are_read_from_schema_and_description(infer, schema, sizes, unsaid) -> None:
    """What is said nowhere is assumed, and marked so."""
    [pagination, *_] = infer(objects(items=ROWS), limit=schema, offset=INTEGER).suggested
    assert (pagination.value["default_limit"], pagination.value["maximum_limit"]) == sizes
    assert pagination.value.get("assumed", []) == unsaid


def test_a_size_below_which_no_page_may_be_is_not_asked_for(infer) -> None:
    """The laws ask for pages of one row."""
    bounded = {**BOUNDED, "minimum": 5}
    found = infer(objects(data=ROWS, next_token=STRING), pagination_token=STRING, limit=bounded)
    assert "limit" not in values(found)
