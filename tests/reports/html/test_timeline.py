"""The course of a run: an outage of two seconds is seen at once."""

from __future__ import annotations

from conformance.events.messages import Answered, ExchangeSummary
from conformance.reports.html.timeline import BINS, Course


def asked(second: float, status: int | None = 200, region: str = "india") -> ExchangeSummary:
    return ExchangeSummary(
        id="x",
        region=region,
        operation="list",
        started=f"2026-11-24T02:14:{second:06.3f}Z",
        seconds=0.1,
        attempts=2 if status is None else 1,
        response=Answered(status) if status else None,
    )


def course(*exchanges: ExchangeSummary) -> Course:
    gathered = Course("2026-11-24T02:14:00Z")
    for exchange in exchanges:
        gathered.add(exchange)
    return gathered


def test_an_outage_is_counted_with_when_it_was() -> None:
    """Failures, refusals and lost requests are told apart, each with its first and last moment."""
    calm = [asked(second) for second in range(20)]
    found = course(*calm, asked(4.4, 502), asked(5.9, 502), asked(7, 429), asked(8, None))
    (lane,) = found.lanes(["india"])
    assert lane.caption == "24 requests, 1 more attempt"
    assert lane.noteworthy == [
        "1 answered 429, at 7.1 s",
        "2 answered 5xx, 4.5 to 6.0 s",
        "1 without an answer, at 8.1 s",
    ]
    failing = [bar for bar in lane.bars if bar.failed]
    assert len(failing) == 3
    assert "1 answered 5xx" in failing[0].title


def test_lanes_are_in_the_order_of_the_regions_and_of_one_scale() -> None:
    """A region that is asked twice as often has bars twice as high."""
    many = [asked(1, region="global") for _ in range(20)]
    found = course(*[asked(1) for _ in range(10)], *many)
    first, second = found.lanes(["global", "india"])
    assert (first.region, second.region) == ("global", "india")
    assert first.bars[0].good == 2 * second.bars[0].good
    assert first.bars[0].x == BINS - 1


def test_a_run_without_requests_has_no_lanes() -> None:
    """Nothing was sent, and nothing is drawn."""
    assert course().lanes(["india"]) == []
    assert course().noteworthy_of("india") == []
