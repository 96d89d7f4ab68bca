"""The first and the last event of a run's stream."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conformance import __version__
from conformance.contract.fingerprint import fingerprint
from conformance.events import messages, model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.plan import Entry
    from conformance.runner.session import Session


def header(session: Session, expected: Iterable[Entry]) -> messages.Header:
    """What the run was asked to do; `expected` are the entries of the plan that it must judge."""
    contract, settings = session.contract, session.settings
    return messages.Header(
        suite=__version__,
        run=session.run,
        started=_now(),
        seed=settings.seed,
        profile=settings.profile,
        strict=settings.strict,
        require_exercised=settings.require_exercised,
        document=_document(contract),
        regions={name: _region(session, name) for name in session.regions},
        config=settings.shown(),
        catalogue=tuple(contract.requirements.values()),
        operations=tuple(_operation(contract, operation) for operation in contract.operations),
        expected=tuple((entry.requirement, entry.operation, entry.region) for entry in expected),
        not_applicable=tuple(
            (entry.requirement, entry.operation, entry.region, entry.reason)
            for entry in session.plan.not_applicable
            if entry.reason
        ),
        waivers=settings.waivers,
    )


def footer(session: Session, requests: Mapping[str, int], stopped: str | None) -> messages.Footer:
    """How the run ended: `requests` by region, and why it was stopped if it was."""
    return messages.Footer(
        finished=_now(),
        duration_seconds=round(time.monotonic() - session.started, 3),
        requests=dict(requests),
        stopped=stopped,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _document(contract: Contract) -> messages.Document:
    info = contract.document.get("info") or {}
    return messages.Document(
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        path=_shown(contract.path),
        overlay=", ".join(_shown(overlay) for overlay in contract.overlays),
        digest=fingerprint(contract.document),
    )


def _region(session: Session, name: str) -> model.Region:
    state = session.states.get(name)
    return model.Region(
        url=session.regions[name],
        key=session.secrets[name].variable,
        latency_ms=state.latency_ms if state else None,
        rows=state.rows if state else None,
    )


def _operation(contract: Contract, operation: Operation) -> model.Operation:
    is_one_of_several = len(contract.documents) > 1
    return model.Operation(
        operation.id,
        operation.method,
        operation.path,
        operation.line,
        operation.traits,
        _shown(contract.published(operation).path) if is_one_of_several else "",
    )


def _shown(path: Path) -> str:
    """A path as a report names it: relative to the current directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(os.getcwd()))  # noqa: PTH109
    except ValueError:
        return f"{path.parent.name}/{path.name}"
