"""How much of the document a run asked, as its plan had it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from conformance.contract.operation import NO_VALUE, OF_CREATED
from conformance.verdict.text import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.verdict.report import Report

NO_TRAIT = "the operation has no trait"  # of a requirement, which says nothing of the operation
ONE_REGION = "one region alone"  # as the plan says it


def partial_of(report: Report) -> str | None:
    """One clause that says of how many requirements a run of part of the catalogue was."""
    if not any(report.config.get(name) for name in ("only", "skip")):
        return None
    judged = {result.requirement for result in report.results}
    kept = len(judged & report.catalogue.keys())
    return f"partial: {kept} of {counted(len(report.catalogue), 'requirement')}"


def coverage_of(report: Report) -> str | None:
    """One clause that says how many operations were asked, and why the others were not.

    None where all of them were: then there is nothing to say.
    """
    judged = {result.operation for result in report.results if result.outcome != "not_applicable"}
    unasked = [
        operation.id
        for operation in report.operations
        if operation.id not in judged and not _is_written(report, operation.id)
    ]
    if not unasked:
        return None

    words = ", ".join(_counted([_reason(report, operation) for operation in unasked]))
    total = counted(len(report.operations), "operation")
    return f"asked {len(report.operations) - len(unasked)} of {total}; not asked: {words}"


def _is_written(report: Report, operation: str) -> bool:
    """Whether what a run created was replaced or deleted by an operation, as a law of writes asks."""
    return operation in report.asked and _reason(report, operation).startswith(OF_CREATED)


def _counted(reasons: list[str]) -> Iterator[str]:
    """How often each reason is given, the most frequent first; values that lack are named at
    once.
    """
    lacking = [reason.removeprefix(NO_VALUE) for reason in reasons if reason.startswith(NO_VALUE)]
    names = list(dict.fromkeys(name for each in lacking for name in each.split(", ")))
    common = f"{NO_VALUE}{joined(names)}"
    grouped = (common if reason.startswith(NO_VALUE) else reason for reason in reasons)
    for reason, count in Counter(grouped).most_common():
        yield f"{count} because {reason}"


def _reason(report: Report, operation: str) -> str:
    """Why an operation was not asked, as the plan says of a requirement that would apply to it."""
    of_shard = report.config.get("shard") and not report.runs
    for result in report.results:
        if result.operation != operation or result.message.startswith(NO_TRAIT):
            continue
        if not (of_shard and result.message == ONE_REGION):
            return result.message
    if of_shard:
        return "this shard has none of their checks"
    return "no requirement of this run applies"
