"""How long a 429 asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.response import Response

UNSTATED = 1.0  # seconds to wait where the answer names no time, or none that can be read
SHORTEST = 0.1  # seconds; a time that has passed is no reason to ask at once


def asked_wait(response: Response, retry_at: str | None = None) -> float:
    """Seconds by `Retry-After` (RFC 9110 10.2.3, a number or a date), else by the header
    `retry_at`.

    That is one which an API names itself, in lower case: a date and time with its offset (ISO 8601).
    """
    after = (response.header("retry-after") or "").strip()
    if after.isascii() and after.isdecimal():
        return float(after)
    stated = response.header(retry_at) if retry_at else None
    at = _http_date(after) or _iso_date(stated or "")
    return UNSTATED if at is None else max(SHORTEST, (at - datetime.now(UTC)).total_seconds())


def waiting_header(response: Response, retry_at: str | None = None) -> str:
    """The name of the header that says how long, as it is written in prose."""
    if response.header("retry-after"):
        return "Retry-After"
    if retry_at and response.header(retry_at):
        return retry_at
    return "no header says how long"


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
