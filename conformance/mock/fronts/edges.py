"""Edges: firewalls and gateways that refuse by themselves."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from conformance.mock.fronts.model import Reply, front, page

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front

INJECTION = re.compile(r"('|--|\.\./|<|\x00|\{\{|union|select|%00|;|\$\{)", re.IGNORECASE)


def _is_attack(call: Call) -> bool:
    return bool(INJECTION.search(unquote(call.target))) or len(call.target) > 1500


@front
def firewall() -> Front:
    """403 in HTML to what looks like an attack, 405 to odd methods, 400 to many parameters."""

    def answer(call: Call, ask: Ask) -> Reply:
        if _is_attack(call):
            return page(403, "Request blocked", cf_ray="8abc-BOM")
        if call.method not in ("GET", "HEAD", "OPTIONS"):
            return page(405)
        return page(400) if call.target.count("&") > 60 else ask()

    return answer


@front
def gateway_with_narrow_limits() -> Front:
    """501, 414 and 431 in HTML to odd methods, long targets and long headers."""

    def answer(call: Call, ask: Ask) -> Reply:
        if call.method not in ("GET", "HEAD"):
            return page(501)
        if len(call.target) > 1_000:
            return page(414)
        fields = sum(len(name) + len(value) for name, value in call.headers)
        return page(431) if fields > 4_000 else ask()

    return answer


@front
def firewall_that_fails() -> Front:
    """503 in HTML to what looks like an attack."""
    return lambda call, ask: page(503, "Filter failed") if _is_attack(call) else ask()


@front
def firewall_that_blocks_the_valid() -> Front:
    """403 in HTML to every 30th request, however plain."""

    def answer(call: Call, ask: Ask) -> Reply:
        return page(403, "Request blocked") if call.number % 30 == 29 else ask()

    return answer


@front
def gateway_that_adds_headers() -> Front:
    """Via, Server-Timing, Alt-Svc and a request id on every answer."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        for name, value in (
            ("Via", "1.1 gateway"),
            ("Server-Timing", f"edge;dur={call.number % 7}"),
            ("Alt-Svc", 'h3=":443"'),
            ("X-Request-Id", f"edge-{call.number}"),
            ("CF-Cache-Status", "DYNAMIC"),
        ):
            reply = reply.with_header(name, value)
        return reply

    return answer


@front
def edge_that_compresses() -> Front:
    """gzip for whoever accepts it, in chunks; as nginx does, not for HEAD."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        accepted = "gzip" in call.field("accept-encoding") and "gzip;q=0" not in call.field(
            "accept-encoding"
        )
        if call.method == "HEAD" or not accepted or len(reply.body) < 20:
            return reply
        packed = replace(reply, body=gzip.compress(reply.body), trailers=())
        return packed.with_header("Content-Encoding", "gzip").with_header("Vary", "Accept-Encoding")

    return answer


@front
def gateway_that_refuses_a_body() -> Front:
    """400 in HTML to a GET that has a body, as large load balancers answer."""

    def answer(call: Call, ask: Ask) -> Reply:
        return page(400, "Bad Request") if call.method == "GET" and call.body else ask()

    return answer


@front
def gateway_with_a_small_buffer() -> Front:
    """502 in HTML in place of every answer of more than 12 kB."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        return page(502, "Response too large") if len(reply.body) > 12_000 else reply

    return answer
