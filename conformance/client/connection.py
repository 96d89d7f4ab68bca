"""One connection: bytes out as they are given, one answer in, within the limits of an exchange.

h11 reads the protocol and knows no socket, so that every byte that comes in passes through here,
where time and size are watched.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import h11

from conformance.client.body import Body
from conformance.client.connect import has_something_to_say
from conformance.client.deadline import DeadlineExceeded
from conformance.client.errors import ErrorKind, TransportError, classified
from conformance.client.limits import Limits, shown_size
from conformance.client.parsing import decoded_size, json_values, weight
from conformance.client.response import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client.deadline import Deadline

    Hold = Callable[[int], None]

BLOCK = 65_536  # bytes that are received at once
ACKNOWLEDGE_AT_ONCE: int | None = getattr(socket, "TCP_QUICKACK", None)  # Linux alone has it
TOO_LONG = 431  # what h11 suggests where a head or a trailer does not end (RFC 6585 5)


class ClosedWithoutAnswer(Exception):
    """The connection broke before the first byte of an answer."""


class Connection:
    """A connected socket that exchanges one request at a time."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self._sock = sock
        self._limits = limits
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.head)
        self._method = "GET"
        self._received = 0  # bytes of this answer
        self._ended = False  # whether the server has closed its side

    def exchange(
        self, method: str, request: bytes, deadline: Deadline, hold: Hold | None = None
    ) -> Response:
        """Send the bytes of a request and read its answer; `hold` counts what it takes to keep it.

        Raises TransportError, ClosedWithoutAnswer, Stopped; the connection is of no use after any
        of them.
        """
        self._method, self._received = method, 0
        try:
            self._expect_answer()
            self._send(request, deadline)
            return self._answer(deadline, hold)
        except DeadlineExceeded:
            raise TransportError(ErrorKind.TIMEOUT, self._too_late(deadline)) from None
        except h11.RemoteProtocolError as problem:
            raise self._not_http(problem) from None
        except ConnectionError as problem:
            if not self._received:
                raise ClosedWithoutAnswer from None
            raise classified(problem) from None
        except (OSError, MemoryError) as problem:
            raise classified(problem) from None

    def reusable(self) -> bool:
        """Whether another request may follow; makes it ready for that."""
        # Bytes that follow an answer are the start of none that was asked for.
        if self._http.trailing_data[0] or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    def is_stale(self) -> bool:
        """Whether it was closed, or written to, while it lay idle."""
        return has_something_to_say(self._sock)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def _expect_answer(self) -> None:
        # Of a request, only whether it is a HEAD decides where its answer ends (RFC 9112 6.3).
        self._http.send(_request("HEAD" if self._method == "HEAD" else "GET"))
        self._http.send(_END)

    def _send(self, request: bytes, deadline: Deadline) -> None:
        try:
            deadline.send(self._sock, request)
        except ConnectionError:
            # It may have answered before it had read everything, a head that is too long for
            # instance.
            return

    def _answer(self, deadline: Deadline, hold: Hold | None) -> Response:
        head = self._head(deadline)
        body = Body(self._limits.body, deadline, zipped=_is_zipped(head))
        try:
            self._body(body, deadline)
            content = body.finish()
            self._check_content(content)
            if hold is not None:
                hold(weight(content))
        finally:
            body.discard()
        return Response(
            status=head.status_code,
            reason=head.reason.decode("latin-1"),
            version=head.http_version.decode("ascii"),
            headers=_fields(head),
            body=content,
            coded=_is_coded(head) and not body.is_decoded,
        )

    def _head(self, deadline: Deadline) -> h11.Response:
        interim = 0
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._receive(deadline)
            elif isinstance(event, h11.InformationalResponse):
                interim += 1
                self._check_interim(interim)
            elif isinstance(event, h11.Response):
                self._check_head(event)
                return event
            else:
                raise ClosedWithoutAnswer

    def _check_interim(self, count: int) -> None:
        if count > self._limits.interim:
            text = f"more than {self._limits.interim} interim answers (1xx) before the final one"
            raise TransportError(ErrorKind.LIMIT, text)

    def _check_head(self, head: h11.Response) -> None:
        count = len(head.headers)
        if count > self._limits.fields:
            text = f"{count} header fields: more than {self._limits.fields}"
            raise TransportError(ErrorKind.LIMIT, text)
        announced = int(
            next((value for name, value in head.headers if name == b"content-length"), 0)
        )
        if announced > self._limits.body and not self._is_bodiless(head):
            most = shown_size(self._limits.body)
            text = f"the body is announced with {shown_size(announced)}: over {most} (--max-body)"
            raise TransportError(ErrorKind.LIMIT, text)

    def _is_bodiless(self, head: h11.Response) -> bool:
        return self._method == "HEAD" or head.status_code in (204, 304)

    def _body(self, body: Body, deadline: Deadline) -> None:
        content = 0
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Data):
                content += len(event.data)
                body.add(event.data)
            elif event is h11.NEED_DATA:
                self._check_framing(content)
                self._acknowledge()
                self._receive(deadline)
            else:
                return

    def _acknowledge(self) -> None:
        """Acknowledge the head now: a server that writes its body by itself may not send it before
        (Nagle's algorithm, RFC 896), and an acknowledgement is put off by 40 ms.
        """
        if ACKNOWLEDGE_AT_ONCE is not None:
            with suppress(OSError):  # a connection that has ended is found by the next reading
                self._sock.setsockopt(socket.IPPROTO_TCP, ACKNOWLEDGE_AT_ONCE, 1)

    def _check_framing(self, content: int) -> None:
        framing = self._received - content - self._limits.head
        if framing > self._limits.framing:
            text = f"{shown_size(framing)} of chunk framing for {shown_size(content)} of body"
            raise TransportError(ErrorKind.LIMIT, text)

    def _check_content(self, content: bytes) -> None:
        size = decoded_size(content)
        if size > self._limits.body:
            took = f"{shown_size(len(content))} that takes {shown_size(size)} as a text"
            bound = shown_size(self._limits.body)
            raise TransportError(ErrorKind.LIMIT, f"a body of {took}: over {bound} (--max-body)")
        most = self._limits.values
        if json_values(content, most) > most:
            text = f"a body of over {most:,} JSON values ({shown_size(len(content))})"
            raise TransportError(ErrorKind.LIMIT, text)

    def _receive(self, deadline: Deadline) -> None:
        data = deadline.receive(self._sock, BLOCK)
        if not data and not self._received:
            raise ClosedWithoutAnswer
        self._received += len(data)
        self._ended = not data
        self._http.receive_data(data)

    def _too_late(self, deadline: Deadline) -> str:
        came = f"{shown_size(self._received)} came" if self._received else "nothing came"
        return f"no complete answer within {deadline.seconds:g} s (--timeout): {came}"

    def _not_http(self, problem: h11.RemoteProtocolError) -> TransportError:
        if problem.error_status_hint == TOO_LONG:
            text = f"a head, or trailers, of more than {shown_size(self._limits.head)}"
            return TransportError(ErrorKind.LIMIT, text)
        if self._ended:
            text = (
                f"the connection was closed within the answer, after {shown_size(self._received)}"
            )
            return TransportError(ErrorKind.INCOMPLETE, text)
        return TransportError(ErrorKind.PROTOCOL, f"the answer is not HTTP/1.1: {problem}")


_END = h11.EndOfMessage()


@lru_cache
def _request(method: str) -> h11.Request:
    """A request that is never sent: it tells h11 how the answer ends."""
    return h11.Request(method=method, target="/", headers=[("Host", "server")])


def _is_zipped(head: h11.Response) -> bool:
    return _codings(head) == [b"gzip"]


def _is_coded(head: h11.Response) -> bool:
    return any(coding not in (b"", b"identity") for coding in _codings(head))


def _codings(head: h11.Response) -> list[bytes]:
    return [value.strip().lower() for name, value in head.headers if name == b"content-encoding"]


def _fields(head: h11.Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in head.headers.raw_items()
    )
