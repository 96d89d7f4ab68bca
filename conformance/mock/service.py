"""The healthy service of one region: a pipeline whose every stage can be replaced.

    respond > authenticate > route > list_rows > window > count, select > show > envelope > encode
                 |              |                  |
             presented       refuse             parse_limit, parse_offset, parse_agent_id

A fault or a variant wraps a stage by assigning to it; what it does not touch stays healthy.
"""

from __future__ import annotations

import hmac
import json
import random
from typing import TYPE_CHECKING, Any

from conformance.mock.integers import InvalidParameter, single, strict_integer
from conformance.mock.messages import Answer, Call, Window
from conformance.mock.rates import RateHeaders
from conformance.mock.resources import Resources
from conformance.mock.store import NEWEST_FIRST, Row, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.mock.orders import Orders
    from conformance.mock.seeding import Population

PATH = "/v1/batch-calls"

# docs: errors-rate-limits; the documentation names no type for 405, so it is the one of bad input.
INVALID = "invalid_request"
UNAUTHENTICATED = "authentication_error"
NOT_FOUND = "not_found"
INTERNAL = "internal_error"

Item = dict[str, Any]


class Service:
    """One region's behaviour, and the store it answers from."""

    def __init__(self, region: str, population: Population, keys: dict[str, str]) -> None:
        self.region = region
        self.population = population
        self.key = keys[region]
        self.other_key = next((key for name, key in keys.items() if name != region), "")
        self.random = random.Random(population.seed)  # noqa: S311 - reproducible, not secret
        self.rates = RateHeaders()
        self.calls = 0
        self.default_limit = 20
        self.maximum = 100
        self.order = NEWEST_FIRST
        self.methods: tuple[str, ...] = ("GET", "HEAD")
        self._store: Store | None = None
        self.filled: list[Callable[[Store], None]] = []
        self.resources = Resources(self)
        self.orders: Orders | None = None  # until an entry has them served
        self._stages()

    def _stages(self) -> None:
        self.respond: Callable[[Call], Answer] = self._respond
        self.authenticate: Callable[[Call], bool] = self._authenticate
        self.presented: Callable[[Call], bytes | None] = bearer_token
        self.accepts: Callable[[bytes], bool] = self._accepts
        self.refuse_key: Callable[[Call], Answer] = self._refuse_key
        self.route: Callable[[Call], Answer] = self._route
        self.list_rows: Callable[[Call], Answer] = self._list_rows
        self.window: Callable[[Call], Window] = self._window
        self.parse_limit: Callable[[list[str]], int] = self._parse_limit
        self.parse_offset: Callable[[list[str]], int] = self._parse_offset
        self.parse_agent_id: Callable[[list[str]], int | None] = self._parse_agent_id
        self.count: Callable[[Window], int] = self._count
        self.select: Callable[[Window], list[Row]] = self._select
        self.show: Callable[[Row], Item] = show_row
        self.has_more: Callable[[Window, int, int], Any] = has_more
        self.envelope: Callable[[list[Item], Any, Any], Any] = envelope
        self.encode: Callable[[Any], bytes] = encode
        self.headers: Callable[[], dict[str, str]] = self._headers
        self.error: Callable[[int, str, str], Answer] = self._error

    @property
    def store(self) -> Store:
        """The rows, made when first asked for, after every variant had its say on the
        population.
        """
        if self._store is None:
            self._store = Store(self.population)
            for change in self.filled:
                change(self._store)
        return self._store

    def _respond(self, call: Call) -> Answer:
        self.calls += 1
        try:
            if not self.authenticate(call):
                return self.refuse_key(call)
            return self.route(call)
        except InvalidParameter as refusal:
            return self.error(400, INVALID, str(refusal))
        except Exception:  # noqa: BLE001 - a server answers whatever happens (docs: errors-rate-limits)
            return self.error(500, INTERNAL, "internal error")

    # docs: authentication; before the route and the parameters, so that strangers learn nothing of
    # either.
    def _authenticate(self, call: Call) -> bool:
        token = self.presented(call)
        return token is not None and self.accepts(token)

    def _accepts(self, token: bytes) -> bool:
        return hmac.compare_digest(token, self.key.encode())

    # RFC 9110 11.6.1: a 401 carries a challenge.
    def _refuse_key(self, call: Call) -> Answer:
        refusal = self.error(401, UNAUTHENTICATED, "invalid or missing api key")
        return refusal.with_headers(www_authenticate="Bearer")

    # RFC 9110 15.5.6: a 405 names what the target does support.
    def _route(self, call: Call) -> Answer:
        order = self.orders.route(call) if self.orders else None
        if order is not None:
            return order
        if call.path != PATH:
            return self.resources.route(call)
        if call.method not in self.methods:
            return self.not_allowed(self.methods)
        return self.list_rows(call)

    def not_allowed(self, methods: Sequence[str]) -> Answer:
        """Refuse a method, and name those that there are."""
        refusal = self.error(405, INVALID, "method not allowed")
        return refusal.with_headers(allow=", ".join(methods))

    def _list_rows(self, call: Call) -> Answer:
        window = self.window(call)
        total = self.count(window)
        items = [self.show(row) for row in self.select(window)]
        body = self.envelope(items, self.has_more(window, len(items), total), total)
        return Answer(200, self.headers(), self.encode(body))

    def _window(self, call: Call) -> Window:
        pairs = call.parameters
        limit, offset, agent_id = (
            [value for key, value in pairs if key == name]
            for name in ("limit", "offset", "agent_id")
        )
        return Window(
            self.parse_agent_id(agent_id), self.parse_limit(limit), self.parse_offset(offset)
        )

    # docs: overview; limit defaults to 20 and goes up to 100. What is over is refused, not clamped.
    def _parse_limit(self, values: list[str]) -> int:
        text = single("limit", values)
        limit = self.default_limit if text is None else strict_integer("limit", text)
        if not 1 <= limit <= self.maximum:
            raise InvalidParameter("limit", f"from 1 to {self.maximum}")
        return limit

    def _parse_offset(self, values: list[str]) -> int:
        text = single("offset", values)
        offset = 0 if text is None else strict_integer("offset", text)
        if offset < 0:
            raise InvalidParameter("offset", "0 or more")
        return offset

    def _parse_agent_id(self, values: list[str]) -> int | None:
        text = single("agent_id", values)
        return None if text is None else strict_integer("agent_id", text)

    def _count(self, window: Window) -> int:
        return self.store.total(window.agent_id)

    def _select(self, window: Window) -> list[Row]:
        return self.store.rows(window.agent_id, window.limit, window.offset, self.order)

    # RFC 9111 3.5: an answer to an authenticated request is for its caller alone.
    def _headers(self) -> dict[str, str]:
        fields = {"content-type": "application/json", "cache-control": "private, no-store"}
        return fields | self.rates.fields()

    # docs: errors-rate-limits; every error has this envelope.
    def _error(self, status: int, kind: str, message: str) -> Answer:
        body = self.encode({"error": {"message": message, "type": kind}})
        return Answer(status, self.headers(), body)


# RFC 9110 11.1: the scheme's name in any case; 11.6.2: the field is not a list, so it comes once.
def bearer_token(call: Call) -> bytes | None:
    """The token of the one `Authorization` field, if it is a bearer's."""
    fields = call.header(b"authorization")
    if len(fields) != 1:
        return None
    scheme, _, token = fields[0].partition(b" ")
    return token.lstrip(b" ") if scheme.lower() == b"bearer" else None


def show_row(row: Row) -> Item:
    """A row as the document's BatchCall."""
    agent_id, created_at, number, name, scheduled_for, status, total_recipients, updated_at = row
    return {
        "agent_id": agent_id,
        "created_at": created_at,
        "id": number,
        "name": name,
        "scheduled_for": scheduled_for,
        "status": status,
        "total_recipients": total_recipients,
        "updated_at": updated_at,
    }


def has_more(window: Window, shown: int, total: int) -> bool:
    """Whether rows follow the page."""
    return window.offset + shown < total


def envelope(items: list[Item], more: Any, total: Any) -> Any:
    """The document's BatchCallListResponse."""
    return {"data": items, "has_more": more, "total": total}


def encode(payload: Any) -> bytes:
    """Strict JSON in UTF-8 (RFC 8259 8.1)."""
    return json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
