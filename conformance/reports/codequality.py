"""`codequality.json`: what GitLab shows on a merge request, at the operation's line of the
document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.reports.locations import Location, location_of
from conformance.reports.sarif import fingerprint
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from conformance.verdict.report import Outcome, Report, Result

# GitLab loads the whole report, and nobody acts on more entries in a merge request.
MOST = 1_000
_LONGEST = 1_000
_ORDER: tuple[Outcome, ...] = ("failed", "broken", "inconclusive", "warned")
_SEVERITIES = {"failed": "critical", "broken": "major", "inconclusive": "minor", "warned": "minor"}


def code_quality(report: Report) -> list[dict[str, Any]]:
    """The results that did not pass, worst first, as Code Climate issues in GitLab's form."""
    results = [result for outcome in _ORDER for result in report.having(outcome)]
    return [_issue(report, result) for result in results[:MOST]]


def _issue(report: Report, result: Result) -> dict[str, Any]:
    # GitLab shows no entry without a path; that of the settings is where a waiver would stand.
    place = location_of(report, result.operation) or Location("conformance.toml", 1)
    return {
        "type": "issue",
        "check_name": result.requirement,
        "description": _description(report, result),
        "categories": ["Compatibility"],
        "severity": _SEVERITIES[result.outcome],
        "fingerprint": fingerprint(result),
        "location": {
            "path": visible(place.path),
            "lines": {"begin": place.line},
        },
    }


def _description(report: Report, result: Result) -> str:
    promise = report.requirement(result).promise
    cause = f" (explained by {', '.join(result.caused_by)})" if result.caused_by else ""
    curl = next((f" · again: {f.curl}" for f in result.findings if f.curl), "")
    text = cut(f"{result.place}: {promise}: {result.message}{cause}", _LONGEST)
    return visible(f"{text}{curl}")
