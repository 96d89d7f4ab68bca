"""GitHub Actions: annotations in the log, and the summary of a step."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.reading import must_not_wait
from conformance.reports.locations import location_of
from conformance.verdict.problems import problems_of
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.verdict.compare import Comparison
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Report

# GitHub shows ten annotations of each level for a step and drops the rest.
_MOST = 10
_LONGEST = 1_000  # characters of a line
_WHOLE = 4_000  # characters of an annotation; GitHub cuts at 4,096


def annotation_commands(report: Report) -> Iterator[str]:
    """The workflow commands that annotate the operations with failures and warnings."""
    for problem in problems_of(report, "failed", "broken")[:_MOST]:
        yield _annotation("error", report, problem)
    for problem in problems_of(report, "warned")[:_MOST]:
        yield _annotation("warning", report, problem)
    if report.verdict == "unverified":
        yield command("error", {"title": "unverified"}, visible(report.sentence))


def _annotation(level: str, report: Report, problem: Problem) -> str:
    properties = {"title": visible(f"{problem.requirement.id} {problem.place}")}
    if place := location_of(report, problem.operations[0]):
        properties |= {"file": visible(place.path), "line": str(place.line)}
    lines = [problem.requirement.promise, problem.results[0].message]
    lines += [f"explains {line.requirement}: {line.sentence}" for line in problem.consequences]
    message = "\n".join(cut(line, _LONGEST) for line in lines)
    return command(level, properties, cut(message, _WHOLE))


def command(name: str, properties: dict[str, str], message: str) -> str:
    """A workflow command, escaped as the runner expects."""
    # The runner executes `##[command]` anywhere in a line.
    fields = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {fields}::{_data(message)}".replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def add_step_summary(report: Report, comparison: Comparison | None = None) -> None:
    """Add the Markdown summary to the step's page, within GitHub's limit for a step."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from conformance.reports.comparison import comparison_markdown
    from conformance.reports.markdown import MOST_BYTES, summary

    page = Path(path)
    changes = comparison_markdown(comparison) if comparison else ""
    # The page is a courtesy of CI: that it cannot be written is no trouble of the run.
    with suppress(OSError):
        if page.exists():
            must_not_wait(page)
        taken = page.stat().st_size if page.exists() else 0
        left = MOST_BYTES - taken - len(changes.encode())
        if left > 0:
            with page.open("a", encoding="utf-8") as target:
                target.write(changes + summary(report, left) + "\n")
