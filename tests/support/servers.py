"""A server of a few lines: each connection is handed to a function that reads and writes bytes."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler

OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


class Requests(list):
    """The requests that a server was sent, as bytes; and how many connections they came on."""

    connections = 0


@contextmanager
def serving(answer: Callable[[bytes, int], bytes | None]) -> Iterator[tuple[str, Requests]]:
    """Serve `answer(request, number)` on loopback; None closes the connection without a word."""
    seen = Requests()
    listener = socket.create_server(("127.0.0.1", 0))
    lock = threading.Lock()

    def connection(peer: socket.socket) -> None:
        with peer:
            while request := _read(peer):
                with lock:
                    seen.append(request)
                    number = len(seen)
                content = answer(request, number)
                if content is None:
                    return
                peer.sendall(content)
                if b"connection: close" in content:
                    return

    def accept() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            seen.connections += 1
            threading.Thread(target=connection, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        listener.close()


@contextmanager
def behaving(behave: Callable[[socket.socket], object]) -> Iterator[str]:
    """Hand each connection to `behave` once a request was read, and close it when that returns."""
    listener = socket.create_server(("127.0.0.1", 0))

    def connection(peer: socket.socket) -> None:
        with peer:
            try:
                if _read(peer):
                    behave(peer)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=connection, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


@contextmanager
def handled_by(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve HTTP on loopback, a thread for each connection; the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def saying(content: bytes) -> Iterator[int]:
    """Answer the first thing that comes on one connection, whatever the protocol; the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(content)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(10)


def _read(peer: socket.socket) -> bytes:
    content = b""
    try:
        while b"\r\n\r\n" not in content:
            part = peer.recv(65_536)
            if not part:
                return b""
            content += part
        head, _, body = content.partition(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.split(b"\r\n")
                if line[:15].lower() == b"content-length:"
            ),
            0,
        )
        while len(body) < length:
            body += peer.recv(65_536)
    except OSError:
        return b""
    return head + b"\r\n\r\n" + body
