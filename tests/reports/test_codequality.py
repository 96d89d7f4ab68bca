"""GitLab's code quality report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from conformance.reports.codequality import code_quality
from tests.support.samples import cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

# docs.gitlab.com/ci/testing/code_quality: what an entry must have for a merge request to show it.
ISSUE = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "minLength": 1},
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"minimum": 1}},
                },
            },
        },
    },
}


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile, many])
def test_gitlab_would_take_it(concluded: Concluded, sample: Callable[[], Sample]) -> None:
    """Each entry has what GitLab reads, and no two have the same fingerprint."""
    issues = code_quality(concluded(sample()))
    jsonschema_rs.Draft202012Validator({"type": "array", "items": ISSUE}).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_a_merge_request_shows_the_failure_and_what_it_explains(concluded: Concluded) -> None:
    """What is explained is as severe as its level says: to explain is not to excuse."""
    issues = {issue["check_name"]: issue for issue in code_quality(concluded(one_fault()))}
    assert issues["PAG-03"]["severity"] == "critical"
    assert issues["PAG-03"]["location"] == {"path": "spec/openapi.yaml", "lines": {"begin": 6}}
    assert issues["PAG-03"]["description"].startswith(
        "india · list-batch-calls: has_more is offset"
    )
    assert issues["PAG-05"]["severity"] == "critical"
    assert "explained by PAG-03" in issues["PAG-05"]["description"]


def test_a_green_run_has_no_issues(concluded: Concluded) -> None:
    """An empty list clears what an earlier run reported."""
    assert code_quality(concluded(green())) == []
