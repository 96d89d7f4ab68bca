"""The mock's HTTP layer: uvicorn's httptools protocol, one write for each response."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The URL parser counts in 16 bits; a longer target would be cut wrongly.
LONGEST_TARGET = 32_768
# What the parser refuses never reaches a service; docs: errors-rate-limits, every error has the
# envelope.
REFUSAL = b'{"error": {"message": "malformed HTTP", "type": "invalid_request"}}'
REFUSAL_HEAD = b"content-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n"
TRANSPORT = "conformance.mock.transport"
TOO_LONG = "conformance.mock.target_too_long"


class OneWrite:
    """A transport that sends what one turn of the loop wrote in one piece.

    Head and body written apart meet Nagle's algorithm and delayed acknowledgement at the other end.
    """

    def __init__(self, inner: asyncio.Transport) -> None:
        self._inner = inner
        self._pending: list[bytes] = []
        self.version = b"1.1"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def write(self, data: bytes) -> None:
        """Keep until the turn ends."""
        if not self._pending:
            asyncio.get_running_loop().call_soon(self.flush)
        self._pending.append(data)

    def flush(self) -> None:
        """Send what was kept."""
        data, self._pending = b"".join(self._pending), []
        if data and not self._inner.is_closing():
            self._inner.write(
                b"HTTP/" + self.version + data[8:] if self.version != b"1.1" else data
            )

    def close(self) -> None:
        """Send what was kept, then close."""
        self.flush()
        self._inner.close()

    def reset(self) -> None:
        """Break the connection off, as a crashed peer does."""
        linger = struct.pack("ii", 1, 0)
        self._inner.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._inner.abort()


class Protocol(HttpToolsProtocol):
    """Adds the transport to each request's scope, and bounds the target."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP only
        """Put the one-write transport in between."""
        super().connection_made(cast("asyncio.Transport", OneWrite(transport)))

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or an unknown method, in the documented envelope."""
        head = b"HTTP/1.1 400 Bad Request\r\n" + REFUSAL_HEAD % len(REFUSAL)
        self.transport.write(head + b"\r\n" + REFUSAL)
        self.transport.close()

    def on_headers_complete(self) -> None:
        """Name the transport to the application; replace a target that cannot be parsed whole."""
        too_long = len(self.url) > LONGEST_TARGET
        self.scope["extensions"] = {TRANSPORT: cast("Any", self.transport)}
        if too_long:
            self.url = b"/"
            self.scope["extensions"][TOO_LONG] = {}
        super().on_headers_complete()
