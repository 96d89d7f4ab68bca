"""One connection, without a server: what it does to its socket."""

from __future__ import annotations

import socket
from typing import cast

from conformance.client.connection import ACKNOWLEDGE_AT_ONCE, Connection
from conformance.client.deadline import Deadline
from conformance.client.limits import Limits
from conformance.client.stop import StopSignal

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Pieces:
    """A socket of which each reading gives the next piece; notes what is set in between."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)
        self.seen: list[object] = []

    def send(self, data: bytes) -> int:
        """All of it goes out."""
        self.seen.append("sent")
        return len(data)

    def recv(self, _: int) -> bytes:
        """The next piece."""
        self.seen.append("read")
        return self.pieces.pop(0)

    def setsockopt(self, *option: int) -> None:
        """Only noted."""
        self.seen.append(option)


def exchanged(*pieces: bytes) -> tuple[bytes, list[object]]:
    """The body that such pieces make, and what was done to the socket."""
    sock = Pieces(*pieces)
    deadline = Deadline(2.0, StopSignal())
    answer = Connection(cast("socket.socket", sock), Limits()).exchange(
        "GET", b"GET / HTTP/1.1\r\n\r\n", deadline
    )
    return answer.body, sock.seen


def test_a_head_that_comes_alone_is_acknowledged_at_once() -> None:
    """The server may wait for it before it sends the body (RFC 896), for 40 ms each time."""
    at_once = (socket.IPPROTO_TCP, ACKNOWLEDGE_AT_ONCE, 1)
    expected = (
        ["sent", "read", at_once, "read"] if ACKNOWLEDGE_AT_ONCE else ["sent", "read", "read"]
    )
    assert exchanged(HEAD, b"{}") == (b"{}", expected)


def test_an_answer_in_one_piece_needs_nothing() -> None:
    """Nobody waits for its acknowledgement."""
    assert exchanged(HEAD + b"{}") == (b"{}", ["sent", "read"])
