"""`report.json`: the report as one JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.verdict.report import Finding, Part, Report, Result, Waiver

REPORT_SCHEMA = 1


def report_document(report: Report) -> dict[str, Any]:
    """Everything that a program may want to know of a run, bodies excepted."""
    return run_document(report) | {"results": [result_document(result) for result in report.results]}


def run_document(report: Report) -> dict[str, Any]:
    """The document less its results, of which there may be many."""
    return {
        "schema": REPORT_SCHEMA,
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "sentence": report.sentence,
        "suite": report.suite,
        "run": report.run,
        "started": report.started,
        "finished": report.finished,
        "duration_seconds": report.duration_seconds,
        "cut_short": report.cut_short,
        "profile": report.profile,
        "strict": report.strict,
        "seed": report.seed,
        "document": dict(report.document),
        "regions": {region.name: region.url for region in report.regions},
        "requests": dict(report.requests),
        "config": dict(report.config),
        "counts": dict(report.counts),
        "requirements": {
            known.id: {
                "level": known.level,
                "area": known.area,
                "statement": known.statement,
                "source": known.source,
            }
            for known in report.catalogue.values()
        },
        "notices": [asdict(notice) for notice in report.notices],
        "waivers": [_waiver(waiver) for waiver in report.waivers],
        "runs": [dict(run) for run in report.runs],
    }


def result_document(result: Result) -> dict[str, Any]:
    """One result as the document has it."""
    document: dict[str, Any] = {
        "requirement": result.requirement,
        "level": result.level,
        "area": result.area,
        "operation": result.operation,
        "region": result.region,
        "outcome": result.outcome,
        "message": result.message,
        "evidence": dict(result.evidence),
        "needed": dict(result.needed),
        "seconds": round(result.seconds, 6),
        "findings": [_finding(finding) for finding in result.findings],
    }
    if result.omitted:
        document["omitted"] = result.omitted
    if result.caused_by:
        document["caused_by"] = list(result.caused_by)
    if result.waiver:
        document["waiver"] = _waiver(result.waiver)
    if result.parts:
        document["parts"] = [_part(part) for part in result.parts]
    return document


def _finding(finding: Finding) -> dict[str, Any]:
    document: dict[str, Any] = {
        "expected": finding.expected,
        "actual": finding.actual,
        "level": finding.level,
        "exchanges": list(finding.exchanges),
    }
    optional = {
        "note": finding.note,
        "curl": finding.curl,
        "keeps": list(finding.keeps),
        "breaks": list(finding.breaks),
        "walk": dict(finding.walk) if finding.walk else None,
    }
    return document | {name: value for name, value in optional.items() if value}


def _part(part: Part) -> dict[str, Any]:
    return {
        "run": part.run,
        "outcome": part.outcome,
        "message": part.message,
        "evidence": dict(part.evidence),
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return asdict(waiver)
