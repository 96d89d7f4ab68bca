"""Onto the wire: kept-alive connections that send the bytes they are given, unnormalised.

The standard library's client is the fastest of the pure ones (see benchmarks), sends header bytes and targets
as they stand, and needs nothing but a pool around it.
"""

from __future__ import annotations

import gzip
import http.client
import selectors
import ssl
import threading
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.client.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSIONS = {9: "0.9", 10: "1.0", 11: "1.1"}
# What can go wrong below HTTP; transport is not conformance, so all of it is one thing here.
ERRORS = (OSError, http.client.HTTPException, ValueError)


class _Final(http.client.HTTPResponse):
    """The final answer; any interim one may come before it (RFC 9110 15.2), http.client expects but 100."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]  # not in its stub
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Plain(http.client.HTTPConnection):
    response_class = _Final


class _Secure(http.client.HTTPSConnection):
    response_class = _Final


class Transport:
    """Connections to one region."""

    def __init__(self, base: str, timeout: float) -> None:
        self.base = base
        self.timeout = timeout
        parts = urlsplit(base)
        self._prefix = parts.path.rstrip("/")
        self._host, self._port = parts.hostname or "", parts.port
        # Made once: loading the trust store takes longer than most requests.
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()

    def send(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: str | None
    ) -> Response:
        """One answer, over a kept connection if there is one; raises one of ERRORS."""
        connection = self._take() or self._connect()
        try:
            connection.putrequest(method, self._prefix + target, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value.encode("latin-1"))
            data = body.encode() if body is not None else None
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            found = connection.getresponse()
            content = found.read()
        except BaseException:
            connection.close()
            raise
        self._keep(connection, found)
        return Response(
            status=found.status,
            reason=found.reason,
            version=VERSIONS.get(found.version, "1.1"),
            headers=tuple(found.getheaders()),
            body=_decoded(found, content),
        )

    def _take(self) -> http.client.HTTPConnection | None:
        """A kept connection that the server has not closed meanwhile."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            if connection.sock is not None and not _readable(connection.sock):
                return connection
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        if self._tls:
            return _Secure(self._host, self._port, timeout=self.timeout, context=self._tls)
        return _Plain(self._host, self._port, timeout=self.timeout)

    def _keep(self, connection: http.client.HTTPConnection, found: http.client.HTTPResponse) -> None:
        if found.will_close or connection.sock is None:
            connection.close()
            return
        with self._lock:
            self._idle.append(connection)

    def close(self) -> None:
        """Close what is idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _readable(sock: object) -> bool:
    """Whether an idle connection has something to say, which can only be its end."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)  # type: ignore[arg-type]  # http.client has no type for it
        return bool(selector.select(0))


def _decoded(found: http.client.HTTPResponse, content: bytes) -> bytes:
    """The body without its gzip; one that is none stays as it came, for the schema laws to name."""
    if not content or (found.getheader("content-encoding") or "").lower() != "gzip":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content
