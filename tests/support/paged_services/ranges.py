"""A list by `Range` and `Content-Range`, with a unit of its own (RFC 9110 14)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from tests.support.paged import (
    ROW,
    Answer,
    Asked,
    Service,
    item_operation,
    list_operation,
    text,
    traits,
)
from tests.support.paged_services.parts import BEARER

PAGE = 10


class Ranges(Service):
    """Books in pages of ten: 206 with the range that was served, 416 past the end."""

    TOLD = False  # the unit of its ranges, and how many rows a page has, stand nowhere in it

    DOCUMENT: ClassVar[dict[str, Any]] = {
        **BEARER,
        "paths": {
            "/books": {
                "get": list_operation(
                    "listBooks",
                    [
                        {"name": "Range", "in": "header", "schema": {"type": "string"}},
                        text("genre"),
                    ],
                    {"type": "array", "items": ROW},
                    ("Content-Range",),
                )
            },
            "/books/{book}": item_operation("getBook", "book"),
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/books",
            pagination={"range": "books", "items": "", "default_limit": PAGE},
            identity="/id",
            filters={"genre": "/genre"},
        )
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "duplicated": ("PAG-05",),
        "dropped": ("PAG-05", "PAG-02"),
        "filter_ignored": ("FIL-01",),
        "unordered": ("PAG-08",),
        "total_wrong": ("PAG-04", "PAG-05", "PAG-02"),
        "range_too_long": ("PAG-02", "PAG-05"),
        "range_forgotten": ("PAG-02", "PAG-05", "SCH-01"),
        "range_unreadable": ("FIL-04",),
        "item_lost": ("RES-01",),
    }

    def refusal(self, status: int, what: str) -> Answer:
        """An object with a message."""
        return Answer(status, {"message": what})

    def answer(self, asked: Asked) -> Answer | None:
        """The books of a range, or one of them."""
        if asked.path != "/books":
            return self.item(asked.path, "/books")
        rows = self.chosen(asked.query)
        start, end = self._asked(asked)
        if start >= len(rows) and start:
            return self.refusal(416, "no such range")

        page = self.cut(rows, start, end - start + 1)
        total = len(rows) + (self.fault == "total_wrong" and start > 0)
        last = start + len(page) - 1 + (self.fault == "range_too_long")
        field = f"books {start}-{last}/{total}" if page else f"books */{total}"
        if self.fault == "range_unreadable":
            field = f"books from {start} to {last}"
        headers = {"Content-Range": field}
        if self.fault == "range_forgotten" and start:
            headers = {}
        return Answer(206 if len(page) < len(rows) else 200, page, headers)

    @staticmethod
    def _asked(asked: Asked) -> tuple[int, int]:
        """The first and the last row; a unit that is not known is passed over (RFC 9110 14.2)."""
        match = re.fullmatch(r"books=(\d{1,9})-(\d{1,9})", asked.fields.get("Range", ""))
        if match is None or int(match[2]) < int(match[1]):
            return 0, PAGE - 1
        return int(match[1]), min(int(match[2]), int(match[1]) + PAGE - 1)
