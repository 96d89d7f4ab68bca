"""What was not judged, by its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.verdict.reasons import unjudged_of
from tests.support.samples import green, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]
DOUBT = {"state": "inconclusive", "reason": "too few rows", "evidence": {}}


def test_requirements_that_lack_the_same_regions_are_named_together(concluded: Concluded) -> None:
    """Each once, and without the operation where the run judged no other one."""
    sample = green()
    for requirement in ("PAG-03", "PAG-05"):
        sample.judgement(requirement, "india").update(DOUBT)
    for region in ("global", "india"):
        sample.judgement("PAG-06", region).update(DOUBT)

    report = concluded(sample)
    [group] = unjudged_of(report, "inconclusive")
    assert group.words(report) == "PAG-03, PAG-05 india; PAG-06 global, india"


def test_operations_are_named_where_the_run_judged_several(concluded: Concluded) -> None:
    """Each once, and a requirement once for all of them."""
    sample = many()
    for operation in ("list-things-01", "list-things-02"):
        sample.judgement("PAG-03", "india", operation).update(DOUBT)

    report = concluded(sample)
    groups = {group.reason: group for group in unjudged_of(report, "inconclusive")}
    words = groups["too few rows"].words(report)
    assert words == "PAG-03 india · list-things-01, list-things-02"
