"""One request until it is answered, or is not: attempts, the pause between them, and the record of
both.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from conformance.client.echo import echoed
from conformance.client.effects import NoEffects
from conformance.client.errors import ErrorKind, ExchangeError, TransportError
from conformance.client.exchange import Exchange
from conformance.client.presented import REQUEST_ID, defaults, presented
from conformance.client.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.client.budget import Budget
    from conformance.client.connection import Hold
    from conformance.client.credentials import Secret
    from conformance.client.effects import Effects
    from conformance.client.redaction import Redactor
    from conformance.client.request import Request
    from conformance.client.response import Response
    from conformance.client.stop import StopSignal
    from conformance.client.throttle import Throttle
    from conformance.client.transport import Transport

# RFC 9110 9.2.2: a request that changes nothing may be sent again where nothing came back.
SAFE = ("GET", "HEAD", "OPTIONS")
MOST = 2  # attempts at a safe request; what only the second one brings counts against the server all the same
RESTART = 0.5  # seconds in which a server that is being restarted may be back
WORTH_A_PAUSE = (ErrorKind.REFUSED, ErrorKind.LOCAL)
ERROR_SHOWN = 300  # characters of an error's text


@dataclass(frozen=True, slots=True)
class Region:
    """What is asked: its name, its base URL, the keys of all regions by name, and a label
    for ids.
    """

    name: str
    base: str
    secrets: Mapping[str, Secret]
    label: str
    reach: Reach = field(default_factory=Reach)

    def request_id(self, number: int, attempt: int) -> str:
        """What names one attempt at a request to whoever reads the server's log."""
        again = f"-{attempt}" if attempt > 1 else ""
        return f"{self.reach.run}-{self.label}-{number:04}{again}"

    def secret(self, request: Request) -> Secret:
        """The key that a request means: the region's own, unless it names another region."""
        return self.secrets[request.key or self.name]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt; `began` is of the monotonic clock."""

    started: datetime
    began: float
    seconds: float
    response: Response | None
    error: ExchangeError | None


class Attempts:
    """Sends the requests of one region, each in its turn."""

    def __init__(
        self,
        region: Region,
        redact: Redactor,
        transport: Transport,
        throttle: Throttle,
        budget: Budget,
        stop: StopSignal,
        effects: Effects | None = None,
    ) -> None:
        self._region, self._redact, self._transport = region, redact, transport
        self._throttle, self._budget, self._stop = throttle, budget, stop
        self._effects = effects or NoEffects()
        self._ids = itertools.count(1)

    def exchange(self, request: Request, operation: str, hold: Hold | None = None) -> Exchange:
        """Send it, a safe request twice where the first attempt brought nothing; raises Stopped,
        Spent, and what `hold` raises of an answer that is kept.
        """
        number = next(self._ids)
        with self._effects.under_way(self._region.name, request) as is_awaited:
            send = partial(self._attempt, request, number, hold=hold, is_awaited=is_awaited)
            attempts = [send(1)]
            while self._is_worth_another(request, attempts):
                if attempts[-1].error is not None and attempts[-1].error.kind in WORTH_A_PAUSE:
                    self._stop.wait(RESTART)
                attempts.append(send(len(attempts) + 1))

            exchange = self._recorded(request, operation, attempts, number)
            self._effects.note(exchange)
        return exchange

    @staticmethod
    def _is_worth_another(request: Request, attempts: list[_Attempt]) -> bool:
        error = attempts[-1].error
        if error is None or len(attempts) == MOST:
            return False
        repeats = not error.kind.is_answer and error.kind is not ErrorKind.UNSENDABLE
        return repeats and request.method in SAFE

    def _attempt(
        self, request: Request, number: int, count: int, *, hold: Hold | None, is_awaited: bool
    ) -> _Attempt:
        response: Response | None = None
        error: ExchangeError | None = None
        region = self._region
        request_id = region.request_id(number, count)
        sent = presented(request, region.secret(request), region.reach, request_id)
        sent = replace(sent, awaited=is_awaited)

        with self._throttle.turn():
            self._budget.take()
            started, began = datetime.now(UTC), time.perf_counter()
            try:
                response = self._transport.send(sent, hold)
            except TransportError as problem:
                error = self._shown(problem.error)
            seconds = time.perf_counter() - began

        return _Attempt(started, began, seconds, response, error)

    def _shown(self, error: ExchangeError) -> ExchangeError:
        """A text may quote what the server sent."""
        return ExchangeError(error.kind, self._redact(error.text[:ERROR_SHOWN]))

    def _recorded(
        self, request: Request, operation: str, attempts: list[_Attempt], number: int
    ) -> Exchange:
        last = attempts[-1]
        secret = self._region.secret(request)
        return Exchange(
            id=f"{self._region.label}-{number:04}",
            region=self._region.name,
            operation=operation,
            request=request,
            base=self._region.base,
            secret=secret,
            response=last.response,
            error=last.error,
            started=attempts[0].started.isoformat(timespec="milliseconds"),
            began=last.began,
            # A client waits for all of them, so an attempt that timed out counts at its full time.
            seconds=sum(attempt.seconds for attempt in attempts),
            attempts=len(attempts),
            retried=tuple(attempt.error for attempt in attempts[:-1] if attempt.error),
            added=self._added(request, number, len(attempts)),
            options=self._region.reach.options_of(certificate=request.certificate),
            echoed=echoed(request, secret, last.response) if last.response else (),
        )

    def _added(self, request: Request, number: int, count: int) -> tuple[tuple[str, str], ...]:
        """The fields that the last attempt carried beside its own, as they may be shown."""
        reach = self._region.reach
        shown = {field.name: field.shown for field in reach.fields}
        common = defaults(reach, self._region.request_id(number, count)) | shown
        named = {REQUEST_ID, *shown} & set(common)
        own = {name.lower() for name, _ in request.headers} | set(map(str.lower, request.omit))
        return tuple((name, common[name]) for name in sorted(named) if name.lower() not in own)
