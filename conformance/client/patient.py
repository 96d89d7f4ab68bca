"""An exchange until its answer is the region's own: 429 is waited for, and what an outage took is sent
again.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from conformance.client.attempts import SAFE
from conformance.client.blocking import RESENT, Resending, is_blocked
from conformance.client.health import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client.attempts import Attempts
    from conformance.client.exchange import Exchange
    from conformance.client.health import Health
    from conformance.client.quota import Quota
    from conformance.client.request import Request
    from conformance.client.throttle import Throttle

    OnAnswer = Callable[[Exchange], None]

# Requests that only their second attempt answered, from which on a silence may be chance.
BY_CHANCE = 3
# Times in a row that a 429 comes again to a request without the key while a plain one is answered:
# of a limit on all requests too, some get through between others.
GUESSES = 3
HONOURED = 10  # times that one request is put off by a 429
UNAUTHORIZED = 401
OVERLOADED = 503  # RFC 9110 15.6.4: a temporary overload


class Patient:
    """Sends a request as often as it takes. `hold` is called with the weight of each answer."""

    def __init__(
        self,
        attempts: Attempts,
        health: Health,
        quota: Quota,
        throttle: Throttle,
        hold: Callable[[int], None],
    ) -> None:
        self._attempts, self._health, self._quota = attempts, health, quota
        self._throttle, self._hold = throttle, hold
        self._resending = Resending()
        self._guesses_are_limited = False  # 429 to requests without the key, and to no others
        self._refused_beside = 0  # times in a row; see GUESSES
        self._lock = threading.Lock()
        self.repeated = 0  # requests that were answered at the second attempt only

    def exchange(self, request: Request, operation: str, on_answer: OnAnswer) -> Exchange:
        """The first answer that is no 429 and no outage's, with those before it; raises what ends a
        region: Spent, NoRoom, Down and Stopped.
        """
        limited: tuple[Exchange, ...] = ()
        unavailable: tuple[Exchange, ...] = ()
        while True:
            exchange = self._attempts.exchange(request, operation, self._hold)
            exchange.lapse = self._health.lapse(exchange)
            on_answer(exchange)
            if exchange.status != 429:
                self._quota.answered()
                self._let_through(exchange)
            if exchange.status == 429 and self._is_worth_waiting(exchange, len(limited)):
                self._quota.honour(exchange)
                limited = (*limited, exchange)
            elif self._is_worth_another(exchange, len(unavailable), on_answer):
                unavailable = (*unavailable, exchange)
            else:
                break
        exchange.limited = limited
        if unavailable and not _is_lost(exchange):
            self._answered_later(exchange, unavailable)
        return exchange

    def answered(self, exchange: Exchange) -> None:
        """Count what only a second attempt brought."""
        with self._lock:
            self.repeated += exchange.attempts > 1

    def _answered_later(self, exchange: Exchange, failed: tuple[Exchange, ...]) -> None:
        """Keep what came of a request before, and drive the region less where that was too much
        for it.
        """
        exchange.unavailable = failed
        self._resending.was_of_use()
        if failed[-1].status == OVERLOADED:
            self._throttle.relieve(OVERLOADED, failed[-1].began)

    def _is_worth_waiting(self, exchange: Exchange, honoured: int) -> bool:
        """Whether a 429 is honoured by asking again: not where it is about keys that are guessed.

        Those who refuse keys often answer a further one with 429 (Decision 4), for as long as it takes:
        that is a refusal of the key, told from a plain request that is answered meanwhile.
        """
        if honoured + 1 >= HONOURED:
            return False
        if self._health.presents_known_key(exchange.request):
            return True
        if not self._guesses_are_limited and honoured and self._health.answers():
            with self._lock:
                self._refused_beside += 1
                self._guesses_are_limited = self._refused_beside >= GUESSES
        return not self._guesses_are_limited

    def _let_through(self, exchange: Exchange) -> None:
        """A refusal of a key that is told as such shows that nobody limits those who guess."""
        if self._refused_beside and exchange.status == UNAUTHORIZED:
            with self._lock:
                self._refused_beside = 0

    def _is_worth_another(self, exchange: Exchange, resent: int, on_answer: OnAnswer) -> bool:
        """Whether a failed request is sent again: after an outage, or where it may fail now and
        then.
        """
        state = State.UP
        if self._health.is_sign(exchange):
            # Whatever the method: the region may be down.
            state = self._health.after(exchange, on_answer)
        if is_blocked(exchange):
            return self._resending.is_worth_another(exchange, resent)

        # What was refused for its key changed nothing.
        is_safe = exchange.request.method in SAFE or exchange.status == UNAUTHORIZED
        if not is_safe or exchange.lapse is None:
            return False
        if state is State.RECOVERED and resent < RESENT:
            return True
        # No answer came twice already: where that is not by chance, it is of this request.
        if exchange.error is not None and self.repeated < BY_CHANCE:
            return False
        return state is not State.UNKNOWN and self._resending.is_worth_another(exchange, resent)


def _is_lost(exchange: Exchange) -> bool:
    """Whether it never reached what answers, however often it was sent."""
    return exchange.lapse is not None or is_blocked(exchange)
