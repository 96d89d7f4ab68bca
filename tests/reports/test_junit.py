"""`junit.xml`: valid where CIs validate, read by a real reader, and never greener than the run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree

from conformance.reports.junit import write_junit
from tests.support.samples import cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from junitparser import TestCase, TestSuite

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

SCHEMAS = Path(__file__).parents[1] / "support" / "schemas"


def written(report: Report) -> bytes:
    target = io.StringIO()
    write_junit(report, target)
    return target.getvalue().encode()


def suites(report: Report) -> dict[str, TestSuite]:
    return {suite.name: suite for suite in JUnitXml.fromstring(written(report))}


def case(report: Report, name: str) -> TestCase:
    return next(case for suite in suites(report).values() for case in suite if case.name == name)


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile, many])
def test_jenkins_and_surefire_would_take_it(
    concluded: Concluded, sample: Callable[[], Sample]
) -> None:
    """A file outside the schema is skipped by Jenkins, and its failures with it."""
    root = etree.fromstring(written(concluded(sample())))
    etree.XMLSchema(etree.parse(SCHEMAS / "jenkins-junit.xsd")).assertValid(root)
    surefire = etree.XMLSchema(etree.parse(SCHEMAS / "surefire.xsd"))
    for suite in root:
        surefire.assertValid(etree.fromstring(etree.tostring(suite)))


def test_there_is_a_case_for_each_result(concluded: Concluded) -> None:
    """Requirement, operation and region: each combination is one case with one name."""
    report = concluded(many())
    found = [(case.classname, case.name) for suite in suites(report).values() for case in suite]
    assert len(found) == len(set(found)) == len(report.results)
    assert ("formant.list-batch-calls.pagination", "PAG-03 [india]") in found
    assert ("formant.list-batch-calls.parity", "PAR-01") in found


def test_names_are_the_same_whatever_the_outcome(concluded: Concluded) -> None:
    """A CI plots the history of a name."""
    assert list(suites(concluded(green()))) == list(suites(concluded(faulty_region())))


def test_a_failure_is_a_failure_with_the_promise_and_the_command(concluded: Concluded) -> None:
    """What a CI shows of a failed case is enough to see it again."""
    failed = case(concluded(one_fault()), "PAG-03 [india]")
    (failure,) = failed.result
    assert isinstance(failure, Failure)
    assert "expected has_more false" in failure.message
    assert "has_more is offset + rows < total" in failure.text
    assert "curl -sS 'https://api.in.voice.formantai.com" in failed.system_out


def test_facts_are_properties(concluded: Concluded) -> None:
    """Requirement, level, region, operation, outcome and evidence, for tools that filter."""
    suite = suites(concluded(one_fault()))["formant.list-batch-calls.pagination.PAG-05 [india]"]
    facts = {fact.name: fact.value for fact in suite.properties()}
    assert facts["requirement"] == "PAG-05"
    assert (facts["level"], facts["region"], facts["operation"]) == (
        "MUST",
        "india",
        "list-batch-calls",
    )
    assert (facts["outcome"], facts["evidence"], facts["caused_by"]) == (
        "failed",
        "pages=42",
        "PAG-03",
    )


@pytest.mark.parametrize(
    ("requirement", "change", "kind"),
    [
        ("PAG-03", {"state": "broken", "reason": "KeyError"}, Error),
        ("PAG-03", {"evidence": {}}, Error),
        ("AUT-08", {"evidence": {}}, Skipped),
        ("PAG-03", {"state": "not_applicable", "reason": "one page"}, Skipped),
    ],
    ids=["broken", "inconclusive MUST", "inconclusive SHOULD", "not applicable"],
)
def test_what_did_not_pass_is_not_green(
    concluded: Concluded, requirement: str, change: dict[str, object], kind: type
) -> None:
    """A CI counts skipped as fine, so an inconclusive MUST is an error."""
    sample = green()
    sample.judgement(requirement, "india").update(change)
    (said,) = case(concluded(sample), f"{requirement} [india]").result
    assert isinstance(said, kind)
    assert said.message


def test_a_warning_passes_and_says_so(concluded: Concluded) -> None:
    """A SHOULD does not fail the build; its output tells what was seen."""
    warned = case(concluded(faulty_region()), "AUT-08 [india]")
    assert warned.result == []
    assert "no such header on 14 of 14 refusals" in warned.system_out


def test_totals_add_up(concluded: Concluded) -> None:
    """The root counts what the cases say."""
    root = JUnitXml.fromstring(written(concluded(faulty_region())))
    cases = [case for suite in root for case in suite]
    kinds = [type(said) for case in cases for said in case.result]
    assert (root.tests, root.failures, root.errors) == (
        len(cases),
        kinds.count(Failure),
        kinds.count(Error),
    )
    assert (root.failures, root.errors) == (4, 1)


def test_what_xml_forbids_is_spelled_out(concluded: Concluded) -> None:
    """Control characters of a server do not make the file unreadable, nor do they vanish."""
    failed = case(concluded(hostile()), "FIL-06 [india]")
    assert "\\u0000\\u001b[31m" in failed.result[0].text
    assert "</script>" in failed.result[0].text
