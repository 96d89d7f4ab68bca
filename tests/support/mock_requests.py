"""What the mock's tests ask a service with: calls with and without the key, and how answers
compare.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from conformance.mock import MockOptions
from conformance.mock.messages import Answer, Call
from conformance.mock.regions import services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.mock.service import Service

    Seen = tuple[Any, ...]  # status, headers, body and the ways to send them

VOLATILE = ("x-ratelimit-remaining", "x-ratelimit-reset")


@contextmanager
def case(name: str) -> Iterator[None]:
    """One round of a loop over many cases: what fails in it is reported with the case's name."""
    try:
        yield
    except Exception as error:
        error.add_note(f"case: {name}")
        raise


def service(*entries: str, region: str = "global", rows: int | None = None) -> Service:
    """One region of a mock with these faults and variants switched on."""
    return services(MockOptions(faults=entries, rows=rows))[region]


def authorization(value: bytes | str) -> tuple[bytes, bytes]:
    """An `Authorization` field."""
    return (b"authorization", value if isinstance(value, bytes) else value.encode())


def ask(served: Service, query: str = "", **fields: Any) -> Answer:
    """Ask with the region's key, unless `headers` are given."""
    fields.setdefault("headers", (authorization(f"Bearer {served.key}"),))
    return served.respond(Call(query=query, **fields))


def page(served: Service, query: str = "", **fields: Any) -> Any:
    """The body of a list that was answered."""
    answer = ask(served, query, **fields)
    assert answer.status == 200, answer
    return json.loads(answer.body)


def walk(served: Service, limit: int, more: str = "") -> list[Any]:
    """Every row, page by page, as long as `has_more` says so."""
    rows: list[Any] = []
    for offset in range(0, 10_000, limit):
        found = page(served, f"limit={limit}&offset={offset}{more}")
        rows += found["data"]
        if not found["has_more"]:
            return rows
    raise AssertionError("the walk does not end")


def seen(answer: Answer) -> Seen:
    """What a client sees of an answer, without what differs from one second to the next."""
    headers = {
        name: _form(value) if name in VOLATILE else value
        for name, value in sorted(answer.headers.items())
    }
    return (
        answer.status,
        headers,
        answer.body,
        answer.delay,
        answer.reset,
        answer.chunked,
        answer.version,
    )


def _form(value: str) -> str:
    return "digits" if value.isdecimal() and len(value) < 7 else value[-6:]
