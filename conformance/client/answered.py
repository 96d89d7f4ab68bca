"""Answers that were had once: evidence for every check that asks the same."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.request import Request

# Bytes of bodies, parsed, that are kept; beyond them the oldest answers are asked for again.
MOST = 64_000_000


def as_sent(request: Request) -> Request:
    """The request with its query as it is written into the target, in whichever way it was made."""
    return replace(request, query=(), raw_query=request.query_string)


class Answered:
    """Exchanges by operation and request, under way or done."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._futures: dict[tuple[str, Request], Future[Exchange]] = {}
        self._sizes: dict[tuple[str, Request], int] = {}
        self._size = 0
        self._lock = threading.Lock()

    def claim(self, operation: str, request: Request) -> tuple[Future[Exchange], bool]:
        """The exchange to come or to be had, and whether the caller is the one who has to
        make it.
        """
        key = operation, as_sent(request)
        with self._lock:
            known = self._futures.get(key)
            if known is not None:
                return known, False
            future = self._futures[key] = Future()
            return future, True

    def done(self, operation: str) -> list[Exchange]:
        """The answers of an operation that are kept."""
        with self._lock:
            futures = [future for key, future in self._futures.items() if key[0] == operation]
        return [
            future.result() for future in futures if future.done() and future.exception() is None
        ]

    def keep(self, operation: str, request: Request, size: int) -> None:
        """Keep an exchange that was made, of so many bytes, while there is room."""
        key = operation, as_sent(request)
        with self._lock:
            if key not in self._futures:
                return
            self._sizes[key] = size
            self._size += size
            while self._size > self._most:
                self._drop(next(iter(self._sizes)))

    def drop(self, operation: str, request: Request) -> None:
        """Keep nothing of an exchange that came to nothing."""
        with self._lock:
            self._drop((operation, as_sent(request)))

    def release(self, operation: str) -> None:
        """Drop all answers of an operation."""
        with self._lock:
            for key in [key for key in self._futures if key[0] == operation]:
                self._drop(key)

    def _drop(self, key: tuple[str, Request]) -> None:
        self._futures.pop(key, None)
        self._size -= self._sizes.pop(key, 0)
