"""Onto the wire: kept-alive connections that send the bytes they are given, unnormalised."""

from __future__ import annotations

import re
import ssl
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.client.connect import connect
from conformance.client.connection import ClosedWithoutAnswer, Connection
from conformance.client.deadline import Deadline
from conformance.client.errors import ErrorKind, TransportError
from conformance.client.limits import Limits
from conformance.client.reach import Reach
from conformance.client.stop import StopSignal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.client.connection import Hold
    from conformance.client.presented import Presented
    from conformance.client.response import Response

# Safe to send again where a connection broke (RFC 9110 9.2.2), and so over a kept one that may have
# broken.
REPEATABLE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Balancers say so on an idle connection before they close it, and it may meet a request on its way:
# such a request is repeated on a connection of its own (RFC 9110 15.5.9).
TIRED_OF_WAITING = 408
# Requests in a row that kept connections, or new ones, never answered; none is kept any more.
DEAF = 3
PORTS = {"http": 80, "https": 443}
_NO_TARGET = re.compile(r"[^\x21-\x7e]")
_NO_METHOD = re.compile(r"[^\x21-\x7e]")
_NO_VALUE = re.compile(r"[\r\n]")


class Transport:
    """Connections to one region. No redirect is followed."""

    def __init__(
        self,
        base: str,
        limits: Limits | None = None,
        stop: StopSignal | None = None,
        reach: Reach | None = None,
    ) -> None:
        parts = urlsplit(base)
        self._limits = limits or Limits()
        self._stop = stop or StopSignal()
        self._scheme = parts.scheme
        self._prefix = parts.path.rstrip("/")
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._authority = _authority(self._host, parts.port, PORTS[parts.scheme])
        reach = reach or Reach()
        self._proxy = reach.proxy
        # Made once: loading the trust store takes longer than most requests.
        is_secure = parts.scheme == "https"
        self._tls = (reach.tls or ssl.create_default_context()) if is_secure else None
        self._bare_tls = (reach.bare_tls or self._tls) if is_secure else None
        self._idle: list[Connection] = []
        self._unheard = 0  # requests over kept connections, in a row, that were never answered
        self._starved = 0  # requests over new ones, in a row, that were never answered
        self._lock = threading.Lock()

    def send(self, request: Presented, hold: Hold | None = None) -> Response:
        """One answer, over a kept connection if there is one; raises TransportError, Stopped, and
        what `hold` raises of the bytes that it takes to keep the answer.
        """
        content = self._serialised(request)
        deadline = Deadline(self._limits.timeout, self._stop)

        repeatable = request.method in REPEATABLE and not _is_single(request)
        kept = self._take() if repeatable else None
        if kept is not None:
            try:
                response = self._exchange(kept, request, content, deadline, hold)
                self._unheard = 0
                if response.status != TIRED_OF_WAITING:
                    return response
            except TransportError as problem:
                self._unheard += problem.error.kind is ErrorKind.TIMEOUT
                raise
            except ClosedWithoutAnswer:
                # The server had closed it meanwhile, which says nothing about this request.
                self.close()

        try:
            connection = self._connect(deadline, request)
            if request.awaited:
                deadline = deadline.to_the_end()
            response = self._exchange(connection, request, content, deadline, hold)
        except TransportError as problem:
            self._note_new(is_heard=problem.error.kind is not ErrorKind.TIMEOUT)
            raise
        except ClosedWithoutAnswer:
            raise TransportError(
                ErrorKind.RESET, "the connection was closed without an answer"
            ) from None

        self._note_new(is_heard=True)
        return response

    def _note_new(self, *, is_heard: bool) -> None:
        """A server of one connection at a time answers no new one until the kept ones are closed."""
        if self._starved >= DEAF:
            return
        self._starved = 0 if is_heard else self._starved + 1
        if self._starved >= DEAF:
            self.close()

    def close(self) -> None:
        """Close what is idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _serialised(self, request: Presented) -> bytes:
        """The bytes of a request as they go out; raises TransportError for what no request can
        carry.
        """
        content = request.body.encode() if request.body is not None else b""
        fields = [*self._for_proxy, *request.headers]
        if not any(name.lower() == "host" for name, _ in request.headers):
            fields.insert(0, ("Host", self._authority))
        if request.body is not None:
            fields.append(("Content-Length", str(len(content))))

        target = self._prefix + request.target
        if request.absolute or self._forwards:
            target = f"{self._scheme}://{self._authority}{target}"
        _check(request.method, target, fields)

        start = f"{request.method} {target} HTTP/{request.version}"
        lines = [start, *(f"{name}: {value}" for name, value in fields), "", ""]
        try:
            return "\r\n".join(lines).encode("latin-1") + content
        except UnicodeEncodeError:
            text = "a header field cannot carry a character beyond Latin-1"
            raise TransportError(ErrorKind.UNSENDABLE, text) from None

    def _exchange(
        self,
        connection: Connection,
        request: Presented,
        content: bytes,
        deadline: Deadline,
        hold: Hold | None,
    ) -> Response:
        try:
            response = connection.exchange(request.method, content, deadline, hold)
            self._check_proxy(response)
        except BaseException:
            connection.close()
            raise

        is_heard = self._unheard < DEAF and self._starved < DEAF
        keeps = is_heard and request.version == "1.1" and not _is_single(request)
        if connection.reusable() and keeps:
            with self._lock:
                self._idle.append(connection)
        else:
            connection.close()
        return response

    def _check_proxy(self, response: Response) -> None:
        """Refuse an answer of the proxy in the server's place (RFC 9110 15.5.8)."""
        if self._forwards and response.status == 407:
            text = f"the proxy {self._proxy} asks for credentials (407)"
            raise TransportError(ErrorKind.PROXY, text)

    def _connect(self, deadline: Deadline, request: Presented) -> Connection:
        tls = self._tls if request.certificate else self._bare_tls
        sock = connect(self._host, self._port, tls, deadline, self._proxy)
        return Connection(sock, self._limits)

    @property
    def _forwards(self) -> bool:
        """Whether a proxy reads the requests, and hands them on."""
        return self._proxy is not None and self._tls is None

    @property
    def _for_proxy(self) -> tuple[tuple[str, str], ...]:
        return self._proxy.fields if self._proxy and self._forwards else ()

    def _take(self) -> Connection | None:
        """A kept connection that the server has not closed meanwhile."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = self._idle.pop()
            if not connection.is_stale():
                return connection
            connection.close()


def _is_single(request: Presented) -> bool:
    """Whether a request has a connection of its own; the kept ones show the client's certificate."""
    return request.new_connection or not request.certificate


def _authority(host: str, port: int | None, usual: int) -> str:
    """Host and port as the Host field has them (RFC 9110 7.2)."""
    name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return name if port in (None, usual) else f"{name}:{port}"


def _check(method: str, target: str, fields: Iterable[tuple[str, str]]) -> None:
    """Refuse what would end the request line or start another field: it would be another request
    there.
    """
    if _NO_METHOD.search(method) or _NO_TARGET.search(target):
        raise TransportError(
            ErrorKind.UNSENDABLE, "a request line cannot carry this method or target"
        )
    if any(_NO_VALUE.search(value) for _, value in fields):
        raise TransportError(ErrorKind.UNSENDABLE, "a header field cannot carry a line break")
