"""The first and the last event of a run's stream."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from conformance import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conformance.plan import Entry
    from conformance.runner.session import Session


def header(session: Session, expected: Iterable[Entry]) -> dict[str, Any]:
    """What the run was asked to do; `expected` are the entries of the plan that it must judge."""
    contract, settings = session.contract, session.settings
    config = settings.shown()
    return {
        "event": "header",
        "schema": 1,
        "suite": __version__,
        "run": uuid.uuid4().hex[:12],
        "started": _now(),
        "seed": settings.seed,
        "profile": settings.profile,
        "strict": settings.strict,
        "document": _document(session),
        "regions": {name: _region(session, name) for name in session.regions},
        "config": config,
        "catalogue": [requirement.to_event() for requirement in contract.requirements.values()],
        "operations": [
            {
                "id": operation.id,
                "method": operation.method,
                "path": operation.path,
                "line": operation.line,
                "traits": list(operation.traits),
            }
            for operation in contract.operations
        ],
        "expected": [[entry.requirement, entry.operation, entry.region] for entry in expected],
        "not_applicable": [
            [entry.requirement, entry.operation, entry.region, entry.reason]
            for entry in session.plan.not_applicable
        ],
        "waivers": config["waivers"],
    }


def footer(session: Session, requests: Mapping[str, int], stopped: str | None) -> dict[str, Any]:
    """How the run ended: `requests` by region, and why it was stopped if it was."""
    return {
        "event": "footer",
        "finished": _now(),
        "duration_seconds": round(time.monotonic() - session.started, 3),
        "requests": dict(requests),
        "stopped": stopped,
        "error": None,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _document(session: Session) -> dict[str, str]:
    contract = session.contract
    info = contract.document.get("info") or {}
    return {
        "title": str(info.get("title", "")),
        "version": str(info.get("version", "")),
        "path": _shown(contract.path),
        "overlay": ", ".join(_shown(overlay) for overlay in contract.overlays),
    }


def _region(session: Session, name: str) -> dict[str, Any]:
    state = session.states.get(name)
    return {
        "url": session.regions[name],
        "key": session.secrets[name].variable,
        "latency_ms": state.latency_ms if state else None,
        "rows": state.rows if state else None,
    }


def _shown(path: Path) -> str:
    """A path as a report names it: relative to the current directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(os.getcwd()))  # noqa: PTH109
    except ValueError:
        return f"{path.parent.name}/{path.name}"
