"""`report.json` read back: an earlier report, checked before anything is compared with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conformance.events.errors import Unreadable
from conformance.reports.json import REPORT_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path


class NotAReport(Unreadable):
    """A file is not a `report.json` of this suite."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: not a report of this suite: {problem}.")


class UnknownReport(Unreadable):
    """A report was written for another version of the schema."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path}: a report of schema {version!r}; this version reads schema {REPORT_SCHEMA}. "
            "Render it again from its events.ndjson with `conformance report`."
        )


class NothingToGateOn(Unreadable):
    """`--gate new` without an earlier report: everything would be new."""

    def __init__(self) -> None:
        super().__init__("--gate new needs --baseline REPORT.json: what is new is measured by it.")


def must_be_report(baseline: Path | None, gate: str) -> None:
    """Refuse a baseline that cannot be compared with before anything is asked; raises Unreadable."""
    if baseline is None:
        if gate == "new":
            raise NothingToGateOn
        return
    try:
        read_report(baseline)
    except OSError as error:
        raise Unreadable(f"--baseline {baseline}: cannot be read: {error.strerror}.") from None
    except Unreadable as error:
        raise Unreadable(f"--baseline {error}") from None


def read_report(path: Path) -> dict[str, Any]:
    """Read a report; raises NotAReport, UnknownReport or OSError."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise NotAReport(path, "it is not UTF-8 text") from None
    except ValueError as error:
        raise NotAReport(path, f"it is not JSON ({_hint(path, error)})") from None
    except RecursionError:
        raise NotAReport(path, "it is nested too deeply") from None
    if isinstance(document, dict) and document.get("schema", REPORT_SCHEMA) != REPORT_SCHEMA:
        raise UnknownReport(path, document["schema"])
    _must_validate(path, document)
    return dict(document)


def _hint(path: Path, error: ValueError) -> str:
    if path.suffix == ".ndjson":
        return "an event stream: make a report of it with `conformance report`"
    return str(error)


def _must_validate(path: Path, document: Any) -> None:
    import jsonschema_rs

    from conformance.events.schema import validator

    try:
        validator("report").validate(document)
    except jsonschema_rs.ValidationError as error:
        place = "/".join(str(part) for part in error.instance_path)
        raise NotAReport(path, f"{f'/{place}: ' if place else ''}{error.message[:200]}") from None
