"""SARIF: valid by its schema, the requirement as rule, the operation's line as place."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from conformance.reports.sarif import sarif_document
from tests.support.published import published
from tests.support.samples import cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def results(report: Report) -> dict[tuple[str, str], dict[str, Any]]:
    (run,) = sarif_document(report)["runs"]
    return {(one["ruleId"], one["properties"]["region"]): one for one in run["results"]}


def sarif_schema() -> dict[str, Any]:
    """The schema as published, but for one bracket that only a lenient regex engine takes."""
    schema = copy.deepcopy(published("sarif-2.1.0"))
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    for place in ("run", "toolComponent"):
        language = schema["definitions"][place]["properties"]["language"]
        language["pattern"] = language["pattern"].replace("{2}]", "{2}\\]")
    return schema


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile, many])
def test_the_published_schema_accepts_it(
    concluded: Concluded, sample: Callable[[], Sample]
) -> None:
    """What GitHub reads is SARIF 2.1.0 by the letter, formats included."""
    validator = jsonschema_rs.Draft7Validator(sarif_schema(), validate_formats=True)
    validator.validate(sarif_document(concluded(sample())))


def test_a_failure_is_an_error_at_the_operation(concluded: Concluded) -> None:
    """The alert stands at the line of the document that makes the promise."""
    found = results(concluded(one_fault()))["PAG-03", "india"]
    assert (found["kind"], found["level"]) == ("fail", "error")
    place = found["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "spec/openapi.yaml"}, "region": {"startLine": 6}}
    assert "curl -sS 'https://api.in.voice.formantai.com" in found["message"]["text"]


def test_what_was_not_judged_is_for_review(concluded: Concluded) -> None:
    """Neither fail nor pass: a person must look."""
    found = results(concluded(faulty_region()))["FIL-02", "india"]
    assert (found["kind"], found["level"]) == ("review", "none")


def test_a_waiver_is_a_suppression(concluded: Concluded) -> None:
    """What was accepted is shown as accepted, by whom and until when."""
    sample = one_fault()
    waiver = {
        "requirement": "PAG-03",
        "reason": "known",
        "owner": "voice-platform",
        "expires": "2027-03-31",
    }
    sample.header["waivers"] = [waiver]
    (suppression,) = results(concluded(sample))["PAG-03", "india"]["suppressions"]
    assert suppression == {
        "kind": "external",
        "justification": "known (voice-platform, until 2027-03-31)",
    }


def test_the_same_failure_keeps_its_fingerprint(concluded: Concluded) -> None:
    """An alert is followed from run to run, whatever else fails."""
    first, second = results(concluded(one_fault())), results(concluded(faulty_region()))
    key = "PAG-03", "india"
    assert first[key]["partialFingerprints"] == second[key]["partialFingerprints"]
    prints = [
        one["partialFingerprints"]["requirementOperationRegion/v1"] for one in second.values()
    ]
    assert len(set(prints)) == len(prints)
