"""Server side: links and cursors that lead elsewhere, nowhere, in a circle, or are no text of a URL."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from conformance.mock.fronts.model import Reply, refusal
from conformance.prove.hostile.documents import JSON
from conformance.prove.hostile.odds import MINE
from conformance.prove.hostile.trouble import SERVER, Trouble
from conformance.prove.hostile.use import both, file, variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.prove.hostile.server import Behave, Visit

    Link = Callable[[str], Any]

ROWS = 73
SIZE = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}}
START = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
LISTED = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}}
PAGE = {"type": "object", "properties": {"data": LISTED, "next": {}}}
STYLES: dict[str, dict[str, Any]] = {
    "next": {"style": "next_url", "next": "/next", "items": "/data"},
    "cursor": {"cursor": "cursor", "next_cursor": "/next", "items": "/data"},
    "field": {"link_header": True, "items": ""},
}
ARGUMENTS = (
    *("run", "--spec", "given.json", "--region", "main={hostile}"),
    *("--profile", "smoke", "--max-time", "60"),
)


def _document(style: str) -> bytes:
    paging = STYLES[style] | {"limit": "limit", "default_limit": 10, "maximum_limit": 50}
    schema = LISTED if style == "field" else PAGE
    answers = {
        "200": {"description": "a", "content": {"application/json": {"schema": schema}}},
        "400": {"description": "a"},
        "401": {"description": "a"},
    }
    operation = {
        "operationId": "list-items",
        "parameters": [SIZE, START],
        "x-conformance": {"pagination": paging, "identity": "/id"},
        "responses": answers,
    }
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "a", "version": "1"},
            "security": [{"key": []}],
            "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
            "paths": {"/items": {"get": operation}},
        }
    ).encode()


def _listing(style: str, link: Link) -> Behave:
    """A list of 73 rows, each page but the last with a link or a cursor of this form."""

    def behave(visit: Visit) -> None:
        method, target, *_ = visit.request.split(b"\r\n")[0].decode("latin-1").split(" ")
        asked = dict(parse_qsl(urlsplit(target).query, errors="replace"))
        size = asked.get("limit", "10")
        if f"Authorization: Bearer {MINE}\r\n" not in visit.request.decode("latin-1"):
            visit.answer(refusal(401, "authentication_error", "no such key"))
        elif method not in ("GET", "HEAD"):
            visit.answer(refusal(405, "not_allowed", "GET alone"))
        elif not (size.isdecimal() and 0 < int(size) <= 50):
            visit.answer(refusal(400, "invalid_request_error", "limit"))
        else:
            digits = "".join(itertools.takewhile(str.isdecimal, asked.get("cursor", "0"))) or "0"
            visit.answer(_page(style, link, int(digits[:6]), int(size)))

    return behave


def _page(style: str, link: Link, start: int, size: int) -> Reply:
    rows = [{"id": number} for number in range(start + 1, min(ROWS, start + size) + 1)]
    end = start + size
    following = str(end) if style == "cursor" else f"/items?limit={size}&cursor={end}"
    given = link(following) if end < ROWS else None
    if style == "field":
        return Reply(200, (*JSON, ("Link", given)) if given else JSON, json.dumps(rows).encode())
    return Reply(200, JSON, json.dumps({"data": rows, "next": given}).encode())


# Each a style, what its pages have, and the form of the link to the next one.
_LINKS: dict[str, tuple[str, str, Link]] = {
    "a-link-to-a-file": ("next", "A next link to file:///etc/passwd.", lambda _: "file:///etc/passwd"),
    "a-link-to-another-port": ("next", "A next link to another port.", lambda to: f"http://127.0.0.1:9{to}"),
    "a-link-without-a-scheme": ("next", "A next link that begins with two slashes.", lambda to: f"//127.0.0.1:9{to}"),
    "a-link-behind-a-password": ("next", "A next link with user info.", lambda to: f"http://me:pass@127.0.0.1:9{to}"),
    "a-link-of-a-zone": ("next", "A next link to an IPv6 zone.", lambda to: f"http://[fe80::1%25lo]:80{to}"),
    "a-link-of-a-bracket": ("next", "A next link to an address that does not end.", lambda to: f"http://[::1{to}"),
    "a-link-of-two-lines": ("next", "A next link with a line break and a header field.", lambda to: f"{to}\r\nX-Evil: 1"),
    "a-link-of-half-a-character": ("next", "A next link with half of a surrogate pair.", lambda to: f"{to}&x=\ud800"),
    "a-link-of-500-kilobytes": ("next", "A next link of 500 kB.", lambda to: f"{to}&x={'a' * 500_000}"),
    "a-link-to-the-first-page": ("next", "A next link that leads to the first page.", lambda _: "/items?limit=10"),
    "a-link-that-is-a-list": ("next", "A next link that is an array.", lambda to: [to]),
    "links-by-the-thousand": ("field", "A Link field of 1,500 links.", lambda to: ",".join(f"<{to}>;rel=a{n}" for n in range(1_500)) + f',<{to}>; rel="next"'),
    "a-link-in-quotes": ("field", "A Link field with a link in a quoted title.", lambda to: f'<{to}>; title="a, <b>; rel=next, \\"c"; rel="next"'),
    "a-cursor-of-half-a-character": ("cursor", "A cursor with half of a surrogate pair.", lambda to: f"{to}\ud800"),
    "a-cursor-of-a-megabyte": ("cursor", "A cursor of 1 MB.", lambda to: to + "a" * 1_000_000),
    "a-cursor-of-two-lines": ("cursor", "A cursor with a line break and a header field.", lambda to: f"{to}\r\nX-Evil: 1"),
    "a-cursor-that-is-an-object": ("cursor", "A cursor that is an object.", lambda to: {"at": to}),
    "a-cursor-in-a-circle": ("cursor", "A cursor that leads back.", lambda to: "10" if int(to) > 20 else to),
}  # fmt: skip

LINKS: tuple[Trouble, ...] = tuple(
    Trouble(
        name=name,
        side=SERVER,
        sentence=sentence,
        exits=(0, 1, 3),
        arguments=ARGUMENTS,
        behave=_listing(style, link),
        set_up=both(
            variables(FORMANT_API_KEY=MINE, FORMANT_API_KEY_GLOBAL=MINE),
            file("given.json", _document(style)),
        ),
    )
    for name, (style, sentence, link) in _LINKS.items()
)
