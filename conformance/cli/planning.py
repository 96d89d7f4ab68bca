"""What a run would send, and how long that takes: nothing is asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.verdict.text import counted, duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.runner.session import Session

LATENCIES = (0.05, 0.2, 1.0)  # seconds: a server nearby, one far away, a slow one
OVERHEAD = 1.5  # times requests x latency / workers that runs take (docs: costs)


def planning(session: Session) -> Iterator[str]:
    """A line for each region, the times that they take, and what is left out."""
    from conformance.runner.forecast import asking_of

    session.planned.count(asking_of(session.plan))
    counts = {name: session.planned.extent.requests(name) for name in session.servers.regions}
    for name, count in counts.items():
        reduction = session.planned.reductions.get(name)
        less = f"; planned {reduction.planned:,}, {reduction.limit}" if reduction else ""
        yield f"{name}: about {counted(count, 'request')}{less}"
    yield from _times(session, max(counts.values(), default=0))
    yield "nothing was asked"


def _times(session: Session, most: int) -> Iterator[str]:
    """How long the region with the most requests takes; the others are asked meanwhile."""
    settings = session.settings
    for latency in LATENCIES:
        seconds = OVERHEAD * most * latency / settings.workers
        if settings.rate is not None:
            seconds = max(seconds, most / settings.rate)
        at = f"{latency * 1000:.0f} ms" if latency < 1 else f"{latency:g} s"
        yield (
            f"at {at} an answer, {counted(settings.workers, 'request')} in flight: "
            f"about {duration(seconds)}"
        )
    yield f"at 60 requests a minute: about {duration(most)}"
    if settings.max_time is not None:
        yield f"--max-time {settings.max_time:g}: asked no longer than {duration(settings.max_time)}"
