"""The client of one region: retries, 429, rate, reuse, and the record of every exchange."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.client.credentials import alters, edited
from conformance.client.exchange import Exchange
from conformance.client.request import KEY
from conformance.client.retry_after import asked_wait
from conformance.client.throttle import Throttle
from conformance.client.transport import ERRORS, Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.client.credentials import Secret
    from conformance.client.redaction import Redactor
    from conformance.client.request import Request
    from conformance.client.response import Response

LONGEST_WAIT = 90.0  # seconds that a 429 may ask for at once
HONOURED = 10  # times that one request is held back by a 429
RESTART = 0.5  # seconds in which a server that is being restarted may be back
ENCODING = ("Accept-Encoding", "gzip")
SHORTEST_TOKEN = 12  # characters; a shorter one may stand in an answer by accident


class RegionLost(Exception):
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
        process: str = "",
        processes: int = 1,
    ) -> None:
        self.name, self.base, self.secrets, self.redact = name, base, secrets, redact
        self.transport = Transport(base, timeout)
        self.throttle = Throttle(workers, rate, processes)
        self.requests = self.repeated = 0
        self.lost: str | None = None
        self.restless = 0  # times that its data were not seen to stand still
        self._ids = itertools.count(1)
        self._label = f"{name}-{process}" if process else name  # processes that share a run each count from 1
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"region-{name}")
        self._answered: dict[tuple[str, Request], Future[Exchange]] = {}

    @property
    def secret(self) -> Secret:
        """The region's own key."""
        return self.secrets[self.name]

    def send(self, request: Request, operation: str, *, again: bool = False) -> tuple[Exchange, bool]:
        """The exchange, and whether it is new: a safe request once answered is not sent again."""
        if again or request.method != "GET":
            return self._exchange(request, operation), True
        with self._lock:
            future = self._answered.get((operation, request))
            mine = future is None
            if future is None:
                future = self._answered[operation, request] = Future()
        if mine:
            try:
                future.set_result(self._exchange(request, operation))
            except BaseException as error:
                future.set_exception(error)
                raise
        return future.result(), mine

    def probe(self, request: Request, operation: str) -> Exchange:
        """One exchange before anything else; silence is an answer here."""
        exchange = self._attempt(request, operation)
        if exchange.status == 429 and self._honour(exchange):
            exchange = self._attempt(request, operation)
        return exchange

    knock = probe  # until the last caller has moved

    def send_all(
        self, requests: Iterable[Request], operation: str, *, again: bool = False
    ) -> Sequence[tuple[Exchange, bool]]:
        """Many at once, the answers in the order of the requests."""
        requests = list(requests)
        if len(requests) == 1:
            return [self.send(requests[0], operation, again=again)]
        return list(self._pool.map(lambda request: self.send(request, operation, again=again), requests))

    def stream(self, requests: Iterable[Request], operation: str) -> Iterator[Exchange]:
        """The answers in order, fetched ahead within the workers; none is kept here."""
        waiting: deque[Future[Exchange]] = deque()
        asked = iter(requests)
        for request in islice(asked, 2 * self.throttle.workers):
            waiting.append(self._pool.submit(self._exchange, request, operation))
        while waiting:
            exchange = waiting.popleft().result()
            for request in islice(asked, 1):
                waiting.append(self._pool.submit(self._exchange, request, operation))
            yield exchange

    @property
    def notes(self) -> list[str]:
        """What its throttle came to, and what was answered at the second attempt only."""
        again = f"left {self.repeated} requests without an answer until they were sent again"
        return [*dict.fromkeys(self.throttle.notes), *([again] if self.repeated else [])]

    def release(self, operation: str) -> None:
        """Let go of the answers of an operation that is done with."""
        with self._lock:
            self._answered = {key: value for key, value in self._answered.items() if key[0] != operation}

    forget = release  # until the last caller has moved

    def stop(self, why: str) -> None:
        """Answer every further request with RegionLost."""
        self.lost = self.lost or why

    def close(self) -> None:
        """Let go of threads and connections."""
        self.stop("the run is over")
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.transport.close()

    def _exchange(self, request: Request, operation: str) -> Exchange:
        limited: tuple[Exchange, ...] = ()
        with self.throttle:
            for _ in range(HONOURED):
                exchange = self._attempt(request, operation)
                exchange.limited = limited
                if exchange.response is None and not self._answers(request.path):
                    self.stop(
                        f"region {self.name} ({self.base}) stopped answering after {self.requests} requests"
                    )
                    raise RegionLost(self.lost)
                if exchange.status != 429 or not self._honour(exchange):
                    break
                limited = (*limited, exchange)
            if exchange.ok and request.plain:
                self.throttle.observe(exchange.seconds)
        return exchange

    def _answers(self, path: str) -> bool:
        """Whether a plain request is still answered, so that the silence was about the one before."""
        for _ in range(2):
            try:
                self.transport.send("GET", path, (), None)
            except ERRORS:
                time.sleep(RESTART)
                continue
            return True
        return False

    def _attempt(self, request: Request, operation: str) -> Exchange:
        response: Response | None = None
        error: str | None = None
        attempts = 0
        # RFC 9110 9.2.2: a GET whose connection broke may be sent again; once, and counted.
        most = 2 if request.method in ("GET", "HEAD", "OPTIONS") else 1
        while response is None and attempts < most:
            attempts += 1
            self._permit()
            started, begin = datetime.now(UTC), time.perf_counter()
            try:
                response, error = self._wire(request), None
            except ERRORS as problem:
                error = self.redact(f"{type(problem).__name__}: {problem}"[:300])
                if attempts < most and isinstance(problem, ConnectionRefusedError):
                    time.sleep(RESTART)
            seconds = time.perf_counter() - begin
        if attempts > 1 and response is not None:
            self.repeated += 1
        secret = self.secrets[request.key or self.name]
        return Exchange(
            id=f"{self._label}-{next(self._ids):04}",
            region=self.name,
            operation=operation,
            request=request,
            base=self.base,
            secret=secret,
            response=response,
            error=error,
            started=started.isoformat(timespec="milliseconds"),
            began=begin,
            seconds=seconds,
            attempts=attempts,
            echoed=response is not None and _echoes(request, secret, response),
        )

    def alters(self, edit: str | None) -> bool:
        """Whether an edit makes another key of the region's own: one without letters has no other case."""
        return alters(self.secret, edit)

    def _wire(self, request: Request) -> Response:
        key = edited(self.secrets[request.key or self.name].value, request.edit)
        headers = [(name, value.replace(KEY, key)) for name, value in request.headers]
        target = request.target.replace(KEY, quote(key, safe=""))
        body = request.body.replace(KEY, key) if request.body is not None else None
        return self.transport.send(request.method, target, [ENCODING, *headers], body)

    def _permit(self) -> None:
        if self.lost:
            raise RegionLost(self.lost)
        with self._lock:
            self.requests += 1
        self.throttle.wait()

    def _honour(self, exchange: Exchange) -> bool:
        """Wait as a 429 asks (docs: errors-rate-limits); whether to send the request again."""
        assert exchange.response is not None
        wait = asked_wait(exchange.response)
        if wait > LONGEST_WAIT:
            return False
        self.throttle.back_off(wait)
        return True


def _echoes(request: Request, secret: Secret, response: Response) -> bool:
    """Whether a refusal repeats the token that was presented, whichever form of the key it was."""
    if response.status < 400:
        return False
    tokens = [edited(secret.value, request.edit)]
    tokens += [value.split(" ", 1)[-1].strip() for name, value in request.headers if name == "Authorization"]
    shown = response.body + "\n".join(value for _, value in response.headers).encode()
    return any(
        len(token) >= SHORTEST_TOKEN and token.encode("utf-8", "replace")[:200] in shown for token in tokens
    )
