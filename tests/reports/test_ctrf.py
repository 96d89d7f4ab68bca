"""CTRF: the form as published (spec 0.0.0), counts that add up, no green where nothing was seen."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from conformance.reports.ctrf import write_ctrf
from tests.support.samples import cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

COUNTS = ("tests", "passed", "failed", "skipped", "pending", "other", "start", "stop", "duration")
TEST = ("message", "trace", "filePath", "rawStatus", "type")
# github.com/ctrf-io/ctrf, schema/ctrf.schema.json: what it demands of what is written here.
SCHEMA = {
    "type": "object",
    "required": ["results", "reportFormat", "specVersion"],
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"},
        "reportId": {"format": "uuid"},
        "timestamp": {"format": "date-time"},
        "results": {
            "required": ["tool", "summary", "tests"],
            "properties": {
                "tool": {"required": ["name"]},
                "summary": {
                    "required": list(COUNTS[:-1]),
                    "properties": {name: {"type": "integer"} for name in COUNTS}
                    | {"extra": {"type": "object"}},
                    "additionalProperties": False,
                },
                "tests": {
                    "items": {
                        "required": ["name", "status", "duration"],
                        "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "status": {"enum": ["passed", "failed", "skipped", "pending", "other"]},
                            "duration": {"type": "integer"},
                            "line": {"type": "integer"},
                            "suite": {"type": "array", "minItems": 1},
                            "tags": {"type": "array", "items": {"type": "string"}},
                            "extra": {"type": "object"},
                            **{name: {"type": "string"} for name in TEST},
                        },
                        "additionalProperties": False,
                    }
                },
            },
        },
    },
}


def document(report: Report) -> dict[str, Any]:
    target = io.StringIO()
    write_ctrf(report, target)
    parsed: dict[str, Any] = json.loads(target.getvalue())
    return parsed


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile, many])
def test_the_form_is_the_published_one(concluded: Concluded, sample: Callable[[], Sample]) -> None:
    """Every sample, and the counts are those of the tests."""
    written = document(concluded(sample()))
    jsonschema_rs.Draft7Validator(SCHEMA, validate_formats=True).validate(written)
    summary, tests = written["results"]["summary"], written["results"]["tests"]
    assert summary["tests"] == len(tests)
    for kind in ("passed", "failed", "skipped", "pending", "other"):
        assert summary[kind] == sum(test["status"] == kind for test in tests)


def test_a_failure_has_its_findings_and_its_cause(concluded: Concluded) -> None:
    """Expected, actual and command in the trace; what explains it beside."""
    tests = {
        (test["tags"][0], test["extra"]["region"]): test
        for test in document(concluded(one_fault()))["results"]["tests"]
    }
    failed = tests["PAG-03", "india"]
    assert (failed["status"], failed["rawStatus"]) == ("failed", "failed")
    assert "actual:   has_more true\ncurl -sS" in failed["trace"]
    assert tests["PAG-05", "india"]["extra"]["explained_by"] == ["PAG-03"]
    assert "message" not in tests["PAG-03", "global"]


def test_what_could_not_be_verified_is_no_skipped_test(concluded: Concluded) -> None:
    """Skipped is fine to a CI, and this is not."""
    tests = document(concluded(cut()))["results"]["tests"]
    unsure = {test["status"] for test in tests if test["rawStatus"] == "inconclusive"}
    assert unsure == {"other"}
