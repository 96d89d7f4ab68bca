"""Outcomes: what judgements add up to, and what a missing one means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.events.errors import UnknownEvents
from conformance.verdict.conclude import conclude
from conformance.verdict.tally import HeaderMissing
from tests.support.sample_events import finding, judged
from tests.support.samples import cut, green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report, Result
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def result(report: Report, requirement: str, region: str | None = "india") -> Result:
    return next(r for r in report.results if (r.requirement, r.region) == (requirement, region))


def bent(change: dict[str, Any], requirement: str = "PAG-03") -> Sample:
    sample = green()
    sample.judgement(requirement, "india").update(change)
    return sample


BAD = finding("a", "b", [])
LACK = {"show": "default limit", "needed": 21, "found": 3, "unit": "rows"}
SOFT = finding("a", "b", [], level="SHOULD")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "passed"),
        ({"findings": [BAD]}, "failed"),
        ({"findings": [SOFT]}, "warned"),
        ({"findings": [SOFT, BAD]}, "failed"),
        ({"findings": [BAD], "state": "broken", "reason": "crash"}, "failed"),
        ({"findings": [SOFT], "state": "broken", "reason": "crash"}, "broken"),
        ({"findings": [SOFT], "state": "inconclusive", "reason": "moved"}, "warned"),
        ({"state": "inconclusive", "reason": "the list moved"}, "inconclusive"),
        ({"evidence": {"pages": 4}}, "inconclusive"),
        ({"evidence": {}}, "inconclusive"),
        ({"evidence": {"pages": 1}, "exhausted": True}, "passed"),
        ({"evidence": {}, "exhausted": True}, "inconclusive"),
        ({"evidence": {"pages": 5}}, "passed"),
        ({"unexercised": LACK}, "unexercised"),
        ({"unexercised": LACK, "evidence": {}}, "unexercised"),
        ({"unexercised": LACK, "evidence": {}, "reason": "the data moved"}, "inconclusive"),
        ({"unexercised": LACK, "findings": [SOFT]}, "warned"),
        ({"unexercised": LACK, "state": "broken", "reason": "crash"}, "broken"),
        ({"state": "not_applicable", "reason": "no filter", "evidence": {}}, "not_applicable"),
        ({"state": "broken", "reason": "KeyError"}, "broken"),
    ],
)
def test_one_judgement_has_the_outcome_of_the_worst_thing_it_says(
    concluded: Concluded, change: dict[str, Any], outcome: str
) -> None:
    """Failure before suite trouble before warnings before too little evidence before a pass."""
    assert result(concluded(bent(change)), "PAG-03").outcome == outcome


def test_a_should_requirement_that_fails_is_a_warning(concluded: Concluded) -> None:
    """A finding without a level of its own has the requirement's."""
    assert result(concluded(bent({"findings": [BAD]}, "AUT-08")), "AUT-08").outcome == "warned"


def test_evidence_of_several_judgements_is_summed(concluded: Concluded) -> None:
    """Two checks that saw three and two pages have together what a pass needs."""
    sample = bent({"evidence": {"pages": 3}})
    sample.judgements.append(judged("PAG-03", "list-batch-calls", "india", {"pages": 2}))
    found = result(concluded(sample), "PAG-03")
    assert (found.outcome, dict(found.evidence)) == ("passed", {"pages": 5})


def test_findings_of_several_judgements_are_kept(concluded: Concluded) -> None:
    """No check's finding is lost to another check's pass."""
    sample = bent({"findings": [BAD]})
    second = judged("PAG-03", "list-batch-calls", "india", {"pages": 9})
    second["findings"] = [finding("c", "d", [])]
    sample.judgements += [second, judged("PAG-03", "list-batch-calls", "india", {"pages": 9})]
    assert [f.expected for f in result(concluded(sample), "PAG-03").findings] == ["a", "c"]


def test_one_judgement_that_applies_is_enough(concluded: Concluded) -> None:
    """Not applicable to one check and held by another is a pass."""
    sample = bent({"state": "not_applicable", "reason": "one page only"})
    sample.judgements.append(judged("PAG-03", "list-batch-calls", "india", {"pages": 9}))
    assert result(concluded(sample), "PAG-03").outcome == "passed"


