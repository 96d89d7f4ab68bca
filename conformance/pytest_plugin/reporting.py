"""From pytest's reports of tests to the stream of events, and from its end to the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.pytest_plugin.state import (
    ENDING,
    RECORDER,
    attach,
    handover_of,
    reported_in,
    session_of,
)
from conformance.runner.machine import trouble_of
from conformance.runner.pytest_run import UNVERIFIED
from conformance.runner.recorder import reported
from conformance.verdict.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.contract import Requirement
    from conformance.reports.ending import Ending
    from conformance.runner.check_run import CheckRun
    from conformance.runner.recorder import Reported
    from conformance.settings import Settings

_OUTCOMES = (pytest.fail.Exception, pytest.skip.Exception)


class Writer:
    """Writes what the tests report into the stream, in the process in control."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the events of a report, if it has any."""
        reported = reported_in(report)
        if reported and RECORDER in self.config.stash:
            self.config.stash[RECORDER].take(reported, getattr(report, "worker_id", None))
            self._stop_if_enough(reported)

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool | None:
        """What this machine lacks is no defect of the suite: the verdict says it, or a sentence."""
        trouble = trouble_of(excinfo.value)
        if trouble is None:
            return None
        handover_of(self.config).hopeless = True
        if RECORDER in self.config.stash:
            self.config.stash[RECORDER].stopped = trouble
        else:
            handover_of(self.config).trouble = f"{trouble}. Nothing was verified."
        return True

    def _stop_if_enough(self, reported: Reported) -> None:
        """End the run after this test where its caller has seen enough."""
        stops = handover_of(self.config).stops
        reason = stops(reported) if stops else None
        session = self.config.pluginmanager.get_plugin("session")
        if reason and session:
            session.shouldfail = reason


def follow_progress(config: pytest.Config) -> None:
    """Show the progress of a run, unless pytest's own reporter writes to the same terminal."""
    if config.pluginmanager.has_plugin("terminalreporter"):
        return
    if session_of(config).settings.quiet or handover_of(config).events_only:
        return

    from conformance.pytest_plugin.progress import Watching
    from conformance.reports.terminal.progress import Progress

    def requirement(name: str) -> Requirement | None:
        return session_of(config).contract.requirements.get(name)

    progress = Progress(gauge=session_of(config).gauge)
    config.pluginmanager.register(Watching(progress, requirement), "conformance-watching")


def attach_events(
    report: pytest.TestReport, item: pytest.Item, call: pytest.CallInfo[None], check: CheckRun
) -> None:
    """Put the events of a check into the report of its test, and no key into its text."""
    redact = session_of(item.config).redact
    crash = call.excinfo if call.excinfo and not call.excinfo.errisinstance(_OUTCOMES) else None
    report.keywords = {}  # names and marks, which pytest-xdist would send along with each report

    if crash and not crash.errisinstance(KeyboardInterrupt):
        check.broke(redact(f"{crash.typename}: {crash.value}"[:500]))
    if call.when == "call" or crash:
        session_of(item.config).keep_failing(check)
        attach(report, reported(check, session_of(item.config).log, redact))
        check.release()

    if call.excinfo is not None and call.excinfo.errisinstance(pytest.fail.Exception):
        report.longrepr = str(call.excinfo.value)
    elif report.longrepr is not None and report.failed:
        report.longrepr = redact(str(report.longrepr))


def conclude(session: pytest.Session, exitstatus: int) -> None:
    """Close the stream of a run and write its reports; the verdict becomes the exit status."""
    config = session.config
    recorder, run = config.stash[RECORDER], session_of(config)
    if recorder.stopped is None and not recorder.parts:
        run.kept.forget_mended()
    for region, message in run.notes():
        recorder.note("info", region, message)
    for region, reduction in run.planned.reductions.items():
        recorder.note("info", region, f"region {region} was {reduction.words}", "reduced")
    if run.planned.further:
        further = counted(len(run.planned.further), "further operation")
        recorder.note("info", None, f"keys, doors, odd requests: in brief of {further}")
    recorder.stopped = recorder.stopped or _why_stopped(session, exitstatus)
    handover, settings = handover_of(config), run.settings
    try:
        recorder.close()
        if recorder.trouble or handover.events_only:
            handover.trouble = recorder.trouble
        else:
            config.stash[ENDING] = _ended(recorder.path, settings)
            handover.exit_code = config.stash[ENDING].exit_code
    except OSError as error:
        place = error.filename or settings.out
        handover.trouble = f"{place}: {error.strerror or error}. The reports are not whole."
    if handover.trouble:
        handover.exit_code = UNVERIFIED
    if handover.exit_code is not None:
        session.exitstatus = handover.exit_code


def discard(config: pytest.Config) -> None:
    """Leave no stream of a run that could not begin."""
    if RECORDER in config.stash:
        config.stash[RECORDER].close()
        config.stash[RECORDER].path.unlink(missing_ok=True)


def _ended(events: Path, settings: Settings) -> Ending:
    from conformance.reports.ending import ended

    return ended(events, settings.out, settings.baseline, settings.gate, settings.history)


def _why_stopped(session: pytest.Session, exitstatus: int) -> str | None:
    if session.shouldfail or session.shouldstop:
        return str(session.shouldfail or session.shouldstop)
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        return "nothing was selected"
    return "interrupted" if exitstatus == pytest.ExitCode.INTERRUPTED else None
