"""A request with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conformance.client.curl import curl
from conformance.client.parsing import Parsed, strict_json
from conformance.client.request import KEY

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
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
    error: str | None
    started: str  # RFC 3339
    began: float  # seconds of the monotonic clock, to tell which of two came first
    seconds: float
    attempts: int
    echoed: bool = False
    limited: tuple[Exchange, ...] = ()  # what was answered 429, and obeyed, before

    @property
    def url(self) -> str:
        """What was asked for, the key as the name of its variable."""
        return self.base + self.request.target.replace(KEY, str(self.secret))

    @property
    def curl(self) -> str:
        """The request as a shell command, the key as a variable."""
        return curl(self.base, self.request, self.secret)

    @property
    def status(self) -> int:
        """The status, 0 where nothing answered."""
        return self.response.status if self.response else 0

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
