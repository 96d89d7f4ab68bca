"""A round of a watch in a process of its own: what a run takes is given back when it ends."""

from __future__ import annotations

import multiprocessing
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from conformance.watch.loop import RoundFailed

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.settings import Settings
    from conformance.verdict.report import Report


def run_once(settings: Settings) -> tuple[Report, Path]:
    """Run the suite and render its reports; raises RoundFailed where it came to nothing."""
    from conformance.reports.ending import ended
    from conformance.settings.transfer import encode

    events = settings.out / "events.ndjson"
    with traced("conformance.watch.round", profile=settings.profile):
        events.unlink(missing_ok=True)  # or an earlier round would be judged again
        process = multiprocessing.get_context("spawn").Process(
            target=_run, args=(encode(settings),), daemon=False
        )
        process.start()
        process.join()
        try:
            return ended(events, settings.out).report, events
        except (OSError, ValueError) as error:
            raise RoundFailed(f"a run came to no report: {error}") from None


def _run(settings: bytes) -> None:
    from conformance.runner.pytest_run import run_pytest
    from conformance.settings.transfer import decode

    run_pytest(decode(settings), events_only=True)


def traced(name: str, **attributes: str) -> AbstractContextManager[Any]:
    """A span of OpenTelemetry where that is installed (the extra `otel`); nothing elsewhere."""
    try:
        from opentelemetry import trace
    except ImportError:
        return nullcontext()
    tracer = trace.get_tracer("conformance")
    span: AbstractContextManager[Any] = tracer.start_as_current_span(name, attributes=attributes)
    return span
