"""How long a 429 asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.response import Response


def asked_wait(response: Response) -> float:
    """The seconds that a 429 asks to wait (docs: errors-rate-limits); one where it names no time."""
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
