"""Where a finding stands in the user's own files: never in those of the package."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.verdict.report import Report


@dataclass(frozen=True, slots=True)
class Location:
    """A line of a file; the path is relative to the repository, with forward slashes."""

    path: str
    line: int


def location_of(report: Report, operation: str, folder: Path | None = None) -> Location | None:
    """The line of the document that an operation starts at, or of the file that chose the run:
    the settings, else the workflow of GitHub, which takes no finding without a file.

    None where neither is a file of the repository that the run was started in: the bundled document
    of an installed package is nobody's to mend.
    """
    base = folder or Path.cwd()
    document = report.document_of(operation)
    if document and _is_own(report, base / document):
        return Location(_in_repository(base, document), max(report.line(operation), 1))
    settings = str(report.config.get("config") or "conformance.toml")
    if (base / settings).is_file() and not Path(settings).is_absolute():
        return Location(_in_repository(base, settings), 1)
    workflow = _workflow(os.environ.get("GITHUB_WORKFLOW_REF", ""))
    return Location(workflow, 1) if workflow and (base / workflow).is_file() else None


def _workflow(reference: str) -> str:
    """The path in `owner/name/.github/workflows/file.yml@ref`."""
    parts = reference.partition("@")[0].split("/", 2)
    return parts[2] if len(parts) > len(("owner", "name")) else ""


def _is_own(report: Report, path: Path) -> bool:
    """Whether a document is one of the user's: named by the run, or there and in no package."""
    is_installed = any(part in ("site-packages", "dist-packages") for part in path.parts)
    return bool(report.config.get("spec")) or (path.is_file() and not is_installed)


@lru_cache(maxsize=64)  # every result of a run asks for one of a few files
def _in_repository(base: Path, path: str) -> str:
    """A path as code hosts read it: from the root of the repository, where the run is in one."""
    plain = path.replace("\\", "/").removeprefix("./")
    root = next((one for one in (base, *base.parents) if (one / ".git").exists()), base)
    whole = (base / plain).resolve()
    if not whole.is_relative_to(root.resolve()):
        return plain.lstrip("/")
    return whole.relative_to(root.resolve()).as_posix()
