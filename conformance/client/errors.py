"""What may come instead of an answer, as a value: a kind to judge by, and a text to show.

Where it arose                          Kind
before anything was sent                UNSENDABLE
this machine or its network             LOCAL, NAME, UNREACHABLE, PROXY
connecting                              REFUSED, TLS, TIMEOUT
a new connection that broke             RESET
a kept connection that broke            none: sent again on a new one, without a trace
an answer that did not end in time      TIMEOUT
an answer that broke off                INCOMPLETE
an answer that is no HTTP/1.1           PROTOCOL
an answer past a bound                  LIMIT
"""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum

# X509_V_ERR_*: a certificate that signs itself, alone or in a chain, or whose signer is not known.
UNKNOWN_AUTHORITY = (18, 19, 20, 21)


class ErrorKind(StrEnum):
    """Why there is no answer."""

    UNSENDABLE = "unsendable"
    LOCAL = "local"
    NAME = "name"
    UNREACHABLE = "unreachable"
    PROXY = "proxy"
    REFUSED = "refused"
    TLS = "tls"
    RESET = "reset"
    TIMEOUT = "timeout"
    INCOMPLETE = "incomplete"
    PROTOCOL = "protocol"
    LIMIT = "limit"

    @property
    def is_local(self) -> bool:
        """Whether it arose on this side of the network, so that it is no evidence against
        a server.
        """
        return self in _LOCAL

    @property
    def is_answer(self) -> bool:
        """Whether the server did answer, in a form that no client can use; asking again would hide
        that.
        """
        return self in _ANSWERS


_LOCAL = {
    ErrorKind.UNSENDABLE,
    ErrorKind.LOCAL,
    ErrorKind.NAME,
    ErrorKind.UNREACHABLE,
    ErrorKind.PROXY,
}
_ANSWERS = {ErrorKind.PROTOCOL, ErrorKind.LIMIT}

# The machine has no descriptor, memory, buffer or port left, or does not allow the call.
_EXHAUSTED = {
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOBUFS,
    errno.EADDRNOTAVAIL,
    errno.EACCES,
    errno.EPERM,
}
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}


@dataclass(frozen=True, slots=True)
class ExchangeError:
    """Why an exchange has no answer; its text is one clause without a full stop, and
    names no key.
    """

    kind: ErrorKind
    text: str

    def __str__(self) -> str:
        return self.text


class TransportError(Exception):
    """No answer; `error` says why."""

    def __init__(self, kind: ErrorKind, text: str) -> None:
        super().__init__(text)
        self.error = ExchangeError(kind, text)


def classified(problem: OSError | MemoryError) -> TransportError:
    """An error of the operating system or of TLS as one of the client's."""
    text = _text(problem)
    if isinstance(problem, socket.gaierror):
        return TransportError(ErrorKind.NAME, f"the host's name is not resolved: {text}")
    if isinstance(problem, ssl.SSLError):
        return TransportError(ErrorKind.TLS, f"TLS failed: {_of_tls(problem, text)}")
    if isinstance(problem, ConnectionRefusedError):
        return TransportError(ErrorKind.REFUSED, "the connection was refused")
    if isinstance(problem, ConnectionError):
        return TransportError(ErrorKind.RESET, "the connection was reset")
    return _of_the_machine(problem, text)


def _of_tls(problem: ssl.SSLError, text: str) -> str:
    """What is wrong, and what helps where that is known."""
    if getattr(problem, "reason", None) == "WRONG_VERSION_NUMBER":
        return "the server speaks no TLS at this port"
    is_unknown = getattr(problem, "verify_code", None) in UNKNOWN_AUTHORITY
    return f"{text}; name its authority with --ca-bundle FILE" if is_unknown else text


def _of_the_machine(problem: OSError | MemoryError, text: str) -> TransportError:
    number = getattr(problem, "errno", None)
    if number in _NO_ROUTE:
        return TransportError(ErrorKind.UNREACHABLE, f"no route to the host: {text}")
    if number == errno.ETIMEDOUT:
        return TransportError(ErrorKind.TIMEOUT, "the connection timed out in the network")
    if number in _EXHAUSTED or isinstance(problem, MemoryError):
        return TransportError(
            ErrorKind.LOCAL, f"this machine cannot open or read a connection: {text}"
        )
    return TransportError(ErrorKind.LOCAL, f"this machine reports {type(problem).__name__}: {text}")


def _text(problem: OSError | MemoryError) -> str:
    if isinstance(problem, MemoryError):
        return "no memory left"
    if isinstance(problem, ssl.SSLCertVerificationError):
        return problem.verify_message
    return problem.strerror or str(problem) or type(problem).__name__
