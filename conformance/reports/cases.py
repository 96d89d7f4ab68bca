"""The cases of a report for readers that know of test cases alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.verdict.coverage import unasked_of

if TYPE_CHECKING:
    from conformance.verdict.report import Report, Result

ASKED = "asked"  # in the place of a requirement's id


def cases_of(report: Report) -> list[Result]:
    """A result for each requirement, operation and region; of an operation that was not asked one
    for each region, which says why: all of its requirements say the same.
    """
    unasked, cases = unasked_of(report), []
    seen: set[tuple[str, str | None]] = set()
    for result in report.results:
        reason = unasked.get(result.operation)
        place = result.operation, result.region
        if reason is None:
            cases.append(result)
        elif place not in seen:
            seen.add(place)
            message = f"not asked: {reason}"
            cases.append(
                replace(result, requirement=ASKED, area="document", message=message, needed={})
            )
    return cases
