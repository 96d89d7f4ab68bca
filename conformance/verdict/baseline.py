"""`report.json` read back: an earlier report, checked before anything is compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from conformance.events.errors import Unreadable
from conformance.reading import whole_file
from conformance.verdict.document import REPORT_SCHEMA, ReportDocument

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.compare import ComparedReport


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
    """Refuse a baseline that cannot be compared with before anything is asked; raises
    Unreadable.
    """
    if baseline is None:
        if gate == "new":
            raise NothingToGateOn
        return
    try:
        read_baseline(baseline)
    except OSError as error:
        raise Unreadable(f"--baseline {baseline}: cannot be read: {error.strerror}.") from None
    except Unreadable as error:
        raise Unreadable(f"--baseline {error}") from None


def read_baseline(path: Path) -> ComparedReport:
    """Read what a run is compared with: a report, or a file of known failures; raises Unreadable,
    OSError.
    """
    from conformance.verdict.known import is_baseline, read_known

    return read_known(path) if is_baseline(path) else read_report(path)


def read_report(path: Path) -> ReportDocument:
    """Read a report; raises NotAReport, UnknownReport or OSError."""
    text = whole_file(path)
    version = _version(path, text)
    if version != REPORT_SCHEMA:
        raise UnknownReport(path, version)

    try:
        return msgspec.json.decode(text, type=ReportDocument)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAReport(path, str(error)) from None


class _Version(msgspec.Struct):
    schema: Any = REPORT_SCHEMA


def _version(path: Path, text: bytes) -> object:
    """The version of the schema that a report names; raises NotAReport for what is no
    JSON object.
    """
    try:
        return msgspec.json.decode(text, type=_Version).schema
    except msgspec.ValidationError as error:
        raise NotAReport(path, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAReport(path, f"it is not JSON ({_hint(path, error)})") from None
    except RecursionError:
        raise NotAReport(path, "it is nested too deeply") from None


def _hint(path: Path, error: Exception) -> str:
    if path.suffix == ".ndjson":
        return "an event stream: make a report of it with `conformance report`"
    return str(error)
