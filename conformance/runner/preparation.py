"""From settings to a session that can start, or one sentence that says why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import ContractError
from conformance.runner.kept import must_be_reachable
from conformance.runner.memory import few_arenas, too_little
from conformance.runner.selected import examples_store
from conformance.runner.session import Session
from conformance.settings import ConfigError
from conformance.verdict.text import cut

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.runner.part import Share
    from conformance.settings import Settings


def prepared_session(settings: Settings, share: Share | None = None) -> Session:
    """A run with these settings, or the share of one process in it; raises ConfigError."""
    try:
        few_arenas()
        if share is None:
            _memory_must_do()
            _faults_must_exist(settings)
            _baseline_must_be_report(settings)
            _history_must_be_usable(settings)
            _must_be_directory(settings.out)
            _must_be_free(settings.out)
            _hooks_must_load(settings)
        must_be_reachable(examples_store(settings))
        return Session(settings, share)
    except ContractError as error:
        raise ConfigError(str(error)) from None


def _memory_must_do() -> None:
    refusal = too_little()
    if refusal:
        raise ConfigError(refusal)


def _faults_must_exist(settings: Settings) -> None:
    if not settings.fault:
        return  # the mock's catalogue is not loaded for a run that needs none of it

    from conformance.mock.registry import UnknownFault, resolve

    try:
        resolve(settings.fault)
    except UnknownFault as error:
        raise ConfigError(f"--fault: {error}") from None


def _baseline_must_be_report(settings: Settings) -> None:
    if not settings.baseline and settings.gate != "new":
        return

    from conformance.events.errors import Unreadable
    from conformance.verdict.baseline import must_be_report

    try:
        must_be_report(settings.baseline, settings.gate)
    except Unreadable as error:
        raise ConfigError(str(error)) from None


def _history_must_be_usable(settings: Settings) -> None:
    if settings.history is None:
        return

    from conformance.events.errors import Unreadable
    from conformance.reports.history.store import must_be_history

    try:
        must_be_history(settings.history)
    except Unreadable as error:
        raise ConfigError(f"--history: {error}") from None


def _hooks_must_load(settings: Settings) -> None:
    if settings.hooks is None:
        return  # Schemathesis takes a second to load

    from conformance.checks.drawing import HooksUnusable, load_hooks

    try:
        load_hooks(settings.hooks)
    except HooksUnusable as error:
        raise ConfigError(str(error)) from None


def _must_be_directory(out: Path) -> None:
    """Refuse a place that no directory can take before hundreds of requests are sent."""
    for path in (out, *out.parents):
        try:
            is_there = path.is_dir()
        except OSError as error:
            raise ConfigError(f"--out {cut(str(out), 80)}: {error.strerror}.") from None
        if is_there:
            return
        if path.exists() or path.is_symlink():
            raise ConfigError(
                f"--out {out}: {path} is no directory. Reports are several files in one."
            )


def _must_be_free(out: Path) -> None:
    """Refuse a directory in which another one stands where a file of the run goes."""
    from conformance.reports.registry import renderers

    names = ["events.ndjson", *(name for name, _ in renderers().values())]
    for path in (out / name for name in names):
        if path.is_dir():
            raise ConfigError(f"--out {out}: {path} is a directory, where the run writes a file.")
