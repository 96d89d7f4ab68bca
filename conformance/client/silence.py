"""Whether a region has fallen silent, or gives no usable answer to one request."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from conformance.client.attempts import RESTART
from conformance.client.errors import ErrorKind, ExchangeError, TransportError
from conformance.client.presented import Presented, defaults

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.reach import Reach
    from conformance.client.request import Request
    from conformance.client.stop import StopSignal
    from conformance.client.transport import Transport

UNANSWERED = 6  # plain requests in a row without a usable answer, after which a region is given up


class Silence:
    """Counts plain requests without a usable answer, and asks without a key whether anything is
    answered.
    """

    def __init__(self, transport: Transport, reach: Reach, stop: StopSignal) -> None:
        self._transport, self._reach, self._stop = transport, reach, stop
        self._served: str | None = None  # the path of the last plain request that was served
        self._unanswered = 0  # plain requests in a row
        self._lock = threading.Lock()

    def answered(self, exchange: Exchange) -> None:
        """Take in a request that was answered."""
        with self._lock:
            self._unanswered = 0
        if exchange.ok and exchange.request.plain:
            self._served = exchange.request.path

    def is_of_all(self, request: Request, error: ExchangeError) -> bool:
        """Whether a silence is about all requests rather than about this one."""
        if error.kind is ErrorKind.UNSENDABLE:
            return False
        with self._lock:
            self._unanswered += request.plain
        # Who drops a hostile request may drop each further one to its target.
        return self._unanswered >= UNANSWERED or not self._answers(self._served or request.path)

    def _answers(self, path: str) -> bool:
        """Whether a request without a key is still answered."""
        for _ in range(2):
            try:
                fields = tuple(defaults(self._reach).items())
                self._transport.send(Presented("GET", path, fields, None))
            except TransportError:
                self._stop.wait(RESTART)
                continue
            return True
        return False


def gave_up(error: ExchangeError, requests: int) -> str:
    """How a region that is given up ended, in words; `requests` were sent to it."""
    if error.kind.is_local:
        return f"cannot be asked from this machine any more, after {requests} requests: {error}"
    if error.kind.is_answer:
        return f"gave no answer that a client can read, after {requests} requests: {error}"
    return f"stopped answering after {requests} requests: {error}"
