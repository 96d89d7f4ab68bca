"""Raw HTTP to a mock that serves in a thread: bytes out, bytes in."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conformance.mock import MockOptions, keys
from conformance.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def serving(*entries: str, latency_ms: int = 0) -> Iterator[Wire]:
    """A mock in a thread, and a wire to its global region."""
    options = MockOptions(faults=entries, latency_ms=latency_ms)
    server, ready = MockServer(options), threading.Event()
    thread = threading.Thread(target=server.run, args=(lambda urls: ready.set(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield Wire(int(server.urls["global"].rsplit(":", 1)[1]), keys(options)["global"])
    finally:
        server.stop()
        thread.join(10)
        assert not thread.is_alive()


class Wire:
    """Says bytes to one port and hears what comes back."""

    def __init__(self, port: int, key: str) -> None:
        self.port = port
        self.bearer = f"Authorization: Bearer {key}\r\n".encode()

    def connect(self) -> socket.socket:
        """A connection that gives up after a while."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def request(
        self,
        target: bytes = b"/v1/batch-calls",
        method: bytes = b"GET",
        fields: bytes | None = None,
    ) -> bytes:
        """The bytes of a request that asks for the connection to be closed."""
        head = method + b" " + target + b" HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n"
        return head + (self.bearer if fields is None else fields) + b"\r\n"

    def say(self, data: bytes) -> bytes:
        """Send, then read until the server closes."""
        with self.connect() as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65_536), b""))


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])


def body(answer: bytes) -> bytes:
    """What follows the head."""
    return answer.partition(b"\r\n\r\n")[2]
