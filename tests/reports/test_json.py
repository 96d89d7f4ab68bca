"""`report.json`: its fixed fields, its schema, and what never appears in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import msgspec
import pytest

from conformance.events.schema import text_of
from conformance.reports.json import report_document
from conformance.reports.schema import report_schema
from conformance.verdict.document import ResultDocument
from tests.support import sample_events, samples
from tests.support.schemas import report_validator, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report

    Concluded = Callable[[samples.Sample], Report]


def document_of(report: Report) -> dict[str, Any]:
    """The report as a program reads it."""
    document: dict[str, Any] = json.loads(msgspec.json.encode(report_document(report)))
    return document


def test_the_shipped_schema_is_made_from_what_is_written() -> None:
    """After a change: `python -m conformance.reports.schema`."""
    assert shipped("conformance.reports", "report") == text_of(report_schema())


@pytest.mark.parametrize("name", ["green", "one_fault", "faulty_region", "cut", "hostile", "many"])
def test_every_report_is_valid(concluded: Concluded, name: str) -> None:
    """The schema that ships with the package describes what is written."""
    report_validator().validate(document_of(concluded(getattr(samples, name)())))


def test_the_fixed_fields_are_there(concluded: Concluded) -> None:
    """Programs rely on these names and forms."""
    document = document_of(concluded(samples.one_fault()))
    assert document["schema"] == 1
    assert (document["verdict"], document["exit_code"]) == ("nonconformant", 1)
    assert document["started"] == sample_events.STARTED
    assert document["duration_seconds"] == 4.8
    assert document["requests"] == {"global": 306, "india": 306}
    assert document["regions"] == sample_events.REGIONS
    assert document["seed"] == 7421
    failed = next(entry for entry in document["results"] if entry["outcome"] == "failed")
    assert (failed["requirement"], failed["level"], failed["region"]) == ("PAG-03", "MUST", "india")
    assert failed["evidence"] == {"pages": 42}
    assert failed["findings"][0]["actual"] == "has_more true"
    assert failed["findings"][0]["exchanges"] == ["india-0021", "india-0020"]


def test_what_is_explained_names_its_cause(concluded: Concluded) -> None:
    """`caused_by` lists requirement ids, and is absent where there is none."""
    results = document_of(concluded(samples.one_fault()))["results"]
    named = {entry["requirement"]: entry["caused_by"] for entry in results if "caused_by" in entry}
    assert named == {"PAG-05": ["PAG-03"]}


@pytest.mark.parametrize(
    "change",
    [{"exit_code": 0}, {"verdict": "fine"}, {"started": "yesterday"}, {"results": [{}]}],
    ids=["code", "verdict", "date", "result"],
)
def test_the_schema_refuses_a_report_that_contradicts_itself(
    concluded: Concluded, change: dict[str, object]
) -> None:
    """A verdict and its exit code go together; every result has its fixed fields."""
    document = document_of(concluded(samples.one_fault()))
    with pytest.raises(jsonschema_rs.ValidationError):
        report_validator().validate(document | change)


def test_under_another_gate_the_exit_code_is_not_the_verdicts(concluded: Concluded) -> None:
    """What fails and is not new lets a build pass; the document says what the process
    ended with.
    """
    document = document_of(concluded(samples.one_fault())) | {"exit_code": 0}
    report_validator().validate(document | {"gate": "new"})
    with pytest.raises(jsonschema_rs.ValidationError):
        report_validator().validate(document | {"gate": "verdict"})


def test_a_failure_without_a_finding_is_refused(concluded: Concluded) -> None:
    """By the schema, and by the value that is written and read."""
    document = document_of(concluded(samples.one_fault()))
    failed = next(result for result in document["results"] if result["outcome"] == "failed")
    failed["findings"] = []
    with pytest.raises(jsonschema_rs.ValidationError):
        report_validator().validate(document)
    with pytest.raises(msgspec.ValidationError, match="a failed result has no finding"):
        msgspec.convert(failed, ResultDocument)