def test_a_check_that_had_nothing_to_ask_of_what_does_not_apply(concluded: Concluded) -> None:
    """It takes nothing from what another one says; evidence that is too little does."""
    silent = bent({"state": "not_applicable", "reason": "one page only", "evidence": {}})
    silent.judgements.append(judged("PAG-03", "list-batch-calls", "india", {}))
    found = result(concluded(silent), "PAG-03")
    assert (found.outcome, found.message) == ("not_applicable", "one page only")

    short = bent({"state": "not_applicable", "reason": "one page only", "evidence": {}})
    short.judgements.append(judged("PAG-03", "list-batch-calls", "india", {"pages": 1}))
    assert result(concluded(short), "PAG-03").outcome == "inconclusive"


def test_an_inconclusive_says_what_was_needed_and_found(concluded: Concluded) -> None:
    """A person can tell from the message how far the evidence fell short."""
    message = result(concluded(bent({"evidence": {"pages": 4}})), "PAG-03").message
    assert message == "too little evidence for a pass: needed 5 pages, found 4"


@pytest.mark.parametrize("count", [1, 3])
def test_a_failure_says_expected_actual_and_how_many_more(concluded: Concluded, count: int) -> None:
    """The message of a failure stands alone; findings left out are counted too."""
    message = result(concluded(bent({"findings": [BAD] * count, "omitted": 2})), "PAG-03").message
    assert message == f"expected a; actual b ({count + 1} more findings)"


def test_what_was_expected_and_not_judged_breaks_a_complete_run(concluded: Concluded) -> None:
    """A requirement lost on the way is the suite's fault, and never a pass."""
    report = concluded(green().without("PAG-03", "india"))
    assert result(report, "PAG-03").outcome == "broken"
    assert (report.verdict, report.exit_code) == ("unverified", 3)


def test_what_was_expected_and_not_judged_is_inconclusive_when_cut_short(
    concluded: Concluded,
) -> None:
    """A run that was interrupted says so for each thing it did not reach."""
    found = result(concluded(cut()), "AUT-12")
    assert (found.outcome, found.message) == ("inconclusive", "not judged: interrupted by Ctrl-C")


def test_what_the_header_rules_out_is_not_applicable(concluded: Concluded) -> None:
    """The reason the header gives is the result's message."""
    sample = green().without("PAR-01")
    sample.header["expected"] = [
        entry for entry in sample.header["expected"] if entry[0] != "PAR-01"
    ]
    sample.header["not_applicable"] = [["PAR-01", "list-batch-calls", None, "one region alone"]]
    found = result(concluded(sample), "PAR-01", None)
    assert (found.outcome, found.message) == ("not_applicable", "one region alone")


def test_a_requirement_the_catalogue_lacks_is_broken(concluded: Concluded) -> None:
    """A check that judges something nobody promised is a fault of the suite."""
    sample = green()
    sample.judgements.append(judged("XXX-99", "list-batch-calls", "india", {"pages": 9}))
    report = concluded(sample)
    assert (result(report, "XXX-99").outcome, report.exit_code) == ("broken", 3)


def test_results_come_in_the_catalogues_order(concluded: Concluded) -> None:
    """However the checks were scheduled, the report reads the same."""
    sample = one_fault()
    sample.judgements.reverse()
    assert [r.key for r in concluded(sample).results] == [
        r.key for r in concluded(one_fault()).results
    ]


def test_a_stream_without_events_is_no_report(tmp_path: Path) -> None:
    """A run that ended before its header can say nothing, and says that."""
    path = tmp_path / "events.ndjson"
    path.touch()
    with pytest.raises(HeaderMissing, match="no header"):
        conclude(path)


def test_a_stream_of_another_schema_is_refused(tmp_path: Path) -> None:
    """Events of another version are not guessed at."""
    sample = green()
    sample.header["schema"] = 2
    with pytest.raises(UnknownEvents, match="schema 2"):
        conclude(sample.write(tmp_path / "events.ndjson"))


def test_without_a_footer_requests_and_time_are_counted(concluded: Concluded) -> None:
    """A killed run is measured by the exchanges it recorded."""
    sample = green()
    sample.footer = None
    report = concluded(sample)
    assert dict(report.requests) == {"global": 8, "india": 8}
    assert 1 < report.duration_seconds < 10


def test_a_failure_is_shown_before_the_warnings_beside_it(concluded: Concluded) -> None:
    """Reports show the first finding."""
    seen = result(concluded(bent({"findings": [SOFT, BAD, SOFT]})), "PAG-03")
    assert [found.level for found in seen.findings] == ["MUST", "SHOULD", "SHOULD"]
