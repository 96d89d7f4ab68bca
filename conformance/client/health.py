"""Whether a region is up: an outage told from a request that it cannot answer, and waited for."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from itertools import chain, repeat
from threading import Lock
from typing import TYPE_CHECKING

from conformance.client.errors import ErrorKind
from conformance.client.stop import INTERVAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.client.exchange import Exchange
    from conformance.client.request import Request
    from conformance.client.stop import StopSignal

    Ask = Callable[[Request, str], Exchange]
    OnAnswer = Callable[[Exchange], None]

PLACEHOLDER = "{key"  # of a key, whichever scheme it is of
GATEWAY = (
    502,
    503,
    504,
)  # the server behind is not there for the moment (RFC 9110 15.6.3 to 15.6.5)
SILENT = (ErrorKind.REFUSED, ErrorKind.RESET, ErrorKind.TIMEOUT, ErrorKind.INCOMPLETE)
REFUSED = (401, 403)
REFUSALS = 3  # plain requests in a row that must be refused before the key is the reason
PATIENCE = 30.0  # seconds that an outage is waited for
PAUSES = (0.0, 0.2, 0.5, 1.0)  # seconds before each question whether it is over; then 2 s
LAST_PAUSE = 2.0


class State(Enum):
    """What a plain request says of a region in which another one failed."""

    UP = auto()  # it was answered at once
    RECOVERED = auto()  # it failed too, and was answered later
    UNKNOWN = auto()  # there is no plain request that is known to be answered


class Down(Exception):
    """The region did not come back; the text says since when, and how it fails."""


@dataclass(frozen=True, slots=True)
class _Known:
    request: Request
    operation: str


def is_unavailable(exchange: Exchange) -> bool:
    """Whether it failed as everything does in an outage."""
    if exchange.error is not None:
        return exchange.error.kind in SILENT
    return exchange.status in GATEWAY


class Health:
    """Asks a request that was answered before whether the region is up.

    One thread asks for all: the others wait for what it finds. `patience` is in seconds.
    """

    def __init__(self, ask: Ask, stop: StopSignal, patience: float = PATIENCE) -> None:
        self._ask, self._stop, self._patience = ask, stop, patience
        self._known: _Known | None = None
        self._answered = float("-inf")  # when a plain request was asked that was answered
        self._recovered = float("-inf")  # the same, of one that followed an outage
        self._lock = Lock()

    def note(self, exchange: Exchange) -> None:
        """Remember a plain request that was answered."""
        if exchange.request.plain and exchange.ok:
            self._known = _Known(exchange.request, exchange.operation)

    def after(self, failed: Exchange, on_answer: OnAnswer) -> State:
        """How the region is after an exchange that failed; raises Down, Stopped.

        `on_answer` is called with each further failure, in the thread of the caller.
        """
        known = self._known
        if known is None:
            return State.UNKNOWN

        with self._one_at_a_time():
            if failed.began < self._recovered:
                return State.RECOVERED
            if failed.began < self._answered:
                return State.UP
            return self._asked(known, failed, on_answer)

    def _asked(self, known: _Known, failed: Exchange, on_answer: OnAnswer) -> State:
        until = time.monotonic() + self._patience
        for pause in chain(PAUSES, repeat(LAST_PAUSE)):
            self._stop.wait(pause)
            self._stop.check()
            asked = time.perf_counter()
            answer = self._ask(known.request, known.operation)
            if not is_unavailable(answer):
                self._answered = asked
                if pause == PAUSES[0]:
                    return State.UP
                self._recovered = asked
                return State.RECOVERED
            on_answer(answer)
            if time.monotonic() >= until:
                break
        raise Down(f"is unavailable since {clock(failed.started)} ({how(failed)})")

    def accepts_key(self, refused: Exchange) -> bool:
        """Whether the key of a plain request is still accepted, after an exchange that was refused
        with the same credential.

        One refusal among answers is a fault of the server; of several in a row the key is the reason.
        """
        known = self._known
        if known is None or not _presents_the_same(refused.request, known.request):
            return True
        with self._one_at_a_time():
            return any(map(self._is_accepted, PAUSES[:REFUSALS]))

    def _is_accepted(self, pause: float) -> bool:
        """Whether the known request is answered after a pause; raises Stopped."""
        assert self._known is not None
        self._stop.wait(pause)
        self._stop.check()
        answer = self._ask(self._known.request, self._known.operation)
        return answer.status not in REFUSED

    def presents_known_key(self, request: Request) -> bool:
        """Whether a request carries the credential of one that was answered; so it is while none
        was.
        """
        return self._known is None or _presents_the_same(request, self._known.request)

    def answers(self) -> bool:
        """Whether a plain request is answered now."""
        known = self._known
        if known is None:
            return False
        with self._one_at_a_time():
            return self._ask(known.request, known.operation).ok

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        while not self._lock.acquire(timeout=INTERVAL):
            self._stop.check()
        try:
            yield
        finally:
            self._lock.release()


def _presents_the_same(one: Request, other: Request) -> bool:
    """Whether both carry the same credential, unaltered; what else a client sends is no part of it."""
    return _credential(one) == _credential(other)


def _credential(request: Request) -> tuple[object, ...]:
    """Where a request has its keys, and whose: each field of a name that has one, and the parts of
    its query and its body.
    """
    names = {name.lower() for name, value in request.headers if PLACEHOLDER in value}
    fields = tuple(
        (name.lower(), value) for name, value in request.headers if name.lower() in names
    )
    query = tuple(part for part in request.query_string.split("&") if PLACEHOLDER in part)
    body = request.body if PLACEHOLDER in (request.body or "") else None
    return fields, query, body, request.key, request.edit


def clock(moment: str) -> str:
    """An RFC 3339 moment as the time of day."""
    return datetime.fromisoformat(moment).strftime("%H:%M:%S")


def how(exchange: Exchange) -> str:
    """How it failed, in a word or two."""
    return str(exchange.error) if exchange.error is not None else f"status {exchange.status}"
