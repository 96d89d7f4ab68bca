"""A list by page and size, as fastapi-pagination has it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

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
    COUNT,
    strict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Numbered(Service):
    """Items by page and size, with a total and a number of pages, strict about its parameters, as
    fastapi-pagination is.
    """

    DOCUMENT: ClassVar[dict[str, Any]] = {
        "paths": {
            "/items": {
                "get": list_operation(
                    "listItems",
                    [
                        integer("page", minimum=1, default=1),
                        integer("size", minimum=1, maximum=50, default=20),
                        text("genre", enum=["crime", "poetry", "travel", "drama"]),
                    ],
                    rows_of("items", total=COUNT, page=COUNT, size=COUNT, pages=COUNT),
                )
            },
            "/items/{item_id}": item_operation("getItem", "item_id"),
        }
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/items",
            pagination={
                "page": "page",
                "size": "size",
                "items": "/items",
                "total": "/total",
                "pages": "/pages",
                "default_limit": 20,
                "maximum_limit": 50,
            },
            identity="/id",
            filters={"genre": "/genre"},
        )
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "duplicated": ("PAG-05", "PAG-07"),
        "dropped": ("PAG-05", "PAG-07", "PAG-02"),
        "size_ignored": ("PAG-02", "PAG-10"),
        "total_wrong": ("PAG-02", "PAG-04", "PAG-05"),
        "total_of_page": ("PAG-04", "PAG-02", "PAG-05"),
        "pages_rounded_down": ("PAG-21",),
        "pages_one_more": ("PAG-21",),
        "filter_ignored": ("FIL-01",),
        "filter_after_page": ("FIL-02", "FIL-03"),
        "unordered": ("PAG-08",),
        "order_by_size": ("PAG-06",),
        "page_from_zero": ("PAG-07", "PAG-05", "PAG-01"),
        "last_page_repeats": ("PAG-09",),
        "maximum_ignored": ("PAG-11",),
        "zero_fails": ("PAG-12", "SCH-06"),
        "item_of_another": ("RES-01",),
        "unknown_item_found": ("RES-03",),
    }

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """No key is needed."""
        return True

    def refusal(self, status: int, what: str) -> Answer:
        """A list of details."""
        return Answer(status, {"detail": [{"msg": what}]})

    def answer(self, asked: Asked) -> Answer | None:
        """Items."""
        if asked.path != "/items":
            return self.item(asked.path, "/items")
        page, size = (strict(asked.query.get(name), default) for name, default in DEFAULTS)
        if self.fault == "zero_fails" and size == 0:
            return self.refusal(500, "division by zero")
        most = 10**6 if self.fault == "maximum_ignored" else 50
        genre = asked.query.get("genre", "crime")
        if page is None or size is None or page < 1 or not 1 <= size <= most:
            return self.refusal(422, "out of bounds")
        if genre not in ("crime", "poetry", "travel", "drama"):
            return self.refusal(422, "no such genre")
        return Answer(200, self._page(asked, page, size))

    def _page(self, asked: Asked, page: int, size: int) -> dict[str, Any]:
        rows = self.chosen(asked.query)
        start = (page - 1) * size
        if self.fault == "page_from_zero" and "page" in asked.query:
            start = page * size
        if self.fault == "last_page_repeats" and start >= len(rows):
            start = max(0, len(rows) - size)
        found = self.cut(rows, start, size)
        if self.fault == "filter_after_page":
            whole = self.rows[start : start + size]
            found = [row for row in whole if row["genre"] == asked.query.get("genre", row["genre"])]

        total = len(rows)
        if self.fault == "total_wrong" and size > 20:
            total += 1
        if self.fault == "total_of_page":
            total = len(found)
        pages = math.ceil(total / size)
        if self.fault == "pages_rounded_down":
            pages = total // size
        if self.fault == "pages_one_more" and total % size:
            pages += 1
        return {"items": found, "total": total, "page": page, "size": size, "pages": pages}


DEFAULTS = (("page", 1), ("size", 20))
