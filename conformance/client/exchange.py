"""A request with its answer, and the record of both that may be shown."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conformance.client.curl import curl
from conformance.client.parsing import Parsed, strict_json, weight
from conformance.client.placeholders import shown

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.errors import ExchangeError
    from conformance.client.request import Request
    from conformance.client.response import Response


@dataclass
class Exchange:
    """One request with its answer, or with the error that came instead."""

    id: str
    region: str
    operation: str
    request: Request
    base: str
    secret: Secret
    response: Response | None
    error: ExchangeError | None
    started: str  # of the first attempt, RFC 3339
    began: float  # of the last attempt; seconds of the monotonic clock, to tell which of two came first
    seconds: float  # of all attempts; one that timed out counts at its full time
    attempts: int
    retried: tuple[ExchangeError, ...] = ()  # what the attempts before the last one came to
    echoed: tuple[str, ...] = ()  # what the answer repeats of the presented key: see `echo`
    added: tuple[tuple[str, str], ...] = ()  # fields beside the request's own, as they may be shown
    options: tuple[str, ...] = ()  # what curl needs to reach the region
    limited: tuple[Exchange, ...] = ()  # what was answered 429 before, and honoured
    unavailable: tuple[Exchange, ...] = ()  # what came of it before, in an outage that ended
    lapse: str | None = None  # how it failed as anything may while its region is out of order

    @property
    def url(self) -> str:
        """What was asked for, the key as the name of its variable."""
        return self.base + shown(self.request.target, self.secret)

    @property
    def curl(self) -> str:
        """The request as a shell command, the key as a variable."""
        return curl(self.base, self.request, self.secret, self.added, self.options)

    @cached_property
    def asked(self) -> str:
        """What identifies the request in its region: exchanges of one request have it in common."""
        # The same target may have been put together in several ways.
        others = replace(self.request, query=(), raw_query=None, edge=False, plain=False)
        text = repr((self.region, self.base, self.request.target, astuple(others)))
        return hashlib.blake2s(text.encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()

    @property
    def status(self) -> int:
        """The status, 0 where nothing answered."""
        return self.response.status if self.response else 0

    @property
    def size(self) -> int:
        """The bytes of the body, decompressed; 0 where nothing answered."""
        return len(self.response.body) if self.response else 0

    @cached_property
    def weight(self) -> int:
        """The bytes that the body takes here, as it came and parsed, by estimate."""
        if self.response is None:
            return 0
        return weight(self.response.body)

    @property
    def ok(self) -> bool:
        """A 2xx."""
        return 200 <= self.status < 300

    @cached_property
    def parsed(self) -> Parsed:
        """The body as JSON."""
        return strict_json(self.response.body) if self.response else Parsed(problem="no answer")

    @property
    def json(self) -> Any:
        """The body as JSON; none where it does not parse."""
        return self.parsed.value
