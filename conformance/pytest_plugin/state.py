"""What the plugin keeps with a pytest configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conformance.pytest_plugin.options import given_flags
from conformance.runner.check_run import CheckRun
from conformance.runner.pytest_run import CHECKS, HANDOVER, Handover
from conformance.runner.recorder import Reported
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from conformance.reports.ending import Ending
    from conformance.runner.part import Share
    from conformance.runner.part_file import PartFile
    from conformance.runner.recorder import Recorder
    from conformance.runner.scheduler import Scheduler
    from conformance.runner.session import Session
    from conformance.settings import Settings

SESSION: pytest.StashKey[Session] = pytest.StashKey()
RECORDER: pytest.StashKey[Recorder] = pytest.StashKey()
SCHEDULER: pytest.StashKey[Scheduler] = pytest.StashKey()
PARTS: pytest.StashKey[dict[str, PartFile]] = pytest.StashKey()  # by the name of the worker
ENDING: pytest.StashKey[Ending] = pytest.StashKey()
REPORTED: pytest.StashKey[str] = pytest.StashKey()  # the operation whose checks are reported now


def is_worker(config: pytest.Config) -> bool:
    """Whether this is a process of pytest-xdist that runs tests for another."""
    return hasattr(config, "workerinput")


def session_of(config: pytest.Config) -> Session:
    """The run of this process, made when it is first needed; a wrong setting is a usage error."""
    if SESSION not in config.stash:
        from conformance.runner.preparation import prepared_session

        try:
            config.stash[SESSION] = prepared_session(handover_of(config).settings, _share(config))
        except ConfigError as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[SESSION]


def handover_of(config: pytest.Config) -> Handover:
    """The settings as they were handed over, or in plain `pytest` as its flags say.

    Raises pytest.UsageError for a setting that cannot be used.
    """
    if HANDOVER not in config.stash:
        try:
            config.stash[HANDOVER] = Handover(_settings(config))
        except ConfigError as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[HANDOVER]


def _settings(config: pytest.Config) -> Settings:
    worker = _worker_input(config)
    if worker:
        from conformance.settings.transfer import decode

        return decode(worker["settings"])

    from conformance.settings import load

    return load(given_flags(config))


def _worker_input(config: pytest.Config) -> dict[str, Any]:
    """What the process in control gave to this one of pytest-xdist; empty in that process
    itself.
    """
    given: dict[str, Any] = getattr(config, "workerinput", {}).get("conformance", {})
    return given


def _share(config: pytest.Config) -> Share | None:
    given = _worker_input(config)
    if not given:
        return None

    from conformance.runner.part import Share

    worker = config.workerinput  # type: ignore[attr-defined]  # pytest-xdist's
    part = Path(given["part"]) if given["part"] else None
    return Share(
        given["urls"],
        worker["workerid"],
        worker["workercount"],
        given["problems"],
        part,
        given["run"],
    )


def attach(report: pytest.TestReport, reported: Reported) -> None:
    """Put what a check reported into the report of its test."""
    # As bytes: pytest-xdist carries nothing but builtin types.
    report.conformance = msgspec.msgpack.encode(reported)  # type: ignore[attr-defined]  # ours


def reported_in(report: pytest.TestReport) -> Reported | None:
    """What a check reported, if this is the report of a check that ended."""
    carried = getattr(report, "conformance", None)
    return msgspec.msgpack.decode(carried, type=Reported) if carried else None


def parts_of(config: pytest.Config) -> dict[str, PartFile]:
    """The files in which the workers on this machine record their exchanges."""
    return config.stash.setdefault(PARTS, {})


def check_of(item: pytest.Item) -> CheckRun | None:
    """The check of a test; None for a test that is no check, or that has no place to judge."""
    callspec = getattr(item, "callspec", None)
    check = callspec.params.get("check_run") if callspec else None
    return check if isinstance(check, CheckRun) else None


def checks_of(session: pytest.Session) -> list[CheckRun]:
    """The checks among the collected tests, in their order."""
    return [check for item in session.items or [] if (check := check_of(item))]


def checks_are_collected(config: pytest.Config) -> bool:
    """Whether the paths on the command line hold the checks; the suite's own tests need
    no regions.
    """
    paths = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    return any(path == CHECKS or CHECKS in path.parents or path in CHECKS.parents for path in paths)
