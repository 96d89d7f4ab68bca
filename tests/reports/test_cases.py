"""Cases for readers that know of tests alone: few for what was not asked."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from junitparser import JUnitXml, Skipped

from conformance.reports.cases import ASKED, cases_of
from conformance.reports.ctrf import write_ctrf
from conformance.reports.junit import write_junit
from tests.support.samples import green

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

WHY = "a request could change state"


def unasked(concluded: Callable[[Sample], Report]) -> tuple[Report, str]:
    """A green run whose last operation was not asked, and its name."""
    report = concluded(green())
    name = report.operations[-1].id
    results = tuple(
        replace(one, outcome="not_applicable", message=WHY) if one.operation == name else one
        for one in report.results
    )
    return replace(report, results=results), name


def test_what_was_asked_has_a_case_for_each_result(concluded) -> None:
    """Nothing is left out."""
    report = concluded(green())
    assert cases_of(report) == list(report.results)


def test_an_operation_that_was_not_asked_has_one_case_for_each_region(concluded) -> None:
    """All of its requirements would say the same."""
    report, name = unasked(concluded)
    cases = [one for one in cases_of(report) if one.operation == name]
    assert [(one.requirement, one.message) for one in cases] == [
        (ASKED, f"not asked: {WHY}") for _ in cases
    ]
    regions = {one.region for one in report.results if one.operation == name}
    assert sorted(map(str, regions)) == sorted(str(one.region) for one in cases)


def test_both_formats_skip_it_once(concluded) -> None:
    """With its reason, and totals that add up."""
    report, name = unasked(concluded)
    junit, ctrf = io.StringIO(), io.StringIO()
    write_junit(report, junit)
    write_ctrf(report, ctrf)

    cases = [case for suite in JUnitXml.fromstring(junit.getvalue().encode()) for case in suite]
    skipped = [case for case in cases if f".{name}." in case.classname]
    assert {result.message for case in skipped for result in case.result} == {f"not asked: {WHY}"}
    assert all(isinstance(result, Skipped) for case in skipped for result in case.result)

    found = json.loads(ctrf.getvalue())["results"]
    assert found["summary"]["tests"] == len(found["tests"]) == len(cases)
    assert {one["name"] for one in found["tests"] if one["suite"][0] == name} == {
        f"asked [{one.region}]" if one.region else "asked"
        for one in report.results
        if one.operation == name
    }
