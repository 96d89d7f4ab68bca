"""`report.sarif`: SARIF 2.1.0; the requirement is the rule, the operation's line the place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from conformance.reports.locations import location_of
from conformance.verdict.text import cut, without_controls

if TYPE_CHECKING:
    from conformance.events.model import Requirement
    from conformance.verdict.report import Outcome, Report, Result

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# GitHub's limit for one run. Failures come first, so the least important results are left out.
MOST_RESULTS = 5_000
_ORDER: tuple[Outcome, ...] = ("failed", "broken", "inconclusive", "warned", "waived")
_LONGEST = 1_000
_NOTES = {"error": "error", "warning": "warning"}


def sarif_document(report: Report) -> dict[str, Any]:
    """The report as a SARIF log."""
    results = [result for outcome in _ORDER for result in report.having(outcome)][:MOST_RESULTS]
    rules = [report.requirement(result) for result in results]
    rules = list({rule.id: rule for rule in [*report.catalogue.values(), *rules]}.values())
    rule_indices = {rule.id: index for index, rule in enumerate(rules)}
    driver = {
        "name": "formant-conformance",
        "version": report.suite,
        "semanticVersion": report.suite,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"formant-conformance/{report.profile}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(report, result, rule_indices) for result in results],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(requirement: Requirement) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "name": requirement.id.replace("-", ""),
        "shortDescription": {"text": requirement.promise},
        "fullDescription": {"text": f"{requirement.level}: {requirement.promise}"},
        "help": {"text": f"Source: {requirement.source or 'not stated'}"},
        "defaultConfiguration": {"level": "error" if requirement.level == "MUST" else "warning"},
        "properties": {"tags": [requirement.area, requirement.level], "precision": "very-high"},
    }


def _invocation(report: Report) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": report.verdict != "unverified",
        "exitCode": report.exit_code,
        "startTimeUtc": report.started,
        "toolExecutionNotifications": [
            {"level": _NOTES.get(notice.level, "note"), "message": {"text": _text(notice.message)}}
            for notice in report.notices
        ],
    }
    return invocation | ({"endTimeUtc": report.finished} if report.finished else {})


def _result(report: Report, result: Result, rule_indices: dict[str, int]) -> dict[str, Any]:
    document: dict[str, Any] = {
        "ruleId": result.requirement,
        "ruleIndex": rule_indices[result.requirement],
        "kind": {"failed": "fail", "warned": "fail", "waived": "fail"}.get(
            result.outcome, "review"
        ),
        "level": _level(result),
        "message": {"text": _message(result)},
        "locations": [_location(report, result)],
        "partialFingerprints": {"requirementOperationRegion/v1": fingerprint(result)},
        "properties": {
            "outcome": result.outcome,
            "region": result.region or "",
            "evidence": dict(result.evidence),
            "causedBy": list(result.caused_by),
        },
    }
    if result.waiver:
        justification = (
            f"{result.waiver.reason} ({result.waiver.owner}, until {result.waiver.expires})"
        )
        document["suppressions"] = [{"kind": "external", "justification": _text(justification)}]
    return document


def _level(result: Result) -> str:
    if result.outcome in ("broken", "inconclusive"):
        # SARIF 2.1.0 3.27.10: a kind other than `fail` has the level `none`.
        return "none"
    return "error" if result.level == "MUST" else "warning"


def _message(result: Result) -> str:
    parts = [f"{result.place}: {result.message}"]
    parts += [f"explained by {', '.join(result.caused_by)}"] if result.caused_by else []
    parts += [f"again: {finding.curl}" for finding in result.findings[:1] if finding.curl]
    return "\n".join(_text(part) for part in parts)


def _location(report: Report, result: Result) -> dict[str, Any]:
    logical = [{"fullyQualifiedName": result.operation, "kind": "function"}]
    place = location_of(report, result.operation)
    if place is None:
        return {"logicalLocations": logical}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path)},
            "region": {"startLine": place.line},
        },
        "logicalLocations": logical,
    }


def fingerprint(result: Result) -> str:
    """What identifies a result from run to run."""
    return hashlib.sha256("\0".join([*map(str, result.key)]).encode()).hexdigest()


def _text(text: str) -> str:
    return cut(without_controls(text), _LONGEST)
