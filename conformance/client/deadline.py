"""The end of an exchange: one deadline for all of it, and the stop signal beside it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conformance.client.stop import INTERVAL, StopSignal

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

# A blocking call returns at least this often, so that deadline and stop signal are looked at.
POLL = INTERVAL


class DeadlineExceeded(Exception):
    """The exchange took longer than it may."""


class Deadline:
    """So many seconds from now, for all that one exchange does."""

    def __init__(self, seconds: float, stop: StopSignal) -> None:
        self.seconds = seconds
        self._stop = stop
        self._began = time.monotonic()
        self._ends = self._began + seconds

    @property
    def elapsed(self) -> float:
        """The seconds that the exchange has taken so far."""
        return time.monotonic() - self._began

    def part(self, seconds: float) -> Deadline:
        """A deadline for a part of it, so many seconds from now and never later than the whole."""
        return Deadline(min(seconds, max(0.0, self._ends - time.monotonic())), self._stop)

    def to_the_end(self) -> Deadline:
        """The same deadline, which no stop of the run comes before."""
        return Deadline(max(0.0, self._ends - time.monotonic()), StopSignal())

    def check_stop(self) -> None:
        """Raise Stopped where the run is over."""
        self._stop.check()

    def check(self) -> None:
        """Raise Stopped or DeadlineExceeded where it is time."""
        self._stop.check()
        if time.monotonic() >= self._ends:
            raise DeadlineExceeded

    def poll(self, ready: Callable[[float], bool]) -> None:
        """Ask `ready(seconds)` in short waits until it says so; raises Stopped or
        DeadlineExceeded.
        """
        self.check()
        while not ready(min(POLL, max(0.001, self._ends - time.monotonic()))):
            self.check()

    def receive(self, sock: socket.socket, size: int) -> bytes:
        """What comes next, `b""` at the end; the socket's own timeout is POLL."""
        while True:
            self.check()
            try:
                return sock.recv(size)
            except TimeoutError:
                continue

    def send(self, sock: socket.socket, data: bytes) -> None:
        """Send all of it; the socket's own timeout is POLL."""
        view = memoryview(data)
        while view:
            self.check()
            try:
                view = view[sock.send(view) :]
            except TimeoutError:
                continue

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Time that this process spends on itself does not count against the server."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._ends += time.monotonic() - began
