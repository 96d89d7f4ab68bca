"""A tunnel through an HTTP proxy (RFC 9110 9.3.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.client.errors import ErrorKind, TransportError

if TYPE_CHECKING:
    import socket
    import ssl

    from conformance.client.deadline import Deadline
    from conformance.client.reach import Proxy

MOST = 16_000  # bytes of a proxy's answer
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


def through(
    proxy: Proxy,
    sock: socket.socket,
    host: str,
    port: int,
    deadline: Deadline,
    tls: ssl.SSLContext | None,
) -> socket.socket:
    """The socket once what is sent reaches the host, where TLS needs that; raises TransportError."""
    if tls is None:
        return sock  # each request names its target whole

    try:
        deadline.send(sock, _asking(proxy, host, port))
        status = _answer(sock, deadline)
    except BaseException:
        sock.close()
        raise
    if 200 <= status < 300:
        return sock

    sock.close()
    raise TransportError(ErrorKind.PROXY, f"the proxy {proxy} {_refusal(status, host, port)}")


def _asking(proxy: Proxy, host: str, port: int) -> bytes:
    name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    fields = [("Host", name), *proxy.fields]
    lines = [f"CONNECT {name} HTTP/1.1", *(f"{key}: {value}" for key, value in fields), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _answer(sock: socket.socket, deadline: Deadline) -> int:
    """The status of the answer; 0 for what is no answer of a proxy."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST:
        # One byte at a time: what follows the head is the server's.
        data = deadline.receive(sock, 1)
        if not data:
            break
        head += data
    match = STATUS.match(head)
    return int(match[1]) if match and b"\r\n\r\n" in head else 0


def _refusal(status: int, host: str, port: int) -> str:
    if status == 407:
        return "asks for credentials (407); HTTPS_PROXY may hold them, as http://USER:PASSWORD@HOST"
    if not status:
        return "gives no answer of a proxy"
    return f"opens no tunnel to {host}:{port}: status {status}"
