"""From flags, environment and file to a run that can start, or one sentence that says why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import ContractError
from conformance.runner.session import Session
from conformance.settings import ConfigError, load

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.runner.session import Share
    from conformance.settings import Settings


class Unusable(Exception):
    """Something that was asked for cannot be done; a usage error."""


def prepare(flags: dict[str, Any], file: Path | None, share: Share | None = None) -> Session:
    """A run with these flags, or the part of one process in it; raises Unusable with one sentence."""
    try:
        settings = load(flags, file)
        _known(settings)
        return Session(settings, share)
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
        from conformance.events.errors import Unreadable
        from conformance.verdict.baseline import must_be_report

        try:
            must_be_report(settings.baseline, settings.gate)
        except Unreadable as error:
            raise Unusable(str(error)) from None
