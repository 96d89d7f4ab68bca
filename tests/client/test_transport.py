"""The wire: bytes as they stand, connections kept, what is broken said."""

from __future__ import annotations

import gzip

import pytest

from conformance.client.transport import ERRORS, Transport
from tests.support.servers import OK, serving


@pytest.fixture
def transport():
    made = []

    def make(url):
        made.append(Transport(url, 2.0))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_requests_share_a_connection(transport) -> None:
    """Ten requests, one connection."""
    with serving(lambda *_: OK) as (url, seen):
        wire = transport(url)
        assert {wire.send("GET", "/", (), None).status for _ in range(10)} == {200}
        assert (len(seen), seen.connections) == (10, 1)


def test_bytes_go_out_as_they_stand(transport) -> None:
    """Targets and header values are neither encoded nor normalised, headers may repeat."""
    with serving(lambda *_: OK) as (url, seen):
        headers = [("Authorization", "Bearer \xff"), ("Authorization", "Bearer two")]
        transport(url + "/base").send("GET", "/a/../b?q=%zz&x=+", headers, "{}")
    [request] = seen
    assert request.startswith(b"GET /base/a/../b?q=%zz&x=+ HTTP/1.1\r\n")
    assert b"Authorization: Bearer \xff\r\nAuthorization: Bearer two\r\n" in request
    assert request.endswith(b"Content-Length: 2\r\n\r\n{}")


def test_a_connection_that_the_server_closed_is_not_used_again(transport) -> None:
    """Closed with or without saying so, the next request has a new connection and no error."""
    said = OK.replace(b"content-type", b"connection: close\r\ncontent-type")
    with serving(lambda *_: said) as (url, seen):
        wire = transport(url)
        assert [wire.send("GET", "/", (), None).status for _ in range(3)] == [200] * 3
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
        assert wire.send("GET", "/", (), None).body == b'{"a": 1}'
        assert wire.send("GET", "/", (), None).body == b"not gzip"


@pytest.mark.parametrize(
    "content", [None, b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort"]
)
def test_what_is_broken_is_one_kind_of_error(transport, content) -> None:
    """No answer, no HTTP, half a body: all of it is an error below HTTP."""
    closing = None if content is None else content.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n", 1)
    with serving(lambda *_: closing) as (url, _), pytest.raises(ERRORS):
        transport(url).send("GET", "/", (), None)


def test_a_target_that_would_end_the_request_line_is_not_sent(transport) -> None:
    """A line break in a target is refused here, for it would be another request there."""
    with serving(lambda *_: OK) as (url, seen), pytest.raises(ERRORS):
        transport(url).send("GET", "/a\r\nX: 1", (), None)
    assert not seen


def test_interim_answers_are_passed_over(transport) -> None:
    """Any number of 1xx may come before the final answer (RFC 9110 15.2), with headers of their own."""
    hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n"
    with serving(lambda *_: hints + b"HTTP/1.1 102 Processing\r\n\r\n" + hints + OK) as (url, seen):
        wire = transport(url)
        answers = [wire.send("GET", "/", (), None) for _ in range(3)]
    assert {(one.status, one.header("link"), one.body) for one in answers} == {(200, None, b"{}")}
    assert seen.connections == 1
