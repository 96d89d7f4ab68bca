"""From a host's name to a connected socket, within the deadline of the exchange."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
from typing import TYPE_CHECKING, Any

from conformance.client.deadline import POLL, DeadlineExceeded
from conformance.client.errors import ErrorKind, TransportError, classified
from conformance.client.tunnel import through

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

    from conformance.client.deadline import Deadline
    from conformance.client.reach import Proxy

Address = tuple[Any, ...]  # as `socket.getaddrinfo` gives it
SILENT = 2.0  # seconds that an address may be silent where the host has others
_answered: dict[tuple[Address, ...], Address] = {}  # of several addresses the one that did last

# Without a descriptor of its own, where the system has it.
_Selector: type[selectors.BaseSelector] = getattr(
    selectors, "PollSelector", selectors.SelectSelector
)


def connect(
    host: str,
    port: int,
    tls: ssl.SSLContext | None,
    deadline: Deadline,
    proxy: Proxy | None = None,
) -> socket.socket:
    """A socket whose own timeout is POLL, TLS made; raises TransportError, Stopped.

    With a proxy it leads to that, or with TLS through it.
    """
    try:
        if proxy is None:
            sock = _first_that_answers(_addresses(host, port, deadline), deadline)
        else:
            sock = through(proxy, _connected_to(proxy, deadline), host, port, deadline, tls)
        return _secured(sock, host, tls, deadline) if tls else sock
    except DeadlineExceeded:
        text = f"no connection within {deadline.seconds:g} s (--timeout)"
        raise TransportError(ErrorKind.TIMEOUT, text) from None
    except (OSError, MemoryError) as problem:
        raise classified(problem) from None


def _connected_to(proxy: Proxy, deadline: Deadline) -> socket.socket:
    """A connection to a proxy; that there is none says nothing about the servers behind it."""
    try:
        return _first_that_answers(_addresses(proxy.host, proxy.port, deadline), deadline)
    except OSError as problem:
        text = f"the proxy {proxy} cannot be reached: {classified(problem).error.text}"
        raise TransportError(ErrorKind.PROXY, text) from None


def _addresses(host: str, port: int, deadline: Deadline) -> Sequence[Address]:
    try:
        numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=numeric)
    except socket.gaierror:
        return _looked_up(host, port, deadline)


def _looked_up(host: str, port: int, deadline: Deadline) -> Sequence[Address]:
    """Ask the resolver in a thread of its own: the call knows no timeout and cannot be
    interrupted.
    """
    answer: list[Sequence[Address] | OSError] = []
    done = threading.Event()

    def look_up() -> None:
        try:
            answer.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as problem:
            answer.append(problem)
        except UnicodeError:  # a label that is empty or too long for a name
            answer.append(socket.gaierror(socket.EAI_NONAME, "not a host's name"))
        finally:
            done.set()

    try:
        threading.Thread(target=look_up, name="resolver", daemon=True).start()
    except RuntimeError as problem:
        raise TransportError(ErrorKind.LOCAL, f"this machine starts no thread: {problem}") from None

    deadline.poll(done.wait)
    if isinstance(answer[0], OSError):
        raise answer[0]
    return answer[0]


def _first_that_answers(addresses: Sequence[Address], deadline: Deadline) -> socket.socket:
    """A connection to one of several addresses, the one that answered last before the others.

    One that is silent has not the whole time where there is another.
    """
    name = tuple(addresses)
    ordered = sorted(addresses, key=lambda address: address != _answered.get(name))
    problem: OSError = OSError(errno.EADDRNOTAVAIL, "the host has no address")
    for count, found in enumerate(ordered, 1):
        family, kind, protocol, _, address = found
        is_last = count == len(ordered)
        try:
            share = deadline if is_last else deadline.part(SILENT)
            sock = _connected(family, kind, protocol, address, share)
        except OSError as refused:
            problem = refused
        except DeadlineExceeded:
            if is_last:
                raise
        else:
            _answered[name] = found
            return sock
    raise problem


def _connected(
    family: int, kind: int, protocol: int, address: Any, deadline: Deadline
) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setblocking(False)
        _await_connection(sock, sock.connect_ex(address), deadline)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(POLL)
    except BaseException:
        sock.close()
        raise
    return sock


def _await_connection(sock: socket.socket, number: int, deadline: Deadline) -> None:
    if number in (errno.EINPROGRESS, errno.EWOULDBLOCK):
        with _Selector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            deadline.poll(lambda seconds: bool(selector.select(seconds)))
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        # As the subclass that the number stands for: ConnectionRefusedError and the like.
        raise OSError(number, os.strerror(number))


def _secured(
    sock: socket.socket, host: str, tls: ssl.SSLContext, deadline: Deadline
) -> socket.socket:
    try:
        secured = tls.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    except BaseException:
        sock.close()
        raise
    try:
        deadline.poll(lambda _: _shook_hands(secured))
    except BaseException:
        secured.close()
        raise
    return secured


def _shook_hands(sock: ssl.SSLSocket) -> bool:
    """Go on with the handshake for as long as the socket's own timeout."""
    try:
        sock.do_handshake()
    except TimeoutError:
        return False
    return True


def has_something_to_say(sock: socket.socket) -> bool:
    """Whether an idle connection can be read from: it was closed, or a server speaks out
    of turn.
    """
    with _Selector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))
