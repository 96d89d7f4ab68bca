"""Orders that can be created, replaced and deleted: what the mock serves where writes are proven.

Each stage can be replaced, as those of the service. `orders.yaml` beside it is their document.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from conformance.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.mock.messages import Call

    Order = dict[str, int]

DOCUMENT = Path(__file__).with_name("orders.yaml")
PATH = "/v1/orders"
LIST_METHODS, ITEM_METHODS = ("GET", "HEAD", "POST"), ("GET", "HEAD", "PUT", "DELETE")
FIRST = {"global": 1_000, "india": 5_000}  # each region has identities of its own
COUNT = 23
MOST = 99
LINES = 3  # of each order
READ_METHODS = ("GET", "HEAD")
ORDERS_OF = {
    "id": ("id", False),
    "-id": ("id", True),
    "count": ("count", False),
    "-count": ("count", True),
}
INVALID, NOT_FOUND, CONFLICT = "invalid_request", "not_found", "duplicate_request"


class Region(Protocol):
    """The service of a region, as far as its orders need it."""

    region: str
    orders: Orders | None
    parse_limit: Callable[[list[str]], int]
    parse_offset: Callable[[list[str]], int]
    headers: Callable[[], dict[str, str]]
    encode: Callable[[Any], bytes]
    error: Callable[[int, str, str], Answer]

    def not_allowed(self, methods: Sequence[str]) -> Answer:
        """Refuse a method."""
        ...


class Orders:
    """The orders of a region; `first` are the identities of those that nobody created."""

    def __init__(self, service: Region) -> None:
        self.service = service
        start = FIRST[service.region]
        self.kept: dict[int, Order] = {
            number: {"id": number, "count": 1 + number * 7 % 5}
            for number in range(start, start + COUNT)
        }
        self.first = frozenset(self.kept)
        self.used: dict[bytes, int] = {}  # idempotency keys
        self._last = max(self.kept)
        self.create: Callable[[Call], Answer] = self._create
        self.created: Callable[[Order], Answer] = self._created
        self.repeated: Callable[[bytes], Answer | None] = self._repeated
        self.find: Callable[[int], Order | None] = self.kept.get
        self.missing: Callable[[int, Call], Answer] = self._missing
        self.rows: Callable[[], list[Order]] = lambda: list(self.kept.values())
        self.is_known: Callable[[str, list[str]], bool] = is_known
        self.fields: Callable[[int, list[str]], dict[str, str]] = fields
        self.known_orders = tuple(ORDERS_OF)
        self.sort: Callable[[list[Order], str], list[Order]] = sort
        self.lines: Callable[[int], list[Order]] = self._lines
        self.total: Callable[[], int] = lambda: len(self.rows())
        self.delete: Callable[[int], Answer] = self._delete
        self.replace: Callable[[int, Call], Answer] = self._replace

    def route(self, call: Call) -> Answer | None:
        """Answer a call of these paths; none for others."""
        if call.path == PATH:
            return self._collection(call)
        head, _, name = call.path.rpartition("/")
        if name == "lines" and head.startswith(f"{PATH}/"):
            return self._lines_of(call, head.removeprefix(f"{PATH}/"))
        return self._item(call, name) if head == PATH else None

    def _collection(self, call: Call) -> Answer:
        if call.method not in LIST_METHODS:
            return self.service.not_allowed(LIST_METHODS)
        return self.create(call) if call.method == "POST" else self._page(call)

    def _page(self, call: Call) -> Answer:
        limit = self.service.parse_limit(call.values("limit"))
        offset = self.service.parse_offset(call.values("offset"))
        orders = call.values("sort")
        if any(name not in self.known_orders for name in orders):
            return self.service.error(400, INVALID, f"sort must be one of {', '.join(ORDERS_OF)}")
        rows, total = self.rows(), self.total()
        if orders:
            rows = self.sort(rows, orders[-1])
        shown = rows[offset : offset + limit]
        more = offset + len(shown) < total
        answer = self.answer(200, {"data": shown, "has_more": more, "total": total})
        return answer.with_headers(**self.fields(total, orders))

    def _lines_of(self, call: Call, name: str) -> Answer:
        if call.method not in READ_METHODS:
            return self.service.not_allowed(READ_METHODS)
        order = self._named(name)
        if order is None:
            return self.missing(-1, call)
        rows = self.lines(order["id"])
        return self.answer(200, {"data": rows, "has_more": False, "total": len(rows)})

    def _lines(self, number: int) -> list[Order]:
        return [{"id": 10 * number + at, "order_id": number} for at in range(LINES)]

    def answer(self, status: int, payload: Any) -> Answer:
        """A body that is documented as JSON."""
        return Answer(status, self.service.headers(), self.service.encode(payload))

    def _create(self, call: Call) -> Answer:
        count = counted(call)
        if count is None:
            return self.refused()
        keys = call.header(b"idempotency-key")
        repeated = self.repeated(keys[0]) if keys else None
        if repeated is not None:
            return repeated
        self._last += 1
        order = self.kept[self._last] = {"id": self._last, "count": count}
        self.used.update(dict.fromkeys(keys, self._last))
        return self.created(order)

    def _created(self, order: Order) -> Answer:
        made = self.answer(201, {"data": order})
        return made.with_headers(location=f"{PATH}/{order['id']}")

    # draft-ietf-httpapi-idempotency-key-header 2.6: a key that was used gets the first answer.
    def _repeated(self, key: bytes) -> Answer | None:
        if key not in self.used:
            return None
        order = self.kept.get(self.used[key])
        if order is None:
            return self.service.error(409, CONFLICT, "the order of this key is gone")
        return self._created(order)

    def _item(self, call: Call, name: str) -> Answer:
        if call.method not in ITEM_METHODS:
            return self.service.not_allowed(ITEM_METHODS)
        order = self._named(name)
        if order is None:
            return self.missing(_number(name), call)
        number = order["id"]
        if call.method == "PUT":
            return self.replace(number, call)
        return self.delete(number) if call.method == "DELETE" else self._read(call, order)

    def _read(self, call: Call, order: Order) -> Answer:
        answer = self.answer(200, {"data": order})
        tag = f'"{zlib.crc32(answer.body):x}"'
        if self.is_known(tag, [value.decode("latin-1") for value in call.header(b"if-none-match")]):
            return replace(answer.with_headers(etag=tag), status=304, body=b"")
        return answer.with_headers(etag=tag)

    def _named(self, name: str) -> Order | None:
        number = _number(name)
        return self.find(number) if str(number) == name else None

    def _missing(self, number: int, call: Call) -> Answer:
        return self.service.error(404, NOT_FOUND, "no such order")

    def _delete(self, number: int) -> Answer:
        del self.kept[number]
        return self.deleted()

    def deleted(self) -> Answer:
        """That of a DELETE."""
        fields = {k: v for k, v in self.service.headers().items() if k != "content-type"}
        return Answer(204, fields, b"")

    def _replace(self, number: int, call: Call) -> Answer:
        count = counted(call)
        if count is None:
            return self.refused()
        self.kept[number] = {"id": number, "count": count}
        return self.answer(200, {"data": self.kept[number]})

    def refused(self) -> Answer:
        """That of a body that is no order."""
        return self.service.error(400, INVALID, f"count must be from 1 to {MOST}")


def _number(name: str) -> int:
    return int(name) if name.isascii() and name.isdecimal() and len(name) < 10 else -1


def is_known(tag: str, tags: list[str]) -> bool:
    """Whether a client has the very version (RFC 9110 13.1.2)."""
    named = (name.strip().removeprefix("W/") for each in tags for name in each.split(","))
    return any(name in ("*", tag) for name in named)


def fields(total: int, orders: list[str]) -> dict[str, str]:
    """The header fields of a page."""
    sorted_by = {"x_sorted_by": orders[-1]} if orders else {}
    return {"x_total_count": str(total)} | sorted_by


def sort(rows: list[Order], name: str) -> list[Order]:
    """Rows in one of `ORDERS_OF`, and by their id where they are equal there."""
    by, is_descending = ORDERS_OF[name]
    return sorted(rows, key=lambda row: (row[by], row["id"]), reverse=is_descending)


def counted(call: Call) -> int | None:
    """The count of the order in a body; none where that is no order."""
    try:
        value = json.loads(call.body)
    except ValueError:
        return None
    count = value.get("count") if isinstance(value, dict) and set(value) == {"count"} else None
    return count if type(count) is int and 1 <= count <= MOST else None


def served(service: Region) -> Orders:
    """Serve orders too, and return them."""
    if service.orders is None:
        service.orders = Orders(service)
    return service.orders
