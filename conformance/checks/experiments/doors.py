"""Every door to an operation: other spellings of its path, protocols, and headers that servers
trust.

None of them may serve without a credential what the plain door refuses (requirements, Decision 8).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conformance.checks.grouping import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.experiments.clients import Fields


# Fields that make another request of the one they stand in, so that it may fail for their sake.
MEANINGFUL = frozenset(
    {
        "x-http-method-override",
        "x-original-url",
        "range",
        "if-none-match",
        "if-modified-since",
        "upgrade",
    }
)


@dataclass(frozen=True, slots=True)
class Door:
    """One way to the operation. `path` is the target's path as it is sent.

    `documented`: the request is the documented one but for what a client may add, so that a refusal
    must be the documented refusal; at any other door every 4xx, and a redirect, is as good.
    """

    name: str
    path: str
    headers: Fields = ()
    query: str = ""
    method: str = "GET"
    version: str = "1.1"
    absolute: bool = False
    documented: bool = False
    body: str | None = None


def spellings(path: str) -> tuple[Door, ...]:
    """The path written in ways that some router or proxy takes for the same (RFC 3986 6.2)."""
    head, _, last = path.rstrip("/").rpartition("/")
    first = path.split("/")[1] if path.count("/") > 1 else last
    return (
        Door("a trailing slash", f"{path}/"),
        Door("a doubled slash", f"{head}//{last}"),
        Door("a leading double slash", f"/{path}"),
        Door("a dot segment", f"{head}/./{last}"),
        Door("an encoded dot segment", f"{head}/%2e/{last}"),
        Door("a parent segment", f"{head}/{last}/../{last}"),
        Door("an encoded slash", f"{head}%2F{last}"),
        Door("an encoded letter", f"{head}/%{ord(last[0]):02X}{last[1:]}"),
        Door("upper case", path.upper()),
        Door("a suffix", f"{path}.json"),
        Door("a path parameter", f"{path};v=1"),
        Door("an encoded trailing blank", f"{path}%20"),
        Door("an encoded NUL", f"{path}%00"),
        Door("a parent segment before", f"/{first}/..{path}"),
        Door("a backslash", f"{head}%5C{last}"),
    )


def together(doors: Sequence[Door]) -> list[tuple[Door, ...]]:
    """Doors that one request tries at once, for none takes what another needs: those that only add
    header fields of different names, and those that only add parameters; each other by itself.

    An answer that lets a group in says nothing of its single doors: they are to be tried again.
    """
    return grouped(doors, _can_join)


def _can_join(group: Sequence[Door], door: Door) -> bool:
    if not all(_is_addition(each) for each in (door, *group)):
        return False
    names = {name.lower() for each in group for name, _ in each.headers}
    return all(bool(each.query) == bool(door.query) for each in group) and names.isdisjoint(
        name.lower() for name, _ in door.headers
    )


def _is_addition(door: Door) -> bool:
    """Whether a door is the documented request with something beside it, which changes nothing of
    what the request means.
    """
    plain = replace(door, headers=(), query="")
    return plain == Door(door.name, door.path, documented=True) and MEANINGFUL.isdisjoint(
        name.lower() for name, _ in door.headers
    )


def joined(group: Sequence[Door]) -> Door:
    """One request through all doors of a group."""
    first = group[0]
    if len(group) == 1:
        return first
    return replace(
        first,
        name=f"any of {', '.join(door.name for door in group)}",
        headers=tuple(field for door in group for field in door.headers),
        query="&".join(door.query for door in group if door.query),
    )


def trusted_headers(path: str, origin: str) -> tuple[Door, ...]:
    """Headers by which a proxy speaks to a server, and a stranger may too.

    `origin` is a URL of the API's own, as its pages would name it.
    """
    local = "127.0.0.1"
    fields: tuple[tuple[str, Fields], ...] = (
        ("X-Forwarded-For", (("X-Forwarded-For", local),)),
        ("X-Real-IP", (("X-Real-IP", local),)),
        ("Forwarded", (("Forwarded", f"for={local};proto=https;by={local}"),)),
        ("X-Forwarded-Host", (("X-Forwarded-Host", "localhost"),)),
        ("X-Original-URL", (("X-Original-URL", path), ("X-Rewrite-URL", path))),
        ("X-Forwarded-User", (("X-Forwarded-User", "admin"), ("X-Remote-User", "admin"))),
        ("X-HTTP-Method-Override", (("X-HTTP-Method-Override", "OPTIONS"),)),
        (
            "X-Client-IP",
            (("X-Client-IP", local), ("True-Client-IP", local), ("CF-Connecting-IP", local)),
        ),
        ("Range", (("Range", "bytes=0-1023"),)),
        ("If-None-Match", (("If-None-Match", "*"),)),
        ("If-Modified-Since", (("If-Modified-Since", "Wed, 01 Jan 2020 00:00:00 GMT"),)),
        ("Accept", (("Accept", "application/json"),)),
        ("Accept: text/csv", (("Accept", "text/csv"),)),
        ("Accept: text/html", (("Accept", "text/html"),)),
        ("Origin", (("Origin", "https://app.example"), ("Access-Control-Request-Method", "GET"))),
        ("Cookie", (("Cookie", "session=1; admin=true; debug=1"),)),
        ("User-Agent of a probe", (("User-Agent", "kube-probe/1.30"),)),
        ("User-Agent of a crawler", (("User-Agent", "Googlebot/2.1"),)),
        (
            "X-Requested-With and Origin: null",
            (("X-Requested-With", "XMLHttpRequest"), ("Origin", "null")),
        ),
        ("Upgrade", (("Upgrade", "h2c"), ("Connection", "Upgrade"))),
        ("Referer and Origin of its own", (("Referer", f"{origin}/docs"), ("Origin", origin))),
    )
    return (
        *(Door(name, path, headers, documented=True) for name, headers in fields),
        Door("a body", path, (("Content-Type", "application/json"),), body="{}"),
        Door("Host", path, (("Host", "localhost"),)),  # may name another service
    )


def protocols(path: str) -> tuple[Door, ...]:
    """Other protocols and methods to the same target (RFC 9112 3.2.2, RFC 9110 9.3)."""
    return (
        Door("HTTP/1.0", path, version="1.0", documented=True),
        Door("the absolute form", path, absolute=True),
        Door("HEAD with a query", path, query="?", method="HEAD", documented=True),
        Door("OPTIONS with a query", path, query="?", method="OPTIONS"),
    )


# Names that frameworks and gateways give a meaning of their own.
PARAMETERS = (
    "debug=1",
    "internal=true",
    "preview=1",
    "format=json",
    "callback=f",
    "_method=GET",
    "admin=1",
)


def parameters(path: str) -> tuple[Door, ...]:
    """Parameters that the operation does not have."""
    return tuple(Door(f"?{query}", path, query=query, documented=True) for query in PARAMETERS)
