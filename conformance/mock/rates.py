"""The rate-limit headers: counted by the second, stated as documented, generous enough never to refuse."""

from __future__ import annotations

import time
from datetime import UTC, datetime

# The documented 50 a second would have every client wait; the healthy mock states a limit no loopback meets.
GENEROUS = 10_000


# docs: errors-rate-limits; Limit and Remaining are integers, Reset is ISO 8601 with `+00:00`.
class RateHeaders:
    """Counts a region's answers in one-second windows."""

    def __init__(self, limit: int = GENEROUS) -> None:
        self.limit = limit
        self.used = 0
        self._second = 0
        self._reset = ""

    def fields(self) -> dict[str, str]:
        """Count one answer and state what remains; never below one, for nothing is refused."""
        self.count()
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(max(1, self.limit - self.used)),
            "x-ratelimit-reset": self._reset,
        }

    def count(self) -> int:
        """Count one answer; say how many this second has had."""
        second = int(time.time())
        if second != self._second:
            self._second, self.used = second, 0
            self._reset = datetime.fromtimestamp(second + 1, UTC).isoformat()
        self.used += 1
        return self.used
