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
NONE_OF_SHARD = "this shard has none of their checks"
NONE_APPLIES = "no requirement of this run applies"
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
    unasked = unasked_of(report)
    if not unasked:
        return None
    words = ", ".join(_counted(list(unasked.values())))
    total = counted(len(report.operations), "operation")
    return f"asked {len(report.operations) - len(unasked)} of {total}; not asked: {words}"


def unasked_of(report: Report) -> dict[str, str]:
    """The operations that were not asked, each with the reason."""
    judged = {result.operation for result in report.results if result.outcome != "not_applicable"}
    reasons = _reasons(report)
    none = NONE_OF_SHARD if _is_shard(report) else NONE_APPLIES
    unasked = {
        operation.id: reasons.get(operation.id, none)
        for operation in report.operations
        if operation.id not in judged
    }
    # What a run created was replaced or deleted by an operation, as a law of writes asks.
    return {
        operation: reason
        for operation, reason in unasked.items()
        if not (operation in report.asked and reason.startswith(OF_CREATED))
    }


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


def _reasons(report: Report) -> dict[str, str]:
    """Why operations were not asked, as the plan says of a requirement that would apply to them."""
    is_shard = _is_shard(report)
    reasons: dict[str, str] = {}
    for result in report.results:
        is_of_requirement = result.message.startswith(NO_TRAIT)
        if not is_of_requirement and not (is_shard and result.message == ONE_REGION):
            reasons.setdefault(result.operation, result.message)
    return reasons


def _is_shard(report: Report) -> bool:
    return bool(report.config.get("shard")) and not report.runs
