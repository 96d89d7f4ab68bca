"""The quota of a region, as far as answers 429 tell: what they ask is waited for, within the run."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.client.budget import Spent
from conformance.client.health import clock
from conformance.client.retry_after import asked_wait, waiting_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client.budget import Budget
    from conformance.client.exchange import Exchange
    from conformance.client.throttle import Throttle

# A region is given up after so many answers 429 in a row, and so many seconds of waiting as asked:
# a quota that is counted by the minute has been filled again by then, and the whole ends within two.
IN_ROW, ALL_LIMITED = 10, 100.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the quota of a region comes to, as far as a 429 tells: requests in a minute, and how
    many in all within the run's time.
    """

    a_minute: float
    most: float


class Quota:
    """Keeps the waits that a region asks for.

    `retry_at` is the header that says when a 429 is over, besides `Retry-After`. `on_limit` is
    called with what the quota leaves, by estimate; `planned` gives how many requests are meant for
    the region in all.
    """

    def __init__(
        self,
        budget: Budget,
        throttle: Throttle,
        retry_at: str | None,
        on_limit: Callable[[Allowance], None],
        planned: Callable[[], int],
    ) -> None:
        self._budget, self._throttle, self._retry_at = budget, throttle, retry_at
        self._on_limit, self._planned = on_limit, planned
        self._began = time.monotonic()
        self._in_row: list[Exchange] = []
        self._lock = threading.Lock()

    def answered(self) -> None:
        """Take in an answer that is no 429."""
        with self._lock:
            self._in_row.clear()

    def honour(self, exchange: Exchange) -> None:
        """Send nothing for as long as a 429 asks (docs: errors-rate-limits); raises Spent where the
        run has not so much time, and where no wait was ever enough.
        """
        assert exchange.response is not None
        self._must_end(exchange)

        wait = asked_wait(exchange.response, self._retry_at)
        if wait > self._budget.longest_wait:
            header = waiting_header(exchange.response, self._retry_at)
            raise Spent(f"asks to wait {wait:,.0f} s (429, {header}); {self._progress}")
        self._throttle.back_off(wait)
        self._on_limit(self._allowance(wait))

    def _must_end(self, exchange: Exchange) -> None:
        with self._lock:
            self._in_row.append(exchange)
            count, first = len(self._in_row), self._in_row[0]
        if count >= IN_ROW and exchange.began - first.began >= ALL_LIMITED:
            since = clock(first.started)
            raise Spent(
                f"answers 429 since {since}, however long it is waited for; {self._progress}"
            )

    @property
    def _progress(self) -> str:
        """How many requests were sent, of how many that were planned."""
        sent, planned = self._budget.sent, self._planned()
        of = f" of about {planned:,} planned" if planned > sent else ""
        return f"{sent:,}{of} requests were sent, the rest was not"

    def _allowance(self, wait: float) -> Allowance:
        """What was sent until now is what the region allows until the wait is over."""
        sent = self._budget.sent
        pace = sent / (time.monotonic() - self._began + wait)
        return Allowance(60 * pace, sent + pace * (self._budget.longest_wait - wait))
