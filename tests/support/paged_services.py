"""Three services that page as common frameworks do, each with faults of its own."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from tests.support.paged import (
    ROW,
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

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNT = {"type": "integer"}
URL = {"type": ["string", "null"]}
BEARER = {
    "security": [{"key": []}],
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}


def url(asked: Asked, **changes: Any) -> str:
    """The URL that was asked for, with other values of some parameters."""
    return f"{asked.url}?{urlencode({**asked.query, **changes})}"


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
        limit = _positive(asked.query.get("limit"), 10, 50, from_=1)
        if self.fault == "limit_beyond_maximum":
            limit = _positive(asked.query.get("limit"), 10, 10**6, from_=1)
        offset = _positive(asked.query.get("offset"), 0, None, from_=0)
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
        size = _positive(asked.query.get("page_size"), 10, 50, from_=1)
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
        following = url(asked, cursor=_signed(ahead)) if leads_on else None
        previous = url(asked, cursor=_signed(max(0, start - size))) if start else None
        return Answer(200, {"next": following, "previous": previous, "results": page})

    def _start(self, cursor: str | None) -> int | None:
        if cursor is None:
            return 0
        number = _verified(cursor)
        return 0 if number is None and self.fault == "altered_accepted" else number


def _positive(value: str | None, default: int, most: int | None, *, from_: int) -> int:
    """A number as the framework reads it: what is none, or too small, is the default."""
    try:
        number = int(value) if value is not None else default
    except ValueError:
        return default
    if number < from_:
        return default
    return number if most is None else min(number, most)


def _signed(number: int) -> str:
    """A cursor that only this service makes."""
    digest = hashlib.sha256(f"secret{number}".encode()).hexdigest()[:8]
    return base64.urlsafe_b64encode(f"p={number}.{digest}".encode()).decode()


def _verified(cursor: str) -> int | None:
    found = re.fullmatch(r"p=(\d+)\..*", _decoded(cursor))
    return int(found[1]) if found and _signed(int(found[1])) == cursor else None


def _decoded(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor).decode()
    except ValueError:
        return ""


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
        page, size = (_strict(asked.query.get(name), default) for name, default in DEFAULTS)
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


def _strict(value: str | None, default: int) -> int | None:
    """A number as pydantic reads it; none where it is none."""
    if value is None:
        return default
    is_number = re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip())
    return int(value) if is_number else None


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
        size = _positive(asked.query.get("per_page"), 10, 50, from_=1)
        page = _positive(asked.query.get("page"), 1, None, from_=1)
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
        size = _positive(asked.query.get("count"), 10, 50, from_=1)
        start = 0
        if "after" in asked.query:
            known = _verified(asked.query["after"])
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
        links = {"next": url(asked, after=_signed(skipped))} if leads_on else {}
        return Answer(200, self.rows[start : start + size], _link_field(links))


def _link_field(links: Mapping[str, str]) -> dict[str, str]:
    values = [f'<{target}>; rel="{name}"' for name, target in links.items()]
    return {"Link": ", ".join(values)} if values else {}


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
        size = _strict(asked.query.get("limit"), 10)
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
            known = _verified(asked.query["cursor"])
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
        cursor = _signed(ahead) if leads_on else None
        return Answer(
            200, {"data": self.cut(rows, start, size), "next_cursor": cursor, "total": total}
        )


SERVICES: tuple[type[Service], ...] = (RestFramework, Numbered, Linked, Cursors)
