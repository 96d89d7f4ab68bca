"""A list by cursors in the form of GraphQL's connections: rows in the nodes of edges."""

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
from tests.support.paged_services.parts import BEARER, COUNT, signed, strict, verified

ROW = rows_of("data")["properties"]["data"]["items"]


class Connections(Service):
    """The last page has the cursor of its last row too, and a flag says that nothing follows."""

    DOCUMENT: ClassVar[dict[str, Any]] = {
        **BEARER,
        "paths": {
            "/items": {
                "get": list_operation(
                    "listItems",
                    [integer("first", minimum=1, maximum=50, default=10), text("after")],
                    {
                        "type": "object",
                        "required": ["edges", "pageInfo", "totalCount"],
                        "properties": {
                            "edges": {
                                "type": "array",
                                "items": {"type": "object", "properties": {"node": ROW}},
                            },
                            "pageInfo": {
                                "type": "object",
                                "properties": {
                                    "hasNextPage": {"type": "boolean"},
                                    "endCursor": {"type": ["string", "null"]},
                                },
                            },
                            "totalCount": COUNT,
                        },
                    },
                )
            },
            "/items/{id}": item_operation("getItem", "id"),
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        traits(
            "/items",
            pagination={
                "limit": "first",
                "cursor": "after",
                "items": "/edges/*/node",
                "has_more": "/pageInfo/hasNextPage",
                "end_cursor": "/pageInfo/endCursor",
                "total": "/totalCount",
                "default_limit": 10,
                "maximum_limit": 50,
            },
            identity="/id",
        )
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "dropped": ("PAG-05", "PAG-02"),
        "duplicated": ("PAG-05",),
        "total_wrong": ("PAG-02", "PAG-03", "PAG-04", "PAG-05"),
        "flag_stuck": ("PAG-03", "PAG-05"),
        "cursor_stuck": ("PAG-05",),
        "item_lost": ("RES-01",),
    }

    def refusal(self, status: int, what: str) -> Answer:
        """An object with a message."""
        return Answer(status, {"message": what})

    def answer(self, asked: Asked) -> Answer | None:
        """The edges behind a cursor."""
        if asked.path != "/items":
            return self.item(asked.path, "/items")
        size, start = strict(asked.query.get("first"), 10), 0
        if size is None or not 1 <= size <= 50:
            return self.refusal(400, "first is out of bounds")
        if "after" in asked.query:
            known = verified(asked.query["after"])
            if known is None:
                return self.refusal(400, "no such cursor")
            start = known

        page = self.cut(self.rows, start, size)
        more = start + size < len(self.rows) or self.fault == "flag_stuck"
        end = start if self.fault == "cursor_stuck" and start else start + len(page)
        info = {"hasNextPage": more, "endCursor": signed(end) if page else None}
        total = len(self.rows) + (self.fault == "total_wrong" and size > 20)
        edges = [{"node": row} for row in page]
        return Answer(200, {"edges": edges, "pageInfo": info, "totalCount": total})
