"""A reverse proxy on loopback that behaves as a front says."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from conformance.mock.fronts.model import Call, Reply

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Front

HOST = "127.0.0.1"
HOP = ("connection", "transfer-encoding", "content-length", "keep-alive", "date", "server")


class FrontServer(ThreadingHTTPServer):
    """Listens on a free port at once; `serve_forever` hands each request to the front."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, front: Front, upstream: int, host: str = HOST) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, 0), _Handler)
        self.front, self.upstream = front, upstream
        self._numbers = itertools.count()
        self._first: float | None = None
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}"

    def numbered(self) -> tuple[int, float]:
        """The number of a request, and its age."""
        with self._lock:
            now = time.monotonic()
            self._first = self._first or now
            return next(self._numbers), now - self._first

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes away is no error of the front's."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FrontServer
    turn = 0
    last = 0.0

    def log_message(self, *_: Any) -> None:
        """Log nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._handle
        raise AttributeError(name)

    def _handle(self) -> None:
        number, age = self.server.numbered()
        idle = time.monotonic() - self.last if self.turn else 0.0
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        fields = tuple(self.headers.items())
        call = Call(self.command, self.path, fields, body, number, age, self.turn, idle)
        reply = self.server.front(call, lambda: forwarded(call, self.server.upstream))
        if reply.after:
            time.sleep(reply.after)
        self._send(reply)
        self.turn, self.last = self.turn + 1, time.monotonic()

    def _send(self, reply: Reply) -> None:
        if reply.cut == 0:
            return self._break()

        self.protocol_version = reply.version
        self.wfile.write(reply.early)
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in ("content-length", "transfer-encoding"):
                self.send_header(name, value)
        is_old = reply.version == "HTTP/1.0"
        if reply.trailers is not None:
            self.send_header("Transfer-Encoding", "chunked")
        elif not is_old:
            self.send_header("Content-Length", self._length(reply))
        self.end_headers()
        if self.command != "HEAD" and reply.status not in (204, 304):
            self.wfile.write(
                chunked(reply) if reply.trailers is not None else reply.body[: reply.cut]
            )
        if reply.cut is not None:
            return self._break()
        self.close_connection = self.close_connection or reply.closes or is_old
        return None

    def _length(self, reply: Reply) -> str:
        stated = reply.header("content-length") if self.command == "HEAD" else None
        return stated or str(len(reply.body))

    def _break(self) -> None:
        """Close the connection under the client."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


def chunked(reply: Reply, size: int = 1000) -> bytes:
    """The body of a reply in chunks, with its trailer fields."""
    parts = [reply.body[at : at + size] for at in range(0, len(reply.body), size)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    fields = "".join(f"{name}: {value}\r\n" for name, value in reply.trailers or ())
    return chunks + b"0\r\n" + fields.encode() + b"\r\n"


def forwarded(call: Call, port: int) -> Reply:
    """What the server behind answers, on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        _connect(connection)
        connection.putrequest(call.method, call.target, skip_host=True, skip_accept_encoding=True)
        for name, value in call.headers:
            if name.lower() != "connection":
                connection.putheader(name, value)
        connection.endheaders(call.body or None)
        response = connection.getresponse()
        content = response.read()
        kept = [
            (name, value)
            for name, value in response.getheaders()
            if name.lower() not in HOP
            or (call.method == "HEAD" and name.lower() == "content-length")
        ]
        return Reply(response.status, tuple(kept), content)
    finally:
        connection.close()


def _connect(connection: http.client.HTTPConnection) -> None:
    """Connect; a machine that is out of ports or of places in a queue for the moment is no fault of
    what stands behind.
    """
    for pause in (0.05, 0.2, 1.0):
        try:
            return connection.connect()
        except OSError:
            time.sleep(pause)
    return connection.connect()
