"""The laws of the service as a whole: availability, latency, rate-limit headers (ROB-05, ROB-06,
SCH-09).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.laws.answer import Answer

# RFC 3339 5.6, and ISO 8601 where it differs: an offset without a colon.
DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE | re.ASCII
)
INTEGER = re.compile(r"\d+", re.ASCII)
# What a header's form is called in an overlay: what fits it, and how it is said.
FORMS = {
    "integer": (INTEGER, "a whole number"),
    "date-time": (DATE_TIME, "ISO 8601 with an offset"),
}


def plain_answered(answer: Answer) -> list[Finding] | None:
    """ROB-06: a plain valid request gets a 2xx.

    A limit that was honoured and is still in force is no fault (RFC 6585 4).
    """
    exchange = answer.exchange
    if not exchange.request.plain:
        return None
    if exchange.response is None:
        if exchange.error is None:
            return None
        return [Finding("an answer", f"no answer, twice: {exchange.error}", answer.shown)]
    if exchange.ok or exchange.status == 429:
        return []
    return [Finding("2xx for a plain valid request", f"status {exchange.status}", answer.shown)]


def in_time(answer: Answer) -> list[Finding] | None:
    """SCH-09: the answer arrives within the latency budget."""
    seconds, budget = answer.exchange.seconds, answer.latency_budget
    return (
        [Finding(f"within {budget} s", f"{seconds:.2f} s", answer.shown)]
        if seconds > budget
        else []
    )


def rate_headers(answer: Answer) -> list[Finding] | None:
    """ROB-05: the headers of rate limits have their documented form, where they are present."""
    limits = answer.operation.rate_limits
    if limits is None:
        return None
    findings = []
    for name, form in limits.headers.items():
        value = answer.header(name)
        pattern, words = FORMS[form]
        if value is not None and not pattern.fullmatch(value):
            findings.append(Finding(f"{name}: {words}", repr(value), answer.shown))
    return findings
