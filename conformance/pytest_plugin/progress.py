"""The live line of a run: what pytest reports, told to whoever waits at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.pytest_plugin.state import reported_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.contract import Requirement
    from conformance.reports.terminal.progress import Progress


class Watching:
    """A plugin of its own, so that a run is the same whether or not anyone watches it."""

    def __init__(
        self, progress: Progress, requirement: Callable[[str], Requirement | None]
    ) -> None:
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
        reported = reported_in(report)
        if reported:
            self._requests += sum(reported.requests.values())
            for requirement, outcome in reported.judged:
                known = self._requirement(requirement)
                area = known.area if known else "robustness"
                self._progress.judged(area, outcome, self._requests, requirement)
        if report.when == "teardown":
            self._progress.advanced()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Leave the terminal to the summary."""
        self._progress.stop()
