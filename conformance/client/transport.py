"""The two ways onto the wire: pooled connections, and exact bytes where a client would normalise."""

from __future__ import annotations

import http.client
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3

from conformance.client.exchange import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSIONS = {9: "0.9", 10: "1.0", 11: "1.1", 20: "2"}
# What can go wrong below HTTP; transport is not conformance, so all of it is one thing here.
ERRORS = (urllib3.exceptions.HTTPError, OSError, http.client.HTTPException, ValueError)


class Transport:
    """Connections to one region."""

    def __init__(self, base: str, timeout: float, connections: int) -> None:
        self.base = base
        self.timeout = timeout
        parts = urlsplit(base)
        self._prefix = parts.path.rstrip("/")
        self._host, self._port, self._tls = parts.hostname or "", parts.port, parts.scheme == "https"
        self._pool = urllib3.connection_from_url(
            base, maxsize=connections, block=False, timeout=urllib3.Timeout(timeout), retries=False
        )

    def send(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: str | None
    ) -> Response:
        """Over a pooled connection; raises one of ERRORS."""
        found = self._pool.urlopen(
            method,
            self._prefix + target,
            body=body.encode() if body is not None else None,
            headers=urllib3.HTTPHeaderDict(headers),
            redirect=False,
            retries=False,
            assert_same_host=False,
            preload_content=True,
        )
        return Response(
            status=found.status,
            reason=found.reason or "",
            version=VERSIONS.get(found.version, "1.1"),
            headers=tuple(found.headers.items()),
            body=found.data,
        )

    def send_exactly(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: str | None
    ) -> Response:
        """On its own connection: headers as latin-1, the target untouched; raises one of ERRORS."""
        connection: http.client.HTTPConnection
        if self._tls:
            context = ssl.create_default_context()
            connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=self.timeout, context=context
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self.timeout)
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
        finally:
            connection.close()
        return Response(
            status=found.status,
            reason=found.reason,
            version=VERSIONS.get(found.version, "1.1"),
            headers=tuple(found.getheaders()),
            body=content,
        )

    def close(self) -> None:
        """Close what is idle."""
        self._pool.close()
