"""`report.json`: one JSON document, with one key or one result per line, so that it diffs well."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from conformance.verdict.document import (
    FindingDocument,
    NoticeDocument,
    PartDocument,
    ReportDocument,
    RequirementDocument,
    ResultDocument,
)

if TYPE_CHECKING:
    from typing import TextIO

    from conformance.events.model import Finding, Requirement
    from conformance.verdict.report import Part, Report, Result

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()


def write_json(report: Report, target: TextIO) -> None:
    """Write the document, result by result: only one of its results is in memory at a time."""
    document = run_document(report)
    start = "{"
    for name in document.__struct_fields__:
        if name != "results":
            target.write(f"{start}\n {_line(name)}: {_line(getattr(document, name))}")
            start = ","

    target.write(',\n "results": [')
    separator = ""
    for result in report.results:
        target.write(f"{separator}\n  {_line(result_document(result))}")
        separator = ","
    target.write("\n ]\n}\n")


def report_document(report: Report) -> ReportDocument:
    """The whole document; it has everything about a run except the bodies of exchanges."""
    results = tuple(result_document(result) for result in report.results)
    return msgspec.structs.replace(run_document(report), results=results)


def run_document(report: Report) -> ReportDocument:
    """The document without its results, of which there may be many."""
    return ReportDocument(
        verdict=report.verdict,
        exit_code=report.exit_code,
        gate=report.gate,
        sentence=report.sentence,
        suite=report.suite,
        run=report.run,
        started=report.started,
        finished=report.finished,
        duration_seconds=report.duration_seconds,
        cut_short=report.cut_short,
        profile=report.profile,
        strict=report.strict,
        seed=report.seed,
        document=report.document,
        regions={name: region.url for name, region in report.regions.items()},
        requests=dict(report.requests),
        config=dict(report.config),
        counts=dict(report.counts),
        requirements={name: _requirement(entry) for name, entry in report.catalogue.items()},
        notices=tuple(
            NoticeDocument(notice.level, notice.region, notice.message) for notice in report.notices
        ),
        waivers=report.waivers,
        runs=report.runs,
        results=(),
    )


def result_document(result: Result) -> ResultDocument:
    """One result of the document."""
    return ResultDocument(
        requirement=result.requirement,
        level=result.level,
        area=result.area,
        operation=result.operation,
        region=result.region,
        outcome=result.outcome,
        message=result.message,
        evidence=dict(result.evidence),
        needed=dict(result.needed),
        observations=result.observations,
        detectable_rate=_rate(result),
        seconds=round(result.seconds, 6),
        findings=tuple(map(_finding, result.findings)),
        omitted=_given(result.omitted),
        caused_by=_given(result.caused_by),
        waiver=_given(result.waiver),
        unexercised=_given(result.unexercised),
        sampled=_given(result.sampled),
        parts=_given(tuple(map(_part, result.parts))),
    )


def _rate(result: Result) -> float | UnsetType:
    rate = result.detectable_rate
    return UNSET if rate is None else round(rate, 6)


def _requirement(entry: Requirement) -> RequirementDocument:
    return RequirementDocument(entry.level, entry.area, entry.statement, entry.source)


def _finding(finding: Finding) -> FindingDocument:
    return FindingDocument(
        expected=finding.expected,
        actual=finding.actual,
        level=_given(finding.level),
        exchanges=finding.exchanges,
        note=_given(finding.note),
        curl=_given(finding.curl),
        keeps=_given(finding.keeps),
        breaks=_given(finding.breaks),
        walk=_given(finding.walk),
        at=_given(finding.at),
        sides=_given(finding.sides),
        fails=_given(finding.fails),
    )


def _part(part: Part) -> PartDocument:
    return PartDocument(part.run, part.outcome, part.message, dict(part.evidence))


def _given(value: T | None) -> T | UnsetType:
    """A value, or UNSET for an empty one, which leaves its key out of the document."""
    return value if value else UNSET


def _line(value: object) -> str:
    return _ENCODER.encode(value).decode()
