"""What descriptions of parameters and header fields say in words."""

from __future__ import annotations

import pytest

from conformance.inference.described import total_inside


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
