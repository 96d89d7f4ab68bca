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

from conformance.client.blocking import BROKEN, is_for_people
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
PATIENCE = 30.0  # seconds that an outage is waited for
REFUSED_PATIENCE = 5.0  # the same of a key: a new one is known everywhere after a moment
BROKEN_PATIENCE = 8.0
PAUSES = (0.0, 0.0, 0.0, 0.2, 0.5, 1.0)  # seconds before each question whether it is over; then 2 s
LAST_PAUSE = 2.0
LEAST = 2  # further questions in any case: one failure among answers is chance
PAGE = "200 with a page"


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
    is_page: bool


def is_unavailable(exchange: Exchange) -> bool:
    """Whether it failed as everything does in an outage."""
    if exchange.error is not None:
        return exchange.error.kind in SILENT
    return exchange.status in GATEWAY


def is_page(exchange: Exchange) -> bool:
    """Whether a page for people was served, as where a service is being maintained."""
    return exchange.ok and exchange.request.method != "OPTIONS" and is_for_people(exchange)


class Health:
    """Asks a request that was answered before whether the region is up.

    One thread asks for all: the others wait for what it finds. `patience` is in seconds.
    """

    def __init__(self, ask: Ask, stop: StopSignal, patience: float = PATIENCE) -> None:
        self._ask, self._stop, self._patience = ask, stop, patience
        self._known: _Known | None = None
        self._answered = float("-inf")  # when a plain request was asked that was answered
        self._recovered = float("-inf")  # the same, of one that followed an outage
        self._is_broken = False  # plain requests get 500 for good
        self._lock = Lock()

    def note(self, exchange: Exchange) -> None:
        """Remember a plain request that was answered."""
        if exchange.request.plain and exchange.ok and self.lapse(exchange) is None:
            # An operation that needs no key says nothing of it, so that one with a key stays.
            known = self._known
            if known is None or _has_key(exchange.request) or not _has_key(known.request):
                self._known = _Known(exchange.request, exchange.operation, is_page(exchange))

    def lapse(self, exchange: Exchange) -> str | None:
        """How an exchange failed as anything may while its region is out of order; None where it
        did not.
        """
        if is_unavailable(exchange):
            return "no answer" if exchange.error is not None else str(exchange.status)
        if self._known is None:
            return None
        if is_page(exchange) and not self._known.is_page:
            return PAGE
        is_refused = exchange.status == REFUSED[0] and self._has_known_key(exchange.request)
        return str(exchange.status) if exchange.status == BROKEN or is_refused else None

    def is_sign(self, exchange: Exchange) -> bool:
        """Whether an exchange is a reason to ask how the region is."""
        is_refused = exchange.status in REFUSED and self._has_known_key(exchange.request)
        return is_refused or self.lapse(exchange) is not None

    def after(self, failed: Exchange, on_answer: OnAnswer) -> State:
        """How the region is after an exchange that failed; raises Down, Stopped.

        `on_answer` is called with each further failure, in the thread of the caller.
        """
        known = self._known
        if known is None or (failed.status == BROKEN and self._is_broken):
            return State.UNKNOWN

        with self._one_at_a_time():
            if failed.began < self._recovered:
                return State.RECOVERED
            if failed.began < self._answered:
                return State.UP
            return self._asked(known, failed, on_answer)

    def _asked(self, known: _Known, failed: Exchange, on_answer: OnAnswer) -> State:
        until = time.monotonic() + self._patience_with(failed)
        for count, pause in enumerate(chain(PAUSES, repeat(LAST_PAUSE))):
            self._stop.wait(pause)
            self._stop.check()
            asked = time.perf_counter()
            answer = self._ask(known.request, known.operation)
            answer.lapse = self.lapse(answer)
            if answer.lapse is None and answer.status not in REFUSED:
                self._answered = asked
                if count == 0:
                    return State.UP
                self._recovered = asked
                return State.RECOVERED
            on_answer(answer)
            if count >= LEAST and time.monotonic() >= until:
                break
        return self._given_up(failed)

    def _patience_with(self, failed: Exchange) -> float:
        most = {BROKEN: BROKEN_PATIENCE, **dict.fromkeys(REFUSED, REFUSED_PATIENCE)}
        return min(self._patience, most.get(failed.status, self._patience))

    def _given_up(self, failed: Exchange) -> State:
        """What is wrong with a region that did not come back. A 500 is an answer: it is judged."""
        if failed.status == BROKEN:
            self._is_broken = True
            return State.UNKNOWN
        what = "refuses the key" if failed.status in REFUSED else "is unavailable"
        raise Down(f"{what} since {clock(failed.started)} ({self._how(failed)})")

    def _how(self, failed: Exchange) -> str:
        """How it failed, in a word or two."""
        if failed.error is not None:
            return str(failed.error)
        return self.lapse(failed) or str(failed.status)

    def presents_known_key(self, request: Request) -> bool:
        """Whether a request carries the credential of one that was answered; so it is while none
        was.
        """
        return self._known is None or _presents_the_same(request, self._known.request)

    def _has_known_key(self, request: Request) -> bool:
        """Whether a refusal of a request is one of the key: that it has none is no reason to think
        that one without it was answered elsewhere.
        """
        is_known = self._known is None or _has_key(self._known.request)
        return is_known and self.presents_known_key(request)

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


def _has_key(request: Request) -> bool:
    fields, query, body, *_ = _credential(request)
    return bool(fields or query or body)


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
