"""Lists by limit and offset, and by a cursor in a URL, as Django REST Framework has them."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from tests.support.paged import (
    Answer,
    Asked,
    Service,
    integer,
    item_operation,
    list_operation,
    rows_of,
    text,
    traits,
)
from tests.support.paged_services.parts import (
    BEARER,
    COUNT,
    URL,
    positive,
    signed,
    url,
    verified,
)


class RestFramework(Service):
    """Books by limit and offset, with a count and links; entries by a cursor within links. Values that
    cannot be used are ignored, as Django REST Framework does.
    """

    DOCUMENT: ClassVar[dict[str, Any]] = {
        **BEARER,
        "paths": {
            "/books": {
                "get": list_operation(
                    "listBooks",
                    [integer("limit"), integer("offset"), text("genre")],
                    rows_of("results", count=COUNT, next=URL, previous=URL),
                )
            },
            "/books/{id}": item_operation("getBook", "id"),
            "/entries": {
                "get": list_operation(
                    "listEntries",
                    [integer("page_size"), text("cursor")],
                    rows_of("results", next=URL, previous=URL),
                )
            },
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/books",
            pagination={
                "limit": "limit",
                "offset": "offset",
                "items": "/results",
                "total": "/count",
                "next": "/next",
                "previous": "/previous",
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
            filters={"genre": "/genre"},
        ),
        traits(
            "/entries",
            pagination={
                "limit": "page_size",
                "cursor": "cursor",
                "altered_cursors": "refused",
                "items": "/results",
                "next": "/next",
                "previous": "/previous",
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
        "total_wrong": ("PAG-02", "PAG-03", "PAG-05", "FIL-02"),
        "filter_ignored": ("FIL-01",),
        "unordered": ("PAG-08",),
        "order_by_size": ("PAG-06",),
        "next_at_the_end": ("PAG-03",),
        "next_loops": ("PAG-19", "PAG-05"),
        "next_elsewhere": ("PAG-18",),
        "next_without_filter": ("PAG-19",),
        "previous_wrong": ("PAG-19",),
        "altered_accepted": ("PAG-20",),
        "entries_duplicated": ("PAG-05",),
        "entries_end_early": ("PAG-05", "PAG-06"),
        "entries_empty_page_leads_on": ("PAG-05",),
        "limit_beyond_maximum": ("PAG-11",),
        "item_lost": ("RES-01",),
        "item_differs": ("RES-02",),
    }

    def refusal(self, status: int, what: str) -> Answer:
        """With the framework's one member."""
        return Answer(status, {"detail": what})

    def answer(self, asked: Asked) -> Answer | None:
        """Books or entries."""
        if asked.path == "/books":
            return self._books(asked)
        if asked.path == "/entries":
            return self._entries(asked)
        return self.item(asked.path, "/books")

    def _books(self, asked: Asked) -> Answer:
        limit = positive(asked.query.get("limit"), 10, 50, from_=1)
        if self.fault == "limit_beyond_maximum":
            limit = positive(asked.query.get("limit"), 10, 10**6, from_=1)
        offset = positive(asked.query.get("offset"), 0, None, from_=0)
        rows = self.chosen(asked.query)
        page = self.cut(rows, offset, limit)

        count = len(rows) + (self.fault == "total_wrong" and limit > 20)
        ahead, back = offset + limit, max(0, offset - limit)
        following = url(asked, limit=limit, offset=ahead) if ahead < len(rows) else None
        if self.fault == "next_at_the_end" and ahead == len(rows):
            following = url(asked, limit=limit, offset=ahead)
        if self.fault == "next_loops" and following:
            following = url(asked, limit=limit, offset=offset)
        if self.fault == "next_elsewhere" and following:
            following = following.replace("127.0.0.1", "10.0.0.7")
        if self.fault == "next_without_filter" and following:
            following = re.sub("genre=[a-z]*&?", "", following)
        if self.fault == "previous_wrong":
            back = max(0, offset - limit - 1)
        previous = url(asked, limit=limit, offset=back) if offset else None
        return Answer(
            200, {"count": count, "next": following, "previous": previous, "results": page}
        )

    def _entries(self, asked: Asked) -> Answer:
        size = positive(asked.query.get("page_size"), 10, 50, from_=1)
        start = self._start(asked.query.get("cursor"))
        if start is None:
            return self.refusal(404, "invalid cursor")
        if self.fault == "entries_duplicated" and start:
            start -= 1
        page = self.rows[start : start + size]
        ahead = start + size
        leads_on = ahead < len(self.rows)
        if self.fault == "entries_end_early" and size < 20:
            leads_on = ahead < len(self.rows) - size
        if self.fault == "entries_empty_page_leads_on":
            leads_on = ahead < len(self.rows) + 2 * size
        following = url(asked, cursor=signed(ahead)) if leads_on else None
        previous = url(asked, cursor=signed(max(0, start - size))) if start else None
        return Answer(200, {"next": following, "previous": previous, "results": page})

    def _start(self, cursor: str | None) -> int | None:
        if cursor is None:
            return 0
        number = verified(cursor)
        return 0 if number is None and self.fault == "altered_accepted" else number
