"""`report.json`: its fixed fields, its schema, and what never appears in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from conformance.events.schema import validator
from tests.support import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report

    Concluded = Callable[[samples.Sample], Report]


@pytest.mark.parametrize("name", ["green", "one_fault", "faulty_region", "cut", "hostile", "many"])
def test_every_report_is_valid(concluded: Concluded, name: str) -> None:
    """The schema that ships with the package describes what is written."""
    validator("report").validate(concluded(getattr(samples, name)()).to_json())


def test_the_fixed_fields_are_there(concluded: Concluded) -> None:
    """Programs rely on these names and forms."""
    document = concluded(samples.one_fault()).to_json()
    assert document["schema"] == 1
    assert (document["verdict"], document["exit_code"]) == ("nonconformant", 1)
    assert document["started"] == samples.STARTED
    assert document["duration_seconds"] == 4.8
    assert document["requests"] == {"global": 306, "india": 306}
    assert document["regions"] == samples.REGIONS
    assert document["seed"] == 7421
    failed = next(entry for entry in document["results"] if entry["outcome"] == "failed")
    assert (failed["requirement"], failed["level"], failed["region"]) == ("PAG-03", "MUST", "india")
    assert failed["evidence"] == {"pages": 42}
    assert failed["findings"][0]["actual"] == "has_more true"
    assert failed["findings"][0]["exchanges"] == ["india-0021", "india-0020"]


def test_what_is_explained_names_its_cause(concluded: Concluded) -> None:
    """`caused_by` lists requirement ids, and is absent where there is none."""
    results = concluded(samples.one_fault()).to_json()["results"]
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
    document = concluded(samples.one_fault()).to_json()
    with pytest.raises(jsonschema_rs.ValidationError):
        validator("report").validate(document | change)
