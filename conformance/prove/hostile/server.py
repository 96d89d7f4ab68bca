"""A server whose every answer, from some request on, is a behaviour: bytes as they please."""

from __future__ import annotations

import itertools
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.mock.fronts.model import Call, Reply
from conformance.mock.fronts.server import forwarded

if TYPE_CHECKING:
    from typing import Any

MOST = 300.0  # seconds after which a behaviour without an end ends


class Visit:
    """One request, and the ways to answer it."""

    def __init__(self, peer: socket.socket, request: bytes, upstream: int) -> None:
        self.peer, self.request, self.upstream = peer, request, upstream
        self.keeps = False  # whether the connection takes a further request

    @property
    def token(self) -> str:
        """What the request presents as its key."""
        for line in self.request.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"authorization":
                return value.strip().split(b" ")[-1].decode("latin-1")
        return ""

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self.peer.sendall(data)

    def ask(self) -> Reply:
        """What the healthy server behind answers."""
        head, _, body = self.request.partition(b"\r\n\r\n")
        start, *lines = head.decode("latin-1").split("\r\n")
        method, target, *_ = f"{start}   ".split(" ")
        fields = tuple(
            (name, value.strip()) for name, _, value in (x.partition(":") for x in lines)
        )
        return forwarded(Call(method, target, fields, body, 0, 0.0), self.upstream)

    def answer(self, reply: Reply) -> None:
        """An answer in order, with the connection kept."""
        self.keeps = True
        is_head = self.request.startswith(b"HEAD ")
        size = reply.header("content-length") if is_head else None
        fields = [
            *((name, value) for name, value in reply.headers if name.lower() != "content-length"),
            ("Content-Length", size or str(len(reply.body))),
        ]
        head = f"HTTP/1.1 {reply.status} X\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields)
        self.send(head.encode("latin-1") + b"\r\n" + (b"" if is_head else reply.body))

    def reset(self) -> None:
        """Break the connection with a reset."""
        self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Behave = Callable[[Visit], None]


class HostileServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of loopback; `upstream` is the port of the healthy server."""

    daemon_threads = True
    request_queue_size = 256
    block_on_close = False

    def __init__(self, behave: Behave, upstream: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave, self.upstream = behave, upstream
        self.ends = time.monotonic() + MOST

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes away is what is wanted."""


class _Handler(socketserver.BaseRequestHandler):
    server: HostileServer

    def handle(self) -> None:
        """Answer the requests of one connection."""
        with suppress(OSError):
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while request := read(self.request):
                visit = Visit(self.request, request, self.server.upstream)
                self.server.behave(visit)
                if not visit.keeps:
                    return


def read(peer: socket.socket) -> bytes:
    """A request; nothing where the connection ends."""
    content = b""
    while b"\r\n\r\n" not in content:
        part = peer.recv(65_536)
        if not part:
            return b""
        content += part
    head, _, body = content.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length" and value.strip().isdigit():
            while len(body) < int(value):
                body += peer.recv(65_536)
    return head + b"\r\n\r\n" + body


def healthy(visit: Visit) -> None:
    """Hand the request on."""
    visit.answer(visit.ask())


def lazily(made: Callable[[], Behave]) -> Behave:
    """A behaviour that is made at the first visit: what it sends takes seconds or much memory."""
    known: list[Behave] = []
    lock = threading.Lock()

    def behave(visit: Visit) -> None:
        with lock:
            if not known:
                known.append(made())
        known[0](visit)

    return behave


def after(count: int, behave: Behave) -> Behave:
    """Healthy for so many requests, then as `behave`."""
    numbers = itertools.count()
    return lambda visit: (healthy if next(numbers) < count else behave)(visit)


def each(count: int, behave: Behave) -> Behave:
    """As `behave` at every so many-th request, healthy otherwise."""
    numbers = itertools.count(1)
    return lambda visit: (healthy if next(numbers) % count else behave)(visit)
