"""Outages of a run: how much failed, how, and from when to when."""

from __future__ import annotations

from conformance.events.messages import Answered, ExchangeSummary
from conformance.verdict.outages import Answers


def summary(second: int, status: int | None) -> ExchangeSummary:
    return ExchangeSummary(
        id="global-1",
        region="global",
        started=f"2026-11-25T02:01:{second:02}.000Z",
        seconds=0.1,
        attempts=1,
        response=Answered(status) if status else None,
    )


def answers(*statuses: int | None) -> Answers:
    made = Answers()
    for second, status in enumerate(statuses):
        made.add(summary(second, status))
    return made


def test_failures_that_follow_each_other_are_an_outage() -> None:
    """With how many, of how many, and the times."""
    made = answers(200, 503, 503, 200, 503, 200)
    assert made.were_together
    assert made.words == "3 of 6 answers (503), 02:01:01 to 02:01:04"


def test_failures_among_answers_are_none() -> None:
    """They happen now and then."""
    made = answers(502, 200, 200, 200, 200, None, 200)
    assert not made.were_together
    assert made.words == "2 of 7 answers (1 x 502, 1 x no answer), 02:01:00 to 02:01:05"


def test_one_failure_has_one_time() -> None:
    """No range."""
    assert answers(200, 504).words == "1 of 2 answers (504), at 02:01:01"
