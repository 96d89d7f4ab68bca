"""From flags, environment and file to a run that can start, or one sentence that says why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.config import ConfigError, load
from conformance.contract import ContractError
from conformance.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.config import Settings
    from conformance.run import Process


class Unusable(Exception):
    """Something that was asked for cannot be done; a usage error."""


def prepare(flags: dict[str, Any], file: Path | None, process: Process | None = None) -> Run:
    """A run with these flags, or the part of one process in it; raises Unusable with one sentence."""
    try:
        settings = load(flags, file)
        _known(settings)
        return Run(settings, process)
    except (ConfigError, ContractError) as error:
        raise Unusable(str(error)) from None


def _known(settings: Settings) -> None:
    # Neither the mock nor the reports are loaded for a run that needs none of them yet.
    if settings.fault:
        from conformance.mock.registry import UnknownFault, resolve

        try:
            resolve(settings.fault)
        except UnknownFault as error:
            raise Unusable(str(error)) from None
    if settings.baseline or settings.gate == "new":
        from conformance.reporting.earlier import must_be_report
        from conformance.reporting.unreadable import Unreadable

        try:
            must_be_report(settings.baseline, settings.gate)
        except Unreadable as error:
            raise Unusable(str(error)) from None
