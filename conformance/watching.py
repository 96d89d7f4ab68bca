"""The live line of a run: what pytest reports, told to whoever waits at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.contract import Requirement
    from conformance.reporting.progress import Progress


class Watching:
    """A plugin of its own, so that a run is the same whether or not anyone watches it."""

    def __init__(self, progress: Progress, requirement: Callable[[str], Requirement | None]) -> None:
        self._progress = progress
        self._requirement = requirement
        self._requests = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The checks are known."""
        self._progress.started(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Under pytest-xdist the workers know them."""
        self._progress.expects(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A check is done, or a phase of it."""
        for event in getattr(report, "conformance", ()):
            self._see(event)
        if report.when == "teardown":
            self._progress.advanced()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Leave the terminal to the summary."""
        self._progress.stop()

    def _see(self, event: dict[str, Any]) -> None:
        if event["event"] == "exchange":
            self._requests += event["attempts"]
        elif event["event"] == "judgement":
            known = self._requirement(event["requirement"])
            area = known.area if known else "robustness"
            self._progress.judged(area, _outcome(event, known.level if known else "MUST"), self._requests)


def _outcome(event: dict[str, Any], level: str) -> str:
    """What a judgement will come to, as far as one check alone can tell."""
    if event["findings"]:
        levels = [finding["level"] or level for finding in event["findings"]]
        return "failed" if "MUST" in levels else "warned"
    return "passed" if event["state"] == "judged" else str(event["state"])
