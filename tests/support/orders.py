"""A service whose orders can be created, replaced and deleted, and that may be at fault in it.

`FAULTS` names what it can do wrong, each with the requirement that must say so.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.paged import Answer, integer, list_operation
from tests.support.servers import handled_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

FAULTS = {
    "created_is_lost": "RES-04",
    "created_is_not_listed": "RES-04",
    "location_leads_nowhere": "RES-04",
    "total_is_cached": "RES-05",
    "total_counts_twice": "RES-05",
    "deleted_is_found": "RES-06",
    "deleted_is_listed": "RES-06",
    "put_adds_up": "RES-07",
    "put_conflicts": "RES-07",
    "key_is_ignored": "RES-08",
    "key_fails": "RES-08",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
BODY = {
    "type": "object",
    "required": ["count"],
    "properties": {"count": {"type": "integer", "minimum": 1, "maximum": 99}},
    "additionalProperties": False,
}
ORDER = {
    "type": "object",
    "required": ["id", "count"],
    "properties": {"id": {"type": "integer"}, "count": {"type": "integer"}},
}
PAGE = {
    "type": "object",
    "required": ["orders", "total"],
    "properties": {"orders": {"type": "array", "items": ORDER}, "total": {"type": "integer"}},
}
IN_PATH = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
SENT = {
    "required": True,
    "content": {"application/json": {"schema": BODY, "example": {"count": 3}}},
}


def _writing(name: str, status: str, parameters: list[Any], **more: Any) -> dict[str, Any]:
    """An operation that changes something, and may."""
    operation = list_operation(name, parameters, ORDER) | more
    success = operation["responses"].pop("200")
    if status == "204":
        success = {"description": "gone"}
    operation["responses"][status] = success
    return operation | {"x-conformance": {"writes": "allowed"}}


KEY_HEADER = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "version": "1"},
    "paths": {
        "/orders": {
            "get": list_operation(
                "listOrders",
                [
                    integer("limit", minimum=1, maximum=50, default=20),
                    integer("offset", minimum=0, default=0),
                ],
                PAGE,
            )
            | {
                "x-conformance": {
                    "pagination": {
                        "limit": "limit",
                        "offset": "offset",
                        "items": "/orders",
                        "total": "/total",
                        "default_limit": 20,
                        "maximum_limit": 50,
                    },
                    "identity": "/id",
                }
            },
            "post": _writing("createOrder", "201", [KEY_HEADER], requestBody=SENT),
        },
        "/orders/{id}": {
            "get": list_operation("getOrder", [IN_PATH], ORDER),
            "put": _writing("replaceOrder", "200", [IN_PATH], requestBody=SENT),
            "delete": _writing("deleteOrder", "204", [IN_PATH]),
        },
    },
}


class Orders:
    """The orders; `asked` has the method of each request."""

    def __init__(self, fault: str | None = None) -> None:
        assert fault is None or fault in FAULTS
        self.fault = fault
        self.names_in_location = False  # what was created, and not in a body
        self.orders = {number: {"id": number, "count": 1} for number in range(1, 24)}
        self.first = dict(self.orders)
        self.asked: list[str] = []
        self.slowness = 0.0  # seconds from a creation to its answer
        self._hidden: set[int] = set()
        self._put: set[int] = set()
        self._keys: dict[str, int] = {}
        self._last = max(self.orders)
        self._lock = threading.Lock()

    @property
    def left(self) -> set[int]:
        """What there is beside what there was."""
        return set(self.orders) - set(self.first) - self._hidden

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: str) -> Answer:
        """Answer a request."""
        with self._lock:
            self.asked.append(method)
            parts = urlsplit(target)
            query = dict(parse_qsl(parts.query, keep_blank_values=True, errors="replace"))
            if parts.path == "/orders":
                return self._collection(method, query, headers, body)
            head, _, name = parts.path.rpartition("/")
            if head == "/orders" and name.isascii() and name.isdecimal():
                return self._item(method, int(name), body)
            return _refusal(404)

    def _collection(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: str
    ) -> Answer:
        if method in ("GET", "HEAD"):
            return self._page(query)
        if method == "POST":
            return self._create(headers, body)
        return _refusal(405, Allow="GET, HEAD, POST")

    def _page(self, query: Mapping[str, str]) -> Answer:
        limit, offset = _number(query.get("limit"), 20), _number(query.get("offset"), 0)
        if limit is None or offset is None or not 1 <= limit <= 50:
            return _refusal(400)
        rows = [row for number, row in self.orders.items() if self._is_listed(number)]
        total = len(rows)
        if self.fault == "total_is_cached":
            total = len(self.first)
        if self.fault == "total_counts_twice":
            total = 2 * total - len(self.first)
        return Answer(200, {"orders": rows[offset : offset + limit], "total": total})

    def _is_listed(self, number: int) -> bool:
        if self.fault == "created_is_not_listed" and number not in self.first:
            return False
        return number not in self._hidden or self.fault == "deleted_is_listed"

    def _create(self, headers: Mapping[str, str], body: str) -> Answer:
        count = _count(body)
        if count is None:
            return _refusal(400)
        key = headers.get("Idempotency-Key")
        if key in self._keys and self.fault != "key_is_ignored":
            if self.fault == "key_fails":
                return _refusal(500)
            known = self.orders.get(self._keys[key])
            return Answer(201, known) if known else _refusal(409)
        self._last += 1
        self.orders[self._last] = {"id": self._last, "count": count}
        if key is not None:
            self._keys[key] = self._last
        place = "order" if self.fault == "location_leads_nowhere" else "orders"
        location = {"Location": f"/{place}/{self._last}"}
        if self.names_in_location:
            return Answer(201, None, location)
        return Answer(201, self.orders[self._last], location)

    def _item(self, method: str, number: int, body: str) -> Answer:
        is_lost = self.fault == "created_is_lost" and number not in self.first
        is_hidden = number in self._hidden and self.fault != "deleted_is_found"
        if number not in self.orders or is_hidden or (is_lost and method == "GET"):
            return _refusal(404)
        if method in ("GET", "HEAD"):
            return Answer(200, self.orders[number])
        if method == "DELETE":
            return self._delete(number)
        if method == "PUT":
            return self._replace(number, body)
        return _refusal(405, Allow="GET, HEAD, PUT, DELETE")

    def _delete(self, number: int) -> Answer:
        if self.fault in ("deleted_is_found", "deleted_is_listed"):
            self._hidden.add(number)
        else:
            del self.orders[number]
        return Answer(204, None)

    def _replace(self, number: int, body: str) -> Answer:
        count = _count(body)
        if count is None:
            return _refusal(400)
        order = self.orders[number]
        if self.fault == "put_conflicts" and number in self._put:
            return _refusal(409)
        self._put.add(number)
        before = order["count"] if self.fault == "put_adds_up" else 0
        self.orders[number] = {"id": number, "count": before + count}
        return Answer(200, self.orders[number])


def _refusal(status: int, **headers: str) -> Answer:
    return Answer(status, {"error": status}, headers)


def _number(text: str | None, default: int) -> int | None:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _count(body: str) -> int | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    count = value.get("count") if isinstance(value, dict) and set(value) == {"count"} else None
    return count if type(count) is int and 1 <= count <= 99 else None


def write(folder: Path) -> Path:
    """The document, traits and all, as a file."""
    path = folder / "orders.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


def serving(orders: Orders) -> AbstractContextManager[str]:
    """Serve on loopback; the base URL."""
    return handled_by(_handler(orders))


def _handler(orders: Orders) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "server", ""

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

        def any_method(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            text = body.decode("utf-8", "replace")
            answer = orders.answer(self.command, self.path, dict(self.headers.items()), text)
            if self.command == "POST":
                time.sleep(orders.slowness)
            content = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if content:
                self.send_header("Content-Type", "application/json")
            if answer.status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.any_method)
    return Handler
