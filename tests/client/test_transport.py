"""The wire: bytes as they stand, connections kept, what is broken said."""

from __future__ import annotations

import gzip
import itertools
import threading
import time

import pytest

from conformance.client.errors import ErrorKind, TransportError
from conformance.client.limits import Limits
from conformance.client.presented import Presented
from conformance.client.stop import Stopped, StopSignal
from conformance.client.transport import Transport
from tests.support.servers import OK, behaving, serving


def get(target, headers=(), body=None, **more):
    return Presented("GET", target, tuple(headers), body, **more)


@pytest.fixture
def transport():
    made = []

    def make(url):
        made.append(Transport(url, Limits(timeout=2.0)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_requests_share_a_connection(transport) -> None:
    """Ten requests, one connection."""
    with serving(lambda *_: OK) as (url, seen):
        wire = transport(url)
        assert {wire.send(get("/", (), None)).status for _ in range(10)} == {200}
        assert (len(seen), seen.connections) == (10, 1)


def test_bytes_go_out_as_they_stand(transport) -> None:
    """Targets and header values are neither encoded nor normalised, headers may repeat."""
    with serving(lambda *_: OK) as (url, seen):
        headers = [("Authorization", "Bearer \xff"), ("Authorization", "Bearer two")]
        transport(url + "/base").send(get("/a/../b?q=%zz&x=+", headers, "{}"))
    [request] = seen
    assert request.startswith(b"GET /base/a/../b?q=%zz&x=+ HTTP/1.1\r\n")
    assert b"Authorization: Bearer \xff\r\nAuthorization: Bearer two\r\n" in request
    assert request.endswith(b"Content-Length: 2\r\n\r\n{}")


def test_a_connection_that_the_server_closed_is_not_used_again(transport) -> None:
    """Closed with or without saying so, the next request has a new connection and no error."""
    said = OK.replace(b"content-type", b"connection: close\r\ncontent-type")
    with serving(lambda *_: said) as (url, seen):
        wire = transport(url)
        assert [wire.send(get("/", (), None)).status for _ in range(3)] == [200] * 3
        assert seen.connections == 3


def test_gzip_is_decoded_and_what_is_none_stays(transport) -> None:
    """A compressed body is read; one that only says so is left for the laws to name."""
    packed = gzip.compress(b'{"a": 1}')

    def answer(_request, number):
        body = packed if number == 1 else b"not gzip"
        head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n"
        return head % len(body) + body

    with serving(answer) as (url, _):
        wire = transport(url)
        assert wire.send(get("/", (), None)).body == b'{"a": 1}'
        assert wire.send(get("/", (), None)).body == b"not gzip"


@pytest.mark.parametrize(
    "content",
    [None, b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort"],
)
def test_what_is_broken_is_one_kind_of_error(transport, content) -> None:
    """No answer, no HTTP, half a body: all of it is an error below HTTP."""
    closing = (
        None
        if content is None
        else content.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n", 1)
    )
    with serving(lambda *_: closing) as (url, _), pytest.raises(TransportError):
        transport(url).send(get("/", (), None))


def test_a_target_that_would_end_the_request_line_is_not_sent(transport) -> None:
    """A line break in a target is refused here, for it would be another request there."""
    with serving(lambda *_: OK) as (url, seen), pytest.raises(TransportError):
        transport(url).send(get("/a\r\nX: 1", (), None))
    assert not seen


def test_interim_answers_are_passed_over(transport) -> None:
    """Any number of 1xx may come before the final answer (RFC 9110 15.2), with headers of their
    own.
    """
    hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n"
    with serving(lambda *_: hints + b"HTTP/1.1 102 Processing\r\n\r\n" + hints + OK) as (url, seen):
        wire = transport(url)
        answers = [wire.send(get("/", (), None)) for _ in range(3)]
    assert {(one.status, one.header("link"), one.body) for one in answers} == {(200, None, b"{}")}
    assert seen.connections == 1


def test_a_request_may_have_its_own_connection_and_protocol(transport) -> None:
    """A new connection is neither taken from nor kept with the others; HTTP/1.0 is in the first
    line.
    """
    with serving(lambda *_: OK) as (url, seen):
        wire = transport(url)
        wire.send(get("/"))
        wire.send(get("/", new_connection=True))
        wire.send(get("/", version="1.0", new_connection=True))
        wire.send(get("/", absolute=True))
    assert seen.connections == 3
    assert seen[2].startswith(b"GET / HTTP/1.0\r\n")
    assert seen[3].startswith(f"GET {url}/ HTTP/1.1\r\n".encode())


def slowly(content):
    """Send a byte at a time, ten a second, for as long as anybody listens."""

    def send(peer):
        while True:
            for byte in content:
                peer.sendall(bytes([byte]))
                time.sleep(0.1)

    return send


def endlessly(head, part):
    """Send a head, then the same part for ever."""

    def send(peer):
        peer.sendall(head)
        while True:
            peer.sendall(part)

    return send


def once(content):
    """Send something, and close."""
    return lambda peer: peer.sendall(content)


BOMB = gzip.compress(b"0" * 50_000_000)
ZIPPED = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(BOMB)
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
CHUNK = b"c00\r\n" + b"x" * 0xC00 + b"\r\n"
SIZED = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n\x00\x01"
MANY = b"[" + b"1," * 300_000 + b"1]"

HOSTILE = {
    "more values than a page can hold": (
        lambda peer: peer.sendall(SIZED % len(MANY) + MANY),
        ErrorKind.LIMIT,
        "over 250,000 JSON values",
    ),
    "a byte at a time": (slowly(b"HTTP/1.1 200 OK\r\nx-a: b\r\n"), ErrorKind.TIMEOUT, "--timeout"),
    "silence": (lambda peer: time.sleep(30), ErrorKind.TIMEOUT, "nothing came"),
    "a body a byte at a time": (
        lambda peer: (peer.sendall(SIZED % 500), slowly(b"x")(peer)),
        ErrorKind.TIMEOUT,
        "--timeout",
    ),
    "1xx for ever": (endlessly(b"", b"HTTP/1.1 102 Wait\r\n\r\n"), ErrorKind.LIMIT, "interim"),
    "headers for ever": (endlessly(b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n"), ErrorKind.LIMIT, "head"),
    "a body for ever": (
        endlessly(b"HTTP/1.0 200 OK\r\n\r\n", b"x" * 65_536),
        ErrorKind.LIMIT,
        "max-body",
    ),
    "chunks for ever": (
        endlessly(CHUNKED, b"c00\r\n" + b"x" * 0xC00 + b"\r\n"),
        ErrorKind.LIMIT,
        "cut|framing",
    ),
    "tiny chunks": (
        endlessly(CHUNKED, b"1;" + b"e" * 500 + b"\r\nx\r\n"),
        ErrorKind.LIMIT,
        "framing|cut",
    ),
    "trailers for ever": (
        endlessly(CHUNKED + b"0\r\n", b"x-t: y\r\n"),
        ErrorKind.LIMIT,
        "trailers",
    ),
    "a gzip bomb": (once(ZIPPED + BOMB), ErrorKind.LIMIT, "decompressed"),
    "a length of 500 GB": (once(SIZED % 500_000_000_000), ErrorKind.LIMIT, "500 GB"),
    "an upgrade": (once(SWITCH), ErrorKind.PROTOCOL, "101|HTTP"),
    "garbage": (once(b"\x16\x03\x01garbage\r\n\r\n"), ErrorKind.PROTOCOL, "HTTP"),
    "half an answer": (once(SIZED % 9 + b"short"), ErrorKind.INCOMPLETE, "closed within"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_a_server_does_holds_an_exchange(name) -> None:
    """Whatever comes, or does not, the exchange is cut at a bound that its error names."""
    behave, kind, words = HOSTILE[name]
    limits = Limits(timeout=1.0, body=5_000_000)
    with behaving(behave) as url, pytest.raises(TransportError, match=words) as raised:
        Transport(url, limits).send(get("/"))
    assert raised.value.error.kind is kind


def test_a_stop_signal_ends_a_wait_for_a_server() -> None:
    """Whoever waits for an answer hears within moments that the run is over."""
    stop = StopSignal()
    with behaving(lambda peer: time.sleep(30)) as url:
        threading.Timer(0.2, stop.set, ["interrupted"]).start()
        with pytest.raises(Stopped, match="interrupted"):
            Transport(url, Limits(timeout=25.0), stop).send(get("/"))


def test_bytes_behind_an_answer_are_not_the_next_one(transport) -> None:
    """A connection on which more came than was asked for is not used again."""
    more = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nbad"
    with serving(lambda *_: OK + more) as (url, seen):
        wire = transport(url)
        assert [wire.send(get("/")).body for _ in range(3)] == [b"{}"] * 3
    assert seen.connections == 3


def test_a_408_on_a_kept_connection_is_repeated_on_a_new_one(transport) -> None:
    """A balancer's notice crosses a request on its way; on a new connection it is an answer."""
    tired = OK.replace(b"200 OK", b"408 Request Timeout")
    counts = itertools.count(1)
    with serving(lambda *_: tired if next(counts) in (2, 4) else OK) as (url, seen):
        wire = transport(url)
        assert [wire.send(get("/", (), None)).status for _ in range(2)] == [200, 200]
        wire.close()
        assert wire.send(get("/", (), None)).status == 408
    assert len(seen) == 4


def test_connections_whose_second_request_is_never_read_are_not_kept() -> None:
    """Three times in a row; from then on each request has a connection of its own."""

    def deaf(sock):
        sock.sendall(OK)
        time.sleep(5)

    with behaving(deaf) as url:
        wire = Transport(url, Limits(timeout=0.3))
        for _ in range(3):
            assert wire.send(get("/", (), None)).status == 200
            with pytest.raises(TransportError):
                wire.send(get("/", (), None))
        assert [wire.send(get("/", (), None)).status for _ in range(3)] == [200] * 3
        wire.close()


def test_connections_that_keep_others_out_are_not_kept() -> None:
    """Three new ones were never answered in a row; from then on each ends with its answer."""
    served = threading.Lock()

    def serial(sock):
        with served:
            sock.sendall(OK)
            while sock.recv(65_536):
                sock.sendall(OK)

    with behaving(serial) as url:
        wire = Transport(url, Limits(timeout=0.3))
        assert wire.send(get("/", (), None)).status == 200
        for _ in range(3):
            with pytest.raises(TransportError):
                wire.send(get("/", (), None, new_connection=True))
        assert [wire.send(get("/", (), None)).status for _ in range(3)] == [200] * 3
        assert wire.send(get("/", (), None, new_connection=True)).status == 200
        wire.close()
