"""A list as a server would page it, in a few lines, and the ways to lie about it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from conformance.checks.presenting import carrying
from conformance.client import Exchange, Request, Response
from conformance.client.credentials import Secret
from conformance.client.errors import ErrorKind, ExchangeError
from conformance.contract.security.bearer import Bearer
from conformance.laws.pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IDS = st.lists(st.integers(1, 10_000), unique=True, max_size=60)
LISTS = st.lists(st.integers(1, 10_000), unique=True, min_size=3, max_size=60)
LIMITS = st.integers(1, 25)
OFFSETS = st.integers(0, 80)


def page(
    ids: list[Any], limit: int, offset: int, *, total: int | None = None, more: bool | None = None
) -> Page:
    """The window of an honest server; `total` and `more` are its lies."""
    rows = ids[offset : offset + limit]
    count = len(ids) if total is None else total
    return Page(
        offset,
        limit,
        tuple({"id": one} for one in rows),
        tuple(rows),
        offset + len(rows) < len(ids) if more is None else more,
        count,
    )


def first_page(
    rows: Sequence[dict[str, Any]], *, total: int | None = None, more: bool = False
) -> Page:
    """The first hundred rows of a list, by default the whole of it."""
    ids = tuple(row["id"] for row in rows)
    return Page(0, 100, tuple(rows), ids, more, len(rows) if total is None else total)


def walk(ids: list[Any], limit: int) -> list[Page]:
    """Every page of an honest walk; at least one."""
    return [page(ids, limit, offset) for offset in range(0, max(len(ids), 1), limit)]


def proven(seen: Page, name: str) -> Page:
    """The page with an exchange of this id, which shows it."""
    return replace(seen, exchange=replace(exchange(), id=name))


def own(method: str = "GET", path: str = "/v1/batch-calls", **more: Any) -> Request:
    """A request with the region's own key as it is documented."""
    return carrying(Request(method, path, **more), Bearer().presentation)


def exchange(
    status: int = 200,
    body: Any = None,
    *,
    request: Request | None = None,
    fields: Mapping[str, str] | None = None,
    **headers: str,
) -> Exchange:
    """An exchange with this answer.

    Response headers come as a mapping or as keywords; `_` in a name stands for `-`, and an empty
    value removes the header.
    """
    all_fields = {"content_type": "application/json"} | dict(fields or {}) | headers
    named = tuple((name.replace("_", "-"), value) for name, value in all_fields.items() if value)
    return Exchange(
        id="global-0001",
        region="global",
        operation="list-batch-calls",
        request=request or own(),
        base="http://127.0.0.1:1",
        secret=Secret("FORMANT_API_KEY_GLOBAL", "a-key-that-is-long-enough"),
        response=Response(status, "", "1.1", named, _content(body)),
        error=None,
        started="2026-01-01T00:00:00+00:00",
        began=0.0,
        seconds=0.01,
        attempts=1,
    )


def _content(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body

    return b"" if body is None else json.dumps(body).encode()


def refusal(
    status: int,
    kind: str,
    message: str = "no",
    *,
    request: Request | None = None,
    **headers: str,
) -> Exchange:
    """An error in the documented envelope."""
    body = {"error": {"message": message, "type": kind}}
    return exchange(status, body, request=request, fields=headers)


def unanswered(request: Request | None = None) -> Exchange:
    """An exchange whose connection was reset before an answer came."""
    error = ExchangeError(ErrorKind.RESET, "the connection was reset")
    return replace(exchange(request=request), response=None, error=error)
