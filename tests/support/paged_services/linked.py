"""Lists whose next page a Link field names (RFC 8288)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from tests.support.paged import (
    ROW,
    Answer,
    Asked,
    Service,
    integer,
    item_operation,
    list_operation,
    text,
    traits,
)
from tests.support.paged_services.parts import (
    positive,
    signed,
    url,
    verified,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Linked(Service):
    """Repositories as a bare array with `Link` and `X-Total-Count` fields, and a feed of which only
    `Link` leads on.
    """

    DOCUMENT: ClassVar[dict[str, Any]] = {
        "security": [{"key": []}],
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
        },
        "paths": {
            "/repos": {
                "get": list_operation(
                    "listRepos",
                    [integer("per_page"), integer("page"), text("genre")],
                    {"type": "array", "items": ROW},
                    ("Link", "X-Total-Count"),
                )
            },
            "/repos/{id}": item_operation("getRepo", "id"),
            "/feed": {
                "get": list_operation(
                    "listFeed",
                    [integer("count"), text("after")],
                    {"type": "array", "items": ROW},
                    ("Link",),
                )
            },
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/repos",
            pagination={
                "page": "page",
                "size": "per_page",
                "items": "",
                "total_header": "X-Total-Count",
                "link_header": True,
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
            filters={"genre": "/genre"},
        ),
        traits(
            "/feed",
            pagination={
                "limit": "count",
                "cursor": "after",
                "altered_cursors": "refused",
                "items": "",
                "link_header": True,
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
        ),
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "duplicated": ("PAG-05", "PAG-07"),
        "dropped": ("PAG-05", "PAG-07", "PAG-02"),
        "size_ignored": ("PAG-02", "PAG-10"),
        "total_wrong": ("PAG-02", "PAG-04"),
        "total_missing": ("PAG-04",),
        "filter_ignored": ("FIL-01",),
        "unordered": ("PAG-08",),
        "last_wrong": ("PAG-19",),
        "first_wrong": ("PAG-19",),
        "next_missing": ("PAG-03",),
        "next_elsewhere": ("PAG-18",),
        "feed_loops": ("PAG-05",),
        "feed_drops": ("PAG-06",),
        "feed_empty_page_leads_on": ("PAG-05",),
        "altered_accepted": ("PAG-20",),
        "item_differs": ("RES-02",),
        "unknown_item_found": ("RES-03",),
    }

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """In a header of its own."""
        return headers.get("X-Api-Key") == "key-0123456789abcdef"

    def refusal(self, status: int, what: str) -> Answer:
        """A message."""
        return Answer(status, {"message": what})

    def answer(self, asked: Asked) -> Answer | None:
        """Repositories, or the feed."""
        if asked.path == "/repos":
            return self._repos(asked)
        if asked.path == "/feed":
            return self._feed(asked)
        return self.item(asked.path, "/repos")

    def _repos(self, asked: Asked) -> Answer:
        size = positive(asked.query.get("per_page"), 10, 50, from_=1)
        page = positive(asked.query.get("page"), 1, None, from_=1)
        rows = self.chosen(asked.query)
        found = self.cut(rows, (page - 1) * size, size)

        last = max(1, math.ceil(len(rows) / size))
        numbers = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
        if page == 1:
            del numbers["first"], numbers["prev"]
        if page >= last:
            del numbers["next"], numbers["last"]
        if self.fault == "last_wrong" and "last" in numbers:
            numbers["last"] += 1
        if self.fault == "first_wrong" and "first" in numbers:
            numbers["first"] = 2
        if self.fault == "next_missing" and page == 2:
            numbers.pop("next", None)
        links = {name: url(asked, page=number, per_page=size) for name, number in numbers.items()}
        if self.fault == "next_elsewhere" and "next" in links:
            links["next"] = links["next"].replace("/repos", "/repositories")

        total = len(rows) + (self.fault == "total_wrong" and size > 20)
        headers = {"X-Total-Count": str(total)} | _link_field(links)
        if self.fault == "total_missing" and page > 1:
            del headers["X-Total-Count"]
        return Answer(200, found, headers)

    def _feed(self, asked: Asked) -> Answer:
        size = positive(asked.query.get("count"), 10, 50, from_=1)
        start = 0
        if "after" in asked.query:
            known = verified(asked.query["after"])
            if known is None and self.fault != "altered_accepted":
                return self.refusal(400, "no such cursor")
            start = known or 0
        ahead = start + size
        leads_on = ahead < len(self.rows)
        if self.fault == "feed_empty_page_leads_on":
            leads_on = ahead < len(self.rows) + 2 * size
        skipped = ahead + 1 if self.fault == "feed_drops" and size < 20 else ahead
        if self.fault == "feed_loops":
            skipped = min(ahead, 20)
            leads_on = True
        links = {"next": url(asked, after=signed(skipped))} if leads_on else {}
        return Answer(200, self.rows[start : start + size], _link_field(links))


def _link_field(links: Mapping[str, str]) -> dict[str, str]:
    values = [f'<{target}>; rel="{name}"' for name, target in links.items()]
    return {"Link": ", ".join(values)} if values else {}
