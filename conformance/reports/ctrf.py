"""`ctrf.json`: Common Test Report Format, a test for each requirement, operation and region."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.reports.cases import ASKED, cases_of
from conformance.reports.locations import location_of
from conformance.verdict.text import cut, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from conformance.verdict.report import Outcome, Report, Result

SPECIFICATION = "0.0.0"
_LONGEST = 4_000
# A CI counts a skipped test as fine: a MUST that could not be verified is `other`, which it shows.
_STATUSES: dict[Outcome, str] = {
    "passed": "passed",
    "failed": "failed",
    "warned": "passed",
    "broken": "other",
    "inconclusive": "other",
    "unexercised": "skipped",
    "waived": "skipped",
    "not_applicable": "skipped",
}
_KINDS = ("passed", "failed", "skipped", "pending", "other")


def write_ctrf(report: Report, target: TextIO) -> None:
    """Write the report test by test: a large run has hundreds of thousands."""
    cases = cases_of(report)
    head = json.dumps(_head(report, cases), ensure_ascii=False)
    target.write(f'{head[:-2]}, "tests": [')
    separator = "\n"
    for result in cases:
        target.write(separator + json.dumps(_test(report, result), ensure_ascii=False))
        separator = ",\n"
    target.write("\n]}}\n")


def _head(report: Report, cases: Sequence[Result]) -> dict[str, Any]:
    """The document up to its tests; `results` is its last key, and `tests` goes into that."""
    counts = Counter(_STATUSES[result.outcome] for result in cases)
    start = _milliseconds(report.started)
    duration = round(report.duration_seconds * 1000)
    summary = {"tests": len(cases)} | {kind: counts[kind] for kind in _KINDS}
    times = {"start": start, "stop": start + duration, "duration": duration}
    extra = {"verdict": report.verdict, "sentence": report.sentence, "seed": report.seed}
    if report.config.get("insecure"):
        extra["insecure"] = True
    return {
        "reportFormat": "CTRF",
        "specVersion": SPECIFICATION,
        "reportId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"formant-conformance:{report.run}")),
        "timestamp": report.started,
        "generatedBy": f"formant-conformance {report.suite}",
        "results": {
            "tool": {"name": "formant-conformance", "version": report.suite},
            "summary": summary | times | {"extra": extra},
        },
    }


def _test(report: Report, result: Result) -> dict[str, Any]:
    where = f" [{result.region}]" if result.region else ""
    test: dict[str, Any] = {
        "name": f"{result.requirement}{where}{_promise(report, result)}",
        "status": _STATUSES[result.outcome],
        "duration": round(result.seconds * 1000),
        "suite": [result.operation, result.area],
        "rawStatus": result.outcome,
        "type": "contract",
        "tags": [result.requirement, result.level, result.area],
        "extra": {"region": result.region or "", "evidence": dict(result.evidence)},
    }
    if result.outcome == "passed":
        return test
    test["message"] = _text(result.message)
    if result.caused_by:
        test["extra"]["explained_by"] = list(result.caused_by)
    if trace := "\n".join(_trace(result)):
        test["trace"] = _text(trace)
    if location := location_of(report, result.operation):
        test |= {"filePath": location.path, "line": location.line}
    return test


def _promise(report: Report, result: Result) -> str:
    return "" if result.requirement == ASKED else f": {report.requirement(result).promise}"


def _trace(result: Result) -> Iterator[str]:
    """Each finding: expected, actual, and the command that shows it again."""
    for finding in result.findings:
        yield f"expected: {finding.expected}"
        yield f"actual:   {finding.actual}"
        if finding.curl:
            yield finding.curl


def _milliseconds(moment: str) -> int:
    try:
        return round(datetime.fromisoformat(moment).timestamp() * 1000)
    except ValueError:
        return 0


def _text(text: str) -> str:
    return cut(without_controls(text), _LONGEST)
