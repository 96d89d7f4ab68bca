"""The client of one region: retries, 429, pace, budget, reuse, and the record of every exchange."""

from __future__ import annotations

import itertools
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conformance.client.exchange import KEY, Exchange, Request, Response, curl, edited
from conformance.client.transport import ERRORS, Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.client.secrets import Redactor, Secret

LONGEST_WAIT = 90.0  # seconds that a 429 may ask for at once


class RegionLost(Exception):  # noqa: N818 - named as a fact
    """A region that stopped answering, or a run that was stopped."""


class RegionClient:
    """Sends requests to one region and keeps what came back."""

    def __init__(
        self,
        name: str,
        base: str,
        secrets: dict[str, Secret],
        redact: Redactor,
        *,
        timeout: float = 10.0,
        workers: int = 4,
        rate: float | None = None,
        budget: int | None = None,
    ) -> None:
        self.name, self.base, self.secrets, self.redact = name, base, secrets, redact
        self.transport = Transport(base, timeout, workers)
        self.requests = 0
        self.lost: str | None = None
        self._budget = budget
        self._interval = 1.0 / rate if rate else 0.0
        self._next = 0.0
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(workers)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"region-{name}")
        self._answered: dict[Request, Future[Exchange]] = {}

    @property
    def secret(self) -> Secret:
        """The region's own key."""
        return self.secrets[self.name]

    def send(self, request: Request, operation: str, *, again: bool = False) -> tuple[Exchange, bool]:
        """The exchange, and whether it is new: a safe request once answered is not sent again."""
        if again or request.method != "GET":
            return self._exchange(request, operation), True
        with self._lock:
            future = self._answered.get(request)
            mine = future is None
            if future is None:
                future = self._answered[request] = Future()
        if mine:
            try:
                future.set_result(self._exchange(request, operation))
            except BaseException as error:
                future.set_exception(error)
                raise
        return future.result(), mine

    def knock(self, request: Request, operation: str) -> Exchange:
        """One exchange before anything else; silence is an answer here."""
        exchange = self._attempt(request, operation)
        if exchange.status == 429 and self._obey(exchange):
            exchange = self._attempt(request, operation)
        return exchange

    def send_all(
        self, requests: Iterable[Request], operation: str, *, again: bool = False
    ) -> Sequence[tuple[Exchange, bool]]:
        """Many at once, the answers in the order of the requests."""
        return list(self._pool.map(lambda request: self.send(request, operation, again=again), requests))

    def stop(self, why: str) -> None:
        """Answer every further request with RegionLost."""
        self.lost = self.lost or why

    def close(self) -> None:
        """Let go of threads and connections."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.transport.close()

    def _exchange(self, request: Request, operation: str) -> Exchange:
        with self._slots:
            for _ in range(6):
                exchange = self._attempt(request, operation)
                if exchange.response is None and not self._answers(request.path):
                    self.lost = self.lost or (
                        f"region {self.name} ({self.base}) stopped answering after {self.requests} requests"
                    )
                    raise RegionLost(self.lost)
                if exchange.status != 429 or not self._obey(exchange):
                    break
        return exchange

    def _answers(self, path: str) -> bool:
        """Whether a plain request is still answered, so that the silence was about the one before."""
        for _ in range(2):
            try:
                self.transport.send("GET", path, (), None)
            except ERRORS:
                continue
            return True
        return False

    def _attempt(self, request: Request, operation: str) -> Exchange:
        started, begin = datetime.now(UTC).isoformat(timespec="milliseconds"), time.perf_counter()
        response: Response | None = None
        error: str | None = None
        attempts = 0
        # RFC 9110 9.2.2: a GET whose connection broke may be sent again; once, and counted.
        most = 2 if request.method in ("GET", "HEAD", "OPTIONS") else 1
        while attempts < most:
            attempts += 1
            self._permit()
            begin = time.perf_counter()
            try:
                response, error = self._wire(request), None
                break
            except ERRORS as problem:
                error = self.redact(f"{type(problem).__name__}: {problem}"[:300])
        return Exchange(
            id=f"{self.name}-{next(self._ids):04}",
            region=self.name,
            operation=operation,
            request=request,
            url=self.base + request.target.replace(KEY, str(self._key(request))),
            response=response,
            error=error,
            started=started,
            seconds=time.perf_counter() - begin,
            attempts=attempts,
            curl=curl(self.base, request, self._key(request)),
            echoed=response is not None and self._echoes(request, response),
        )

    def _key(self, request: Request) -> Secret:
        return self.secrets[request.key or self.name]

    def _wire(self, request: Request) -> Response:
        key = edited(self._key(request).value, request.edit)
        headers = [(name, value.replace(KEY, key)) for name, value in request.headers]
        send = self.transport.send_exactly if request.exact else self.transport.send
        return send(request.method, request.target.replace(KEY, key), headers, request.body)

    def _echoes(self, request: Request, response: Response) -> bool:
        # The token that was presented, whichever form of the key it was.
        tokens = [edited(self._key(request).value, request.edit)]
        tokens += [
            value.split(" ", 1)[-1].strip() for name, value in request.headers if name == "Authorization"
        ]
        shown = response.body + "\n".join(value for _, value in response.headers).encode()
        return any(len(token) >= 12 and token.encode("utf-8", "replace")[:200] in shown for token in tokens)

    def _permit(self) -> None:
        if self.lost:
            raise RegionLost(self.lost)
        with self._lock:
            if self._budget is not None and self.requests >= self._budget:
                raise RegionLost(f"region {self.name}: the budget of {self._budget} requests is used up")
            self.requests += 1
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._interval
        if at > now:
            time.sleep(at - now)

    def _obey(self, exchange: Exchange) -> bool:
        """Wait as a 429 asks (docs: errors-rate-limits); whether to send the request again."""
        assert exchange.response is not None
        wait = _asked_wait(exchange.response)
        if wait is None or wait > LONGEST_WAIT:
            return False
        with self._lock:
            # From now on at most 40 a second, below the documented limit of 50.
            self._interval = max(self._interval, 0.025)
            self._next = max(self._next, time.monotonic() + wait)
        return True


def _asked_wait(response: Response) -> float | None:
    after = response.header("retry-after")
    if after and after.strip().isdecimal():
        return float(after)
    reset = response.header("x-ratelimit-reset")
    if reset:
        try:
            at = datetime.fromisoformat(reset)
        except ValueError:
            return 1.0
        if at.tzinfo:
            return max(0.1, (at - datetime.now(UTC)).total_seconds())
    return 1.0
