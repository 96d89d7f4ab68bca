"""Services that page as common frameworks do: healthy ones draw no alarm, faults are reported.

`python -m benchmarks.paging` runs every fault of every service.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.support.paged import Answer, Asked, integer, list_operation, rows_of, run, traits
from tests.support.paged_services import (
    SERVICES,
    Bounded,
    Connections,
    Cursors,
    Linked,
    Numbered,
    Ranges,
    RestFramework,
)
from tests.support.paged_services.parts import strict


class OneOfEach(Linked):
    """Rows of which no two have the same genre."""

    def __init__(self, fault: str | None = None) -> None:
        super().__init__(fault)
        self.rows = [{**row, "genre": f"genre-{row['id']}"} for row in self.rows]


class PagesAlone(Numbered):
    """One page of few rows, of a size that no request can name; there are no others."""

    DOCUMENT: ClassVar[dict[str, Any]] = {
        "paths": {
            "/items": {
                "get": list_operation(
                    "listItems", [integer("page")], rows_of("items", total={"type": "integer"})
                )
            }
        }
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/items",
            pagination={"page": "page", "items": "/items", "total": "/total", "default_limit": 10},
            identity="/id",
        )
    ]

    def answer(self, asked: Asked) -> Answer | None:
        """The first page."""
        if asked.path != "/items":
            return None
        if strict(asked.query.get("page"), 1) != 1:
            return self.refusal(404, "no such page")
        return Answer(200, {"items": self.rows[:7], "total": 7})


PAGING = ("--only", "PAG-*", "--profile", "smoke")


@pytest.mark.parametrize("service", [*SERVICES, PagesAlone])
def test_a_healthy_service_draws_no_alarm(service, tmp_path) -> None:
    """The whole run passes: every MUST that applies has its evidence."""
    outcome = run(service, None, tmp_path)
    assert (outcome.code, outcome.failed) == (0, frozenset()), outcome.text


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (RestFramework, "next_loops"),
        (RestFramework, "altered_accepted"),
        (Numbered, "pages_rounded_down"),
        (Linked, "next_elsewhere"),
        (Linked, "feed_empty_page_leads_on"),
        (Cursors, "always_more"),
        (Ranges, "range_too_long"),
        (Ranges, "range_forgotten"),
        (Bounded, "deepest_refused"),
        (Connections, "flag_stuck"),
    ],
)
def test_a_fault_is_reported_by_its_requirement(service, fault, tmp_path) -> None:
    """With few requests already."""
    outcome = run(service, fault, tmp_path, *PAGING)
    assert outcome.code == 1, outcome.text
    assert outcome.failed & {*service.FAULTS[fault]}, outcome.text


def test_a_filter_of_single_rows_shows_no_order(tmp_path) -> None:
    """The rest of what filters promise is judged on two values of it."""
    outcome = run(OneOfEach, None, tmp_path, "--only", "FIL-0[15]", "--profile", "smoke")
    assert (outcome.code, outcome.failed) == (0, frozenset()), outcome.text
    assert "not exercised: order under a filter (needs 2 rows)" in outcome.text
