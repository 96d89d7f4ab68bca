"""Lists by cursors in the body, or of the last row."""

from __future__ import annotations

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
    signed,
    strict,
    verified,
)


class Cursors(Service):
    """Charges behind the id of the last row, as Stripe has them; events behind a cursor of the body,
    with a total.
    """

    DOCUMENT: ClassVar[dict[str, Any]] = {
        **BEARER,
        "paths": {
            "/charges": {
                "get": list_operation(
                    "listCharges",
                    [integer("limit", minimum=1, maximum=50, default=10), text("starting_after")],
                    rows_of("data", has_more={"type": "boolean"}),
                )
            },
            "/charges/{charge}": item_operation("getCharge", "charge"),
            "/events": {
                "get": list_operation(
                    "listEvents",
                    [
                        integer("limit", minimum=1, maximum=50, default=10),
                        text("cursor"),
                        text("genre"),
                    ],
                    rows_of("data", next_cursor=URL, total=COUNT),
                )
            },
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/charges",
            pagination={
                "limit": "limit",
                "cursor": "starting_after",
                "row_cursor": "/id",
                "items": "/data",
                "has_more": "/has_more",
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
        ),
        traits(
            "/events",
            pagination={
                "limit": "limit",
                "cursor": "cursor",
                "next_cursor": "/next_cursor",
                "altered_cursors": "refused",
                "items": "/data",
                "total": "/total",
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
            filters={"genre": "/genre"},
        ),
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "duplicated": ("PAG-05",),
        "dropped": ("PAG-05", "PAG-02"),
        "size_ignored": ("PAG-02", "PAG-10"),
        "total_wrong": ("PAG-02", "PAG-04", "PAG-05"),
        "filter_ignored": ("FIL-01",),
        "unordered": ("PAG-08",),
        "order_by_size": ("PAG-06",),
        "cursor_behind_the_end": ("PAG-03",),
        "cursor_forgets_filter": ("FIL-01", "FIL-02"),
        "altered_accepted": ("PAG-20",),
        "always_more": ("PAG-05",),
        "never_more": ("PAG-06", "RES-01"),
        "charges_duplicated": ("PAG-05",),
        "item_lost": ("RES-01",),
    }

    def refusal(self, status: int, what: str) -> Answer:
        """An object with a code."""
        return Answer(status, {"error": {"code": status, "message": what}})

    def answer(self, asked: Asked) -> Answer | None:
        """Charges or events."""
        if asked.path not in ("/charges", "/events"):
            return self.item(asked.path, "/charges")
        size = strict(asked.query.get("limit"), 10)
        if size is None or not 1 <= size <= 50:
            return self.refusal(400, "limit is out of bounds")
        if asked.path == "/charges":
            return self._charges(asked, size)
        return self._events(asked, size)

    def _charges(self, asked: Asked, size: int) -> Answer:
        start, after = 0, asked.query.get("starting_after")
        if after is not None:
            places = [at for at, row in enumerate(self.rows) if str(row["id"]) == after]
            if not places and self.fault != "altered_accepted":
                return self.refusal(400, "no such charge")
            start = places[0] + (self.fault != "charges_duplicated") if places else 0
        page = self.rows[start : start + size]
        more = start + size < len(self.rows)
        if self.fault == "always_more":
            more = True
        if self.fault == "never_more" and size < 20:
            more = False
        return Answer(200, {"data": page, "has_more": more})

    def _events(self, asked: Asked, size: int) -> Answer:
        start = 0
        if "cursor" in asked.query:
            known = verified(asked.query["cursor"])
            if known is None and self.fault != "altered_accepted":
                return self.refusal(400, "no such cursor")
            start = known or 0
        query = asked.query
        if self.fault == "cursor_forgets_filter" and start:
            query = {}
        rows = self.chosen(query)
        ahead = start + size
        leads_on = ahead < len(rows) or (
            self.fault == "cursor_behind_the_end" and ahead < len(rows) + size
        )
        total = len(rows) + (self.fault == "total_wrong" and size > 20)
        cursor = signed(ahead) if leads_on else None
        return Answer(
            200, {"data": self.cut(rows, start, size), "next_cursor": cursor, "total": total}
        )
