"""The client of one region: reuse of answers, and when a region is given up."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from conformance.client.answered import Answered
from conformance.client.attempts import SAFE, Attempts, Region
from conformance.client.budget import Budget, Spent
from conformance.client.health import PATIENCE, Down, Health
from conformance.client.limits import Limits
from conformance.client.patient import Patient
from conformance.client.quota import Allowance, Quota
from conformance.client.reach import Reach
from conformance.client.room import NoRoom, Room
from conformance.client.silence import Silence, gave_up
from conformance.client.stop import Stopped, StopSignal
from conformance.client.throttle import Throttle
from conformance.client.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from conformance.client.credentials import Secret
    from conformance.client.effects import Effects
    from conformance.client.exchange import Exchange
    from conformance.client.redaction import Redactor
    from conformance.client.request import Request

    OnAnswer = Callable[[Exchange], None]

T = TypeVar("T")


def _ignore(_: object) -> None:
    """Do nothing with what is told."""


class RegionLost(Exception):
    """A region that is asked no further: it fell silent, its quota is spent, or the run was
    stopped.
    """


class RegionClient:
    """Sends requests to one region and keeps what came back.

    `timeout` (seconds, the whole of an exchange) and `max_body` (bytes) bound each exchange;
    `max_requests` and `max_time` (seconds from now) the region. `rate` is in requests a second.
    `stop` is the run's signal: it ends every wait here. `retry_at` is the header by which the API
    says when a 429 is over, besides `Retry-After`. `patience` (seconds) is how long an outage is
    waited for. `on_limit` is called with the requests that the region's quota leaves, by estimate;
    `planned` gives how many requests are meant for the region in all. `reach` is how to get there.
    `room` is for large answers, of all regions together. `effects` keeps account of what requests
    do.
    """

    def __init__(
        self,
        name: str,
        base: str,
        secrets: Mapping[str, Secret],
        redact: Redactor,
        *,
        timeout: float = 10.0,
        max_body: int = Limits().body,
        max_requests: int | None = None,
        max_time: float | None = None,
        workers: int = 4,
        rate: float | None = None,
        process: str = "",
        processes: int = 1,
        stop: StopSignal | None = None,
        retry_at: str | None = None,
        patience: float = PATIENCE,
        on_limit: Callable[[Allowance], None] = _ignore,
        planned: Callable[[], int] = int,
        reach: Reach | None = None,
        room: Room | None = None,
        effects: Effects | None = None,
    ) -> None:
        self.name, self.base, self.secrets, self.redact = name, base, secrets, redact
        self._stop = StopSignal(stop)
        self._budget = Budget(max_requests, max_time)
        self._room = room or Room(max_body)
        self._reach = reach or Reach()
        limits = Limits(timeout=timeout, body=max_body)
        self.transport = Transport(base, limits, self._stop, self._reach)
        self.throttle = Throttle(workers, rate, processes, self._stop)
        self._quota = Quota(self._budget, self.throttle, retry_at, on_limit, planned)
        # Processes that share a run each count from 1.
        label = f"{name}-{process}" if process else name
        region = Region(name, base, secrets, label, self._reach)
        self._attempts = Attempts(
            region, redact, self.transport, self.throttle, self._budget, self._stop, effects
        )
        self._health = Health(self._attempts.exchange, self._stop, patience)
        self._answered = Answered()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"region-{name}")
        self._silence = Silence(self.transport, self._reach, self._stop)
        self._patient = Patient(
            self._attempts, self._health, self._quota, self.throttle, self._room.hold
        )
        self.writing = threading.RLock()  # held while requests are under way that may change state

    @property
    def secret(self) -> Secret:
        """The region's own key."""
        return self.secrets[self.name]

    @property
    def requests(self) -> int:
        """How many requests were sent, each attempt counted."""
        return self._budget.sent

    @property
    def lost(self) -> str | None:
        """Why the region is asked no further; None while it is."""
        return self._stop.reason

    @property
    def notes(self) -> list[str]:
        """What its throttle came to, and what was answered at the second attempt only."""
        repeated = self._patient.repeated
        again = f"left {repeated} requests without an answer until they were sent again"
        return [*dict.fromkeys(self.throttle.notes), *([again] if repeated else [])]

    def send(
        self,
        request: Request,
        operation: str,
        *,
        again: bool = False,
        on_answer: OnAnswer = _ignore,
    ) -> tuple[Exchange, bool]:
        """The exchange, and whether it is new: a safe request that was answered is not sent again
        unless `again`.

        `on_answer` is called with what is new as soon as it is answered, each 429 before it included, by
        the thread that has the answer. Raises RegionLost, at once or while it waits.
        """
        if again or request.method not in SAFE:
            return self._exchange(request, operation, on_answer), True

        future, mine = self._answered.claim(operation, request)
        if mine:
            self._fulfil(future, request, operation, on_answer)
        return future.result(), mine

    def send_all(
        self,
        requests: Iterable[Request],
        operation: str,
        *,
        again: bool = False,
        on_answer: OnAnswer = _ignore,
    ) -> Sequence[tuple[Exchange, bool]]:
        """Many at once, as `send` each; the answers in the order of the requests."""
        requests = list(requests)
        if len(requests) == 1:
            return [self.send(requests[0], operation, again=again, on_answer=on_answer)]

        submitted = [
            self.submit(request, operation, again=again, on_answer=on_answer)
            for request in requests
        ]
        return [(future.result(), new) for future, new in submitted]

    def submit(
        self,
        request: Request,
        operation: str,
        *,
        again: bool = False,
        on_answer: OnAnswer = _ignore,
    ) -> tuple[Future[Exchange], bool]:
        """As `send`, without waiting: the exchange to come, and whether it is new."""
        if again or request.method not in SAFE:
            return self._in_pool(self._exchange, request, operation, on_answer), True

        future, mine = self._answered.claim(operation, request)
        if mine:
            try:
                self._in_pool(self._fulfil, future, request, operation, on_answer)
            except BaseException as problem:
                # No thread, no memory: whoever waits for it must hear of it.
                self._answered.drop(operation, request)
                future.set_exception(problem)
                raise
        return future, mine

    def stream(self, requests: Iterable[Request], operation: str) -> Iterator[Exchange]:
        """The answers in order, fetched ahead within the workers; none is kept here."""
        asked = iter(requests)
        ahead: deque[Future[Exchange]] = deque()
        for request in islice(asked, 2 * self.throttle.workers):
            ahead.append(self._in_pool(self._exchange, request, operation))
        while ahead:
            exchange = ahead.popleft().result()
            for request in islice(asked, 1):
                ahead.append(self._in_pool(self._exchange, request, operation))
            yield exchange
            self._room.release(exchange.weight)

    def probe(self, request: Request, operation: str) -> Exchange:
        """One exchange before anything else; that nothing came is an answer here."""
        with self._ending():
            exchange = self._attempts.exchange(request, operation, self._room.hold)
            if exchange.status == 429:
                self._quota.honour(exchange)
                exchange = self._attempts.exchange(request, operation, self._room.hold)
            self._health.note(exchange)
            return exchange

    def answers(self, operation: str) -> list[Exchange]:
        """What was answered to requests of an operation, as far as it is kept."""
        return self._answered.done(operation)

    def release(self, operation: str) -> None:
        """Drop the answers of an operation that is done with."""
        self._answered.release(operation)

    def pause(self, seconds: float) -> None:
        """Wait; raises RegionLost when no more is asked."""
        with self._ending():
            self._stop.wait(seconds)
            self._stop.check()

    def stop(self, why: str) -> None:
        """Answer every further request with RegionLost, and those under way that wait."""
        self._stop.set(why)

    def close(self) -> None:
        """Drop threads and connections."""
        self.stop("the run is over")
        self._pool.shutdown(wait=False)
        self.transport.close()

    def _in_pool(self, call: Callable[..., T], *arguments: Any) -> Future[T]:
        try:
            return self._pool.submit(call, *arguments)
        except RuntimeError:
            # Closed: whoever waits for it must hear so, which the call itself sees to.
            return _done(call, *arguments)

    def _fulfil(
        self, future: Future[Exchange], request: Request, operation: str, on_answer: OnAnswer
    ) -> None:
        """Make a claimed exchange, for all that wait for it."""
        try:
            exchange = self._exchange(request, operation, on_answer)
        except BaseException as problem:  # noqa: BLE001 - raised again for each that waits
            self._answered.drop(operation, request)
            future.set_exception(problem)
        else:
            self._answered.keep(operation, request, exchange.weight)
            future.set_result(exchange)

    def _exchange(
        self, request: Request, operation: str, on_answer: OnAnswer = _ignore
    ) -> Exchange:
        """Send it until the answer is the region's own; raises RegionLost."""
        with self._ending():
            exchange = self._patient.exchange(request, operation, on_answer)
            self._note(exchange)
        return exchange

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Say in one way that no more is asked, whatever ended it."""
        try:
            yield
        except (Spent, NoRoom) as spent:
            self._lose(f"region {self.name} ({self.base}) {spent}")
        except Down as down:
            self._lose(f"region {self.name} ({self.base}) {down}, after {self.requests} requests")
        except Stopped as stopped:
            raise RegionLost(str(stopped)) from None

    def _lose(self, why: str) -> NoReturn:
        self.stop(why)
        raise RegionLost(self.lost)

    def _note(self, exchange: Exchange) -> None:
        """Learn from an exchange how the region fares."""
        if exchange.error is not None:
            if self._silence.is_of_all(exchange.request, exchange.error):
                why = gave_up(exchange.error, self.requests)
                self._lose(f"region {self.name} ({self.base}) {why}")
            return
        self._health.note(exchange)
        if exchange.status != 429:
            self.throttle.calm()
        self._silence.answered(exchange)
        self._patient.answered(exchange)
        if exchange.ok and exchange.request.plain and exchange.attempts == 1:
            self.throttle.observe(exchange.seconds)


def _done(call: Callable[..., T], *arguments: Any) -> Future[T]:
    future: Future[T] = Future()
    try:
        future.set_result(call(*arguments))
    except BaseException as problem:  # noqa: BLE001 - raised again for each that waits
        future.set_exception(problem)
    return future
