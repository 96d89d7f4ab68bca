"""The Starlette application of a region: HTTP in, a service's answer out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount

from conformance.mock.messages import Answer, Call
from conformance.mock.service import INVALID, Service
from conformance.mock.transport import TOO_LONG, TRANSPORT

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# A body has no meaning to any operation here; more than this of one is not kept.
MOST_BODY = 65_536


def application(service: Service, latency: float = 0.0) -> Starlette:
    """Serve a region; every path and method goes to the service, which authenticates before it
    routes.
    """
    endpoint = _endpoint(service, latency)
    app = Starlette(routes=[Mount("", app=endpoint)])
    app.router.default = endpoint  # a target that is no path: `OPTIONS *`
    return app


def _endpoint(service: Service, latency: float) -> ASGIApp:
    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        call = await _call(scope, receive)
        extensions = scope.get("extensions", {})
        answer = _too_long(service) if TOO_LONG in extensions else service.respond(call)
        if delay := latency + answer.delay:
            await asyncio.sleep(delay)
        transport = extensions.get(TRANSPORT)
        if answer.reset and transport is not None:
            transport.reset()
        if transport is not None:
            transport.version = answer.version
        await _send(answer, call.method, send)

    return endpoint


async def _call(scope: Scope, receive: Receive) -> Call:
    headers = tuple(scope["headers"])
    has_body = any(name in (b"content-length", b"transfer-encoding") for name, _ in headers)
    return Call(
        scope["method"],
        scope["path"],
        scope["query_string"].decode("latin-1"),
        headers,
        await _body(receive) if has_body else b"",
        scope.get("http_version", "1.1"),
    )


async def _body(receive: Receive) -> bytes:
    body = b""
    while (message := await receive())["type"] == "http.request":
        body = (body + message.get("body", b""))[:MOST_BODY]
        if not message.get("more_body"):
            break
    return body


# RFC 9110 15.5.15
def _too_long(service: Service) -> Answer:
    return service.error(414, INVALID, "target too long")


async def _send(answer: Answer, method: str, send: Send) -> None:
    fields = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers.items()]
    if not answer.chunked and answer.status not in (204, 304):
        fields.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": fields})
    if answer.chunked and method != "HEAD":
        half = len(answer.body) // 2
        await send({"type": "http.response.body", "body": answer.body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": answer.body[half:]})
    else:
        await send(
            {"type": "http.response.body", "body": answer.body if answer.status != 204 else b""}
        )
