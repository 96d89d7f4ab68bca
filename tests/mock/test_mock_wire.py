"""The mock on the wire: one piece for each answer, and no 5xx whatever the bytes."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from conformance.mock import MockOptions
from conformance.mock.server import MockServer, PortInUse
from tests.support.raw_http import Wire, body, serving, status

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    with serving() as healthy:
        yield healthy


def test_a_list_is_served(wire: Wire) -> None:
    """A plain request gets the first page, as JSON, without the server's name."""
    answer = wire.say(wire.request())
    assert status(answer) == 200
    assert json.loads(body(answer))["total"] == 137
    assert b"\r\nserver:" not in answer.lower()


def test_an_answer_comes_in_one_piece(wire: Wire) -> None:
    """Head and body of a small answer arrive in one segment, with Nagle's algorithm off."""
    with wire.connect() as connection:
        for _ in range(20):
            connection.sendall(
                wire.request(b"/v1/batch-calls?limit=1").replace(b"Connection: close\r\n", b"")
            )
            piece = connection.recv(65_536)
            assert json.loads(body(piece))["total"] == 137


def test_head_is_answered_without_a_body(wire: Wire) -> None:
    """HEAD gets the head of the GET, its length included, and nothing more."""
    answer = wire.say(wire.request(method=b"HEAD"))
    assert status(answer) == 200
    assert b"content-length: " + str(len(body(wire.say(wire.request())))).encode() in answer
    assert body(answer) == b""


@pytest.mark.parametrize(
    "method", [b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"PROPFIND"]
)
def test_unsupported_methods_get_405(wire: Wire, method: bytes) -> None:
    """Known methods that the operation does not support are refused with the documented
    envelope.
    """
    answer = wire.say(wire.request(method=method))
    assert status(answer) == 405
    assert json.loads(body(answer))["error"]["type"] == "invalid_request"
    assert status(wire.say(wire.request(method=method, fields=b""))) == 401


TARGETS = {
    "nul": b"/v1/batch-calls?limit=\0",
    "escaped nul": b"/v1/batch-calls?limit=%00",
    "bytes": b"/v1/batch-calls?limit=\xff\xfe",
    "bytes in path": b"/v1/\xff",
    "escaped bytes in path": b"/v1/%ff%00",
    "bad escape": b"/v1/batch-calls?limit=%zz",
    "bad escape in path": b"/v1/batch-calls%",
    "20 kB": b"/v1/batch-calls?agent_id=" + b"9" * 20_000,
    "60 kB": b"/v1/batch-calls?x=" + b"a" * 60_000,
    "no path": b"*",
    "no slash": b"nothing",
    "dots": b"/v1/../v1/batch-calls",
    "two slashes": b"//v1/batch-calls",
    "absolute": b"http://mock/v1/batch-calls",
    "spaces": b"/v1/batch-calls?limit=1 2",
}


@pytest.mark.parametrize("method", [b"GET", b"OPTIONS", b"CONNECT", b"NONSENSE"])
def test_no_target_gives_a_5xx(wire: Wire, method: bytes) -> None:
    """Odd targets and methods are answered, below 500."""
    for name, target in TARGETS.items():
        assert status(wire.say(wire.request(target, method))) < 500, name


def test_a_target_beyond_all_bounds_is_refused(wire: Wire) -> None:
    """A target too long to parse gets 414, in the documented envelope."""
    answer = wire.say(wire.request(b"/v1/batch-calls?limit=1&x=" + b"a" * 200_000))
    assert status(answer) == 414
    assert json.loads(body(answer))["error"]["type"] == "invalid_request"


FIELDS = {
    "nul": b"Authorization: Bearer \0\r\n",
    "control": b"Authorization: Bearer \x01\x7f\r\n",
    "bytes": b"Authorization: Bearer \xff\xfe\r\n",
    "folded": b"Authorization: Bearer\r\n x\r\n",
    "no colon": b"Authorization Bearer x\r\n",
    "empty": b"Authorization:\r\n",
    "8 kB": b"Authorization: Bearer " + b"a" * 8192 + b"\r\n",
    "64 kB": b"Authorization: Bearer " + b"a" * 65_536 + b"\r\n",
    "many": b"".join(b"X-%d: y\r\n" % number for number in range(3000)),
}


@pytest.mark.parametrize("name", FIELDS)
def test_malformed_headers_are_refused(wire: Wire, name: str) -> None:
    """Malformed or long header fields get a 4xx."""
    assert 400 <= status(wire.say(wire.request(fields=FIELDS[name]))) < 500


def test_a_repeated_credential_is_refused(wire: Wire) -> None:
    """Two `Authorization` fields are none, though both be right."""
    assert status(wire.say(wire.request(fields=wire.bearer * 2))) == 401


@pytest.mark.parametrize(
    ("fields", "sent", "expected"),
    [
        (b"Content-Length: 2\r\nContent-Type: application/json\r\n", b"{}", 200),
        (b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n0\r\n\r\n", 200),
        (b"Content-Length: 200000\r\n", b"x" * 200_000, 200),
        (b"Transfer-Encoding: chunked\r\n", b"zz\r\n", 400),
        (b"Content-Length: -2\r\n", b"", 400),
    ],
)
def test_bodies_of_a_get_are_read_and_ignored(
    wire: Wire, fields: bytes, sent: bytes, expected: int
) -> None:
    """A GET with a body is a plain GET; a body that is no body is refused."""
    assert status(wire.say(wire.request(fields=wire.bearer + fields) + sent)) == expected


@pytest.mark.parametrize("version", [b"HTTP/1.0", b"HTTP/1.1"])
def test_both_versions_are_served(wire: Wire, version: bytes) -> None:
    """HTTP/1.0 and 1.1 clients get the same page."""
    answer = wire.say(wire.request().replace(b"HTTP/1.1", version, 1))
    assert json.loads(body(answer))["total"] == 137


def test_garbage_is_refused(wire: Wire) -> None:
    """What is no HTTP at all, and an unknown method, gets 400 in the documented envelope."""
    for data in (b"\x16\x03\x01\x02\x00\x01\x00", wire.request(method=b"NONSENSE")):
        answer = wire.say(data)
        assert status(answer) == 400
        assert json.loads(body(answer))["error"]["type"] == "invalid_request"


@pytest.mark.parametrize(
    "entry", ["chunked", "gzipped-and-chunked", "closed-each-time", "http-1-0"]
)
def test_transports_carry_the_whole_page(entry: str) -> None:
    """The variants of the transport deliver the page; HTTP/1.0 says so and closes."""
    with serving(entry) as wire:
        answer = wire.say(wire.request())
    assert status(answer) == 200
    assert answer.startswith(b"HTTP/1.0" if entry == "http-1-0" else b"HTTP/1.1")
    assert (b"transfer-encoding: chunked" in answer) is ("chunked" in entry)
    assert b'"total": 137' in answer
    assert b"connection: close" in answer


def test_the_60th_connection_is_reset() -> None:
    """A reset is a reset on the wire, and the next request is answered."""
    with serving("reset-every-60th") as wire:
        for _ in range(59):
            assert status(wire.say(wire.request())) == 200
        with pytest.raises(ConnectionResetError):
            wire.say(wire.request())
        assert status(wire.say(wire.request())) == 200


def test_a_port_in_use_is_one_clear_error() -> None:
    """Binding a taken port names the port and the region, and leaves the other port free."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"port {port} for india"):
            MockServer(MockOptions(india_port=port))
