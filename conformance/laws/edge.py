"""What stands before an API refuses by itself: firewalls, gateways, the HTTP layer (Decision 3).

A refusal is the edge's where the request is one that an edge has reason to refuse, and the refusal
is not in the form of the API. A plain request that is refused so is a failure all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from conformance.client.blocking import is_hostile, is_long
from conformance.client.health import GATEWAY, PAGE
from conformance.contract import pointer

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.contract.conventions import Errors

# What the HTTP layer refuses of a target or a header too long, or of bytes that no field value may
# hold, in whatever form (requirements: robustness).
HTTP_LAYER = (400, 413, 414, 431)
TOO_LONG = (413, 414, 431)  # that a request is too long, which no API documents
REDIRECTS = (301, 302, 307, 308)
NOT_THE_EDGES = (401, 429)  # an answer about the key or the rate
NAMING = (
    "server",
    "via",
    "cf-ray",
    "x-cache",
    "x-amzn-errortype",
    "x-amzn-waf-action",
    "x-azure-ref",
)


def named_by(exchange: Exchange) -> str:
    """What answered, by its media type and the headers in which an edge gives its name."""
    if exchange.response is None:
        return "no answer"
    words = [exchange.response.header("content-type") or "no Content-Type"]
    words += [f"{name}: {value}" for name in NAMING if (value := exchange.response.header(name))]
    return ", ".join(words)


def is_in_place(exchange: Exchange) -> bool:
    """Whether something else answered because the API was out of order: a gateway, or a page."""
    return exchange.status in GATEWAY or exchange.lapse == PAGE


def is_edge_refusal(exchange: Exchange, errors: Errors | None) -> bool:
    """Whether a refusal is the edge's own: any 4xx, or 501, that the API did not write.

    Where the edge is held to the document (`strict`) none is.
    """
    if errors is not None and errors.strict:
        return False
    if is_http_layers(exchange):
        return True
    status = exchange.status
    is_refusal = (400 <= status < 500 or status == 501) and status not in NOT_THE_EDGES
    return is_refusal and is_hostile(exchange.request) and not has_api_form(exchange, errors)


def is_rewriting(exchange: Exchange, errors: Errors | None) -> bool:
    """Whether a path that is not in its normal form is redirected to another one by itself: what a
    router does ahead of the API (RFC 3986 6.2.2).
    """
    if errors is not None and errors.strict:
        return False
    path = exchange.request.path
    segments = unquote(path, errors="replace").split("/")
    is_normal = not {".", ".."} & set(segments) and "" not in segments[1:]
    return exchange.status in REDIRECTS and not is_normal and is_hostile(exchange.request)


def is_http_layers(exchange: Exchange) -> bool:
    """Whether the HTTP layer refused what it need not hand on, in whatever form."""
    request = exchange.request
    if is_long(request) and exchange.status in TOO_LONG:
        return True
    if request.absolute and 400 <= exchange.status < 500:
        # Servers are to read it as the path in it (RFC 9112 3.2.2); no client of an API sends it.
        return exchange.status not in NOT_THE_EDGES
    return request.edge and exchange.status in HTTP_LAYER


def has_api_form(exchange: Exchange, errors: Errors | None) -> bool:
    """Whether a refusal is in the API's media type, and in its envelope where one is documented."""
    response = exchange.response
    if response is None:
        return False
    media = (response.header("content-type") or "").lower()
    if "json" not in media:
        return False
    if errors is None or exchange.request.method == "HEAD":
        return True
    return isinstance(pointer.get(exchange.json, errors.type), str)
