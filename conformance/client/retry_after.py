"""How long a 429 asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.response import Response

UNSTATED = 1.0  # seconds to wait where the answer names no time, or none that can be read
SHORTEST = 0.1  # seconds; a time that has passed is no reason to ask at once
# docs: errors-rate-limits. A date and time with its offset.
RESET = "x-ratelimit-reset"


def asked_wait(response: Response) -> float:
    """Seconds by `Retry-After` (RFC 9110 10.2.3, a number or a date), else by the reset header."""
    after = (response.header("retry-after") or "").strip()
    if after.isascii() and after.isdecimal():
        return float(after)
    at = _http_date(after) or _iso_date(response.header(RESET) or "")
    return UNSTATED if at is None else max(SHORTEST, (at - datetime.now(UTC)).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _iso_date(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
