"""The laws of the service as a whole: availability, latency, rate-limit headers (ROB-05, ROB-06,
SCH-09).
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from conformance.laws.edge import named_by
from conformance.laws.finding import Finding
from conformance.laws.named_resources import is_of_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client.exchange import Exchange
    from conformance.laws.answer import Answer

# RFC 3339 5.6, and ISO 8601 where it differs: an offset without a colon.
DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE | re.ASCII
)
INTEGER = re.compile(r"\d+", re.ASCII)


def _is_integer(text: str) -> bool:
    return INTEGER.fullmatch(text) is not None


def _is_date_time(text: str) -> bool:
    """A form of RFC 3339, and a moment that there is: no month 13, no 30th of February."""
    if not DATE_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_http_date(text: str) -> bool:
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True


# What a header's form is called in an overlay: what fits it, and how it is said.
FORMS = {
    "integer": (_is_integer, "a whole number"),
    "date-time": (_is_date_time, "a moment in ISO 8601 with an offset"),
}


def plain_answered(answer: Answer) -> list[Finding] | None:
    """ROB-06: a plain valid request gets a 2xx, or the redirect that is documented; any documented
    answer where the document knows neither.

    A limit that was honoured and is still in force is no fault (RFC 6585 4).
    """
    exchange = answer.exchange
    if not exchange.request.plain:
        return None
    if is_of_data(answer):
        return None
    if exchange.response is None:
        if exchange.error is None:
            return None
        return [Finding("an answer", f"no answer, twice: {exchange.error}", answer.shown)]
    if exchange.ok or exchange.status == 429 or _is_what_is_promised(answer):
        return []
    return [Finding("2xx for a plain valid request", _status(answer), answer.shown)]


def _is_what_is_promised(answer: Answer) -> bool:
    """Whether the document promises the status to every request, valid ones included."""
    if answer.schemas.documented(answer.status) in (None, "default"):
        return False
    known = answer.operation.responses
    return 300 <= answer.status < 400 or not any(key[0] in "23d" for key in known)


def _status(answer: Answer) -> str:
    """The status, and what gave it where that is not the API."""
    is_foreign = "json" not in (answer.header("content-type") or "").lower()
    named = f" ({named_by(answer.exchange)})" if is_foreign else ""
    return f"status {answer.status}{named}"


def now_and_then(exchanges: Sequence[Exchange]) -> list[Finding]:
    """ROB-06: what is served before and after is served in between: of one request, sent again and
    again, no answer is 404 between two that are 2xx.
    """
    served = [exchange for exchange in exchanges if exchange.ok]
    first = min((exchange.began + exchange.seconds for exchange in served), default=math.inf)
    last = max((exchange.began for exchange in served), default=-math.inf)
    # Requests that were under way together say nothing of what came first.
    missing = [
        exchange
        for exchange in exchanges
        if exchange.status == 404
        and first <= exchange.began
        and exchange.began + exchange.seconds <= last
    ]
    if not missing:
        return []
    actual = f"status 404 to {len(missing)} of {len(exchanges)} like requests"
    return [Finding("2xx, as before and after it", actual, tuple(missing[:3]))]


def outage(answer: Answer) -> list[Finding]:
    """ROB-06: what failed in an outage, or was blocked, and was answered when it was sent again."""
    exchange = answer.exchange
    what = str(exchange.error) if exchange.error else _how(answer)
    at = exchange.started[11:19]
    return [Finding("an answer", f"{what} at {at}, and an answer later", answer.shown)]


def _how(answer: Answer) -> str:
    """The status, and where it is no gateway's own what gave it."""
    return _status(answer) if answer.status < 500 else f"status {answer.status}"


def in_time(answer: Answer) -> list[Finding] | None:
    """SCH-09: the answer arrives within the latency budget."""
    seconds, budget = answer.exchange.seconds, answer.latency_budget
    return (
        [Finding(f"within {budget} s", f"{seconds:.2f} s", answer.shown)]
        if seconds > budget
        else []
    )


def rate_headers(answer: Answer) -> list[Finding] | None:
    """ROB-05: the headers of rate limits have their documented form, where they are present, and
    `Retry-After` the one of RFC 9110 10.2.3.
    """
    limits = answer.operation.rate_limits
    if limits is None:
        return None
    findings = _retry_after(answer)
    for name, form in limits.headers.items():
        value = answer.header(name)
        fits, words = FORMS[form]
        if value is not None and not fits(value):
            findings.append(Finding(f"{name}: {words}", repr(value), answer.shown))
    return findings


def _retry_after(answer: Answer) -> list[Finding]:
    value = answer.header("retry-after")
    if value is None or INTEGER.fullmatch(value) or _is_http_date(value):
        return []
    expected = "Retry-After: seconds or an HTTP date (RFC 9110 10.2.3)"
    return [Finding(expected, repr(value), answer.shown)]
