"""The files of a run: each written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.verdict.compare import Comparison
    from conformance.verdict.report import Report

    Render = Callable[[Report, Path, TextIO], None]


def write_reports(
    report: Report, events: Path, out: Path, comparison: Comparison | None = None
) -> list[Path]:
    """Write every view of a report into a directory; return the files, in the order to
    name them.
    """
    from conformance.reports.github import add_step_summary

    written = write_all(report, events, out, tuple(renderers()))
    add_step_summary(report, comparison)
    return written


def write_all(report: Report, events: Path, out: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the views named, each whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name in formats:
        file_name, render = renderers()[name]
        with whole(out / file_name) as target:
            render(report, events, target)
        written.append(out / file_name)
    return written


def renderers() -> dict[str, tuple[str, Render]]:
    """Every format with its file's name and what renders it."""
    return {
        "html": ("report.html", _html),
        "junit": ("junit.xml", _junit),
        "json": ("report.json", _json),
        "markdown": ("summary.md", _markdown),
        "har": ("traffic.har", _har),
        "sarif": ("report.sarif", _sarif),
        "codequality": ("codequality.json", _codequality),
        "ctrf": ("ctrf.json", _ctrf),
    }


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # what says no name of a file


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """Open a text file that appears under its name only when all of it is on the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        # Nobody asked for the temporary name.
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        # Half of a surrogate pair, which JSON can spell and UTF-8 cannot, becomes visible text.
        errors = "backslashreplace"
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n", errors=errors) as target:
            yield target
        _readable(Path(name))
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in FULL and error.filename is None:
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise


def _readable(path: Path) -> None:
    # mkstemp makes files for their owner alone; a report is made to be handed on.
    umask = os.umask(0)
    os.umask(umask)
    path.chmod(0o666 & ~umask)


def _json(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.json import write_json

    write_json(report, target)


def _junit(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.junit import write_junit

    write_junit(report, target)


def _html(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.html.page import write_html

    write_html(report, events, target)


def _markdown(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.markdown import summary

    target.write(summary(report) + "\n")


def _har(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.har import write_har

    write_har(report, events, target)


def _sarif(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.sarif import sarif_document

    json.dump(sarif_document(report), target, ensure_ascii=False, indent=1)
    target.write("\n")


def _ctrf(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.ctrf import write_ctrf

    write_ctrf(report, target)


def _codequality(report: Report, events: Path, target: TextIO) -> None:
    from conformance.reports.codequality import code_quality

    json.dump(code_quality(report), target, ensure_ascii=False, indent=1)
    target.write("\n")
