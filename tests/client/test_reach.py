"""Through a proxy, and with the fields that every request gets."""

from __future__ import annotations

import ssl

import pytest

from conformance.client.credentials import Secret
from conformance.client.curl import curl
from conformance.client.errors import ErrorKind, TransportError
from conformance.client.limits import Limits
from conformance.client.presented import Presented, defaults, presented
from conformance.client.reach import Field, Proxy, Reach
from conformance.client.request import Request
from conformance.client.transport import Transport
from tests.support.servers import OK, serving

KEY = Field("X-Gateway-Key", "geheim", "$GATEWAY_KEY")
REFUSED = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"


def proxy_at(url: str, user: str | None = None) -> Proxy:
    return Proxy("127.0.0.1", int(url.rpartition(":")[2]), user)


def sent(base: str, reach: Reach) -> None:
    transport = Transport(base, Limits(timeout=2.0), reach=reach)
    try:
        transport.send(Presented("GET", "/list?q=1", (), None))
    finally:
        transport.close()


def test_a_proxy_gets_the_whole_target_and_its_own_credentials() -> None:
    """Over http it reads the requests, and hands them on (RFC 9112 3.2.2)."""
    with serving(lambda *_: OK) as (url, seen):
        sent("http://api.test:81/base", Reach(proxy=proxy_at(url, "joe:pass")))
    assert seen[0].startswith(b"GET http://api.test:81/base/list?q=1 HTTP/1.1\r\nHost: api.test:81")
    assert b"Proxy-Authorization: Basic am9lOnBhc3M=" in seen[0]


def test_a_tunnel_is_asked_for_before_tls() -> None:
    """The key of the API never reaches the proxy in the clear."""
    with serving(lambda *_: REFUSED) as (url, seen), pytest.raises(TransportError) as error:
        sent("https://api.test", Reach(proxy=proxy_at(url), tls=ssl.create_default_context()))
    assert seen[0].startswith(b"CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n")
    assert error.value.error.kind is ErrorKind.PROXY
    assert "asks for credentials (407)" in str(error.value)


def test_what_a_proxy_refuses_is_no_evidence_against_a_server() -> None:
    """Neither by its 407, nor where it is not there."""
    with serving(lambda *_: REFUSED) as (url, _), pytest.raises(TransportError) as refused:
        sent("http://api.test", Reach(proxy=proxy_at(url)))
    with pytest.raises(TransportError) as absent:
        sent("http://api.test", Reach(proxy=Proxy("127.0.0.1", 9)))
    for error in (refused, absent):
        assert error.value.error.kind is ErrorKind.PROXY
        assert error.value.error.kind.is_local


def test_every_request_names_client_and_itself() -> None:
    """The owner of the server finds it in the log."""
    common = defaults(Reach(run="r1"), "r1-one-0001")
    assert common["User-Agent"].endswith("(run r1)")
    assert common["X-Request-ID"] == "r1-one-0001"


def test_naming_can_be_switched_off() -> None:
    """Then neither field is sent."""
    assert set(defaults(Reach(run=None), "x")) == {"Accept-Encoding"}


def test_a_field_of_the_caller_takes_the_place_of_the_clients() -> None:
    """And a request's own field that of both."""
    agent = Field("user-agent", "mine", "mine")
    request = Request("GET", "/", headers=(("X-Gateway-Key", "another"),))
    headers = presented(request, Secret("K", "k"), Reach(fields=(agent, KEY), run="r")).headers
    assert dict(headers) == {
        "Accept-Encoding": "gzip",
        "user-agent": "mine",
        "X-Gateway-Key": "another",
    }


def test_a_command_has_the_callers_fields_and_no_request_id() -> None:
    """With a variable in place of a secret, and what else curl needs to get there."""
    added = (("X-Gateway-Key", "$GATEWAY_KEY"), ("X-Request-ID", "r1"), ("X-Tenant", "it's"))
    command = curl("http://a", Request("GET", "/"), Secret("K", "k"), added, ("--insecure",))
    assert command == (
        "curl -sS -i --path-as-is --globoff --insecure http://a/ "
        "-H \"X-Gateway-Key: $GATEWAY_KEY\" -H 'X-Tenant: it'\"'\"'s'"
    )
