"""The rate-limit headers: counted by the second, stated as documented, generous enough never to
refuse.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

# The documented 50 a second would have every client wait; the healthy mock states a limit no
# loopback meets.
GENEROUS = 10_000


# docs: errors-rate-limits; Limit and Remaining are integers, Reset is ISO 8601 with `+00:00`.
class RateHeaders:
    """Counts a region's answers in one-second windows."""

    def __init__(self, limit: int = GENEROUS, least: int = 1) -> None:
        self.limit = limit
        self.least = least
        self.used = 0
        self._second = 0
        self._reset = ""

    def fields(self) -> dict[str, str]:
        """Count one answer and state what remains; at least one, where nothing is refused."""
        self._turn()
        self.used += 1
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(max(self.least, self.limit - self.used)),
            "x-ratelimit-reset": self._reset,
        }

    def spent(self) -> bool:
        """Whether this second has had all its answers."""
        self._turn()
        return self.used >= self.limit

    def _turn(self) -> None:
        second = int(time.time())
        if second != self._second:
            self._second, self.used = second, 0
            self._reset = datetime.fromtimestamp(second + 1, UTC).isoformat()
