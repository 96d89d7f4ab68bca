"""A report weighed: what holds, what is known, what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.gate.decision import combined, decide
from conformance.gate.policy import Policy, Rule
from conformance.verdict.conclude import conclude
from conformance.verdict.reference import Reference, of_report
from tests.support.samples import cut, green, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

NOTHING = Reference()
NO_POLICY = Policy()


@pytest.fixture
def report(tmp_path: Path) -> Any:
    """Concludes a sample run."""

    def make(sample: Sample) -> Report:
        return conclude(sample.write(tmp_path / "events.ndjson"))

    return make


@pytest.mark.parametrize(
    ("sample", "answer", "code"),
    [(green, "let through", 0), (one_fault, "hold", 1), (cut, "cannot tell", 3)],
)
def test_each_verdict_has_its_answer(report: Any, sample: Any, answer: str, code: int) -> None:
    """And its exit code."""
    decision = decide(report(sample()), NO_POLICY, NOTHING)
    assert (decision.answer, decision.exit_code) == (answer, code)


def test_a_hold_says_what_failed_and_what_was_seen(report: Any) -> None:
    """The cause, with its message."""
    decision = decide(report(one_fault()), NO_POLICY, NOTHING)
    assert decision.sentence.startswith("PAG-03 (india) failed")
    assert "has_more true" in decision.sentence


def test_what_the_reference_has_does_not_hold(report: Any) -> None:
    """It is named as known."""
    failed = report(one_fault())
    decision = decide(failed, NO_POLICY, of_report(failed))
    assert decision.answer == "let through"
    assert "known before: PAG-03" in decision.sentence


def test_what_the_reference_does_not_have_holds(report: Any) -> None:
    """Though another failure is known."""
    reference = of_report(report(one_fault()))
    sample = one_fault()
    other = sample.judgement("AUT-01", "india")
    other["findings"] = sample.judgement("PAG-03", "india")["findings"]
    decision = decide(report(sample), NO_POLICY, reference)
    assert decision.answer == "hold"
    assert "AUT-01" in decision.sentence


def test_a_region_that_the_reference_never_judged_is_compared_with_all_of_its_regions() -> None:
    """A candidate has no name that production has."""
    known = Reference({("PAG-03", "list", "india"): "failed"}, frozenset({"global", "india"}))
    assert known.has(("PAG-03", "list", "candidate"), "failed")
    assert known.has(("PAG-03", "list", "india"), "failed")
    assert not known.has(("PAG-03", "list", "global"), "failed")


def test_a_warning_that_became_a_failure_is_new() -> None:
    """It has got worse."""
    known = Reference({("PAG-03", "list", "a"): "warned"}, frozenset({"a"}))
    assert known.has(("PAG-03", "list", "a"), "warned")
    assert not known.has(("PAG-03", "list", "a"), "failed")


def test_what_a_known_failure_explains_is_known(report: Any) -> None:
    """A cause that is there brings its consequences along, in the same place alone."""
    failed = report(one_fault())
    (cause,) = [r for r in failed.results if r.requirement == "PAG-03" and r.outcome == "failed"]
    passed = next(
        r for r in failed.results if r.region == cause.region and r.requirement == "PAG-02"
    )
    explained = replace(passed, outcome="failed", caused_by=("PAG-03",), findings=cause.findings)
    results = tuple(explained if r is passed else r for r in failed.results)
    reference = of_report(failed)
    assert decide(replace(failed, results=results), NO_POLICY, reference).answer == "let through"
    elsewhere = tuple(replace(r, region="x") if r is explained else r for r in results)
    assert decide(replace(failed, results=elsewhere), NO_POLICY, reference).answer == "hold"


def test_a_policy_may_only_report(report: Any) -> None:
    """The failure is named all the same."""
    policy = Policy((Rule(action="report", area="pagination"),))
    decision = decide(report(one_fault()), policy, NOTHING)
    assert decision.answer == "let through"
    assert "reported only, by the policy: PAG-03" in decision.sentence


def test_a_policy_may_hold_on_a_should(report: Any) -> None:
    """As --strict does, for what it names."""
    sample = green()
    finding = one_fault().judgement("PAG-03", "india")["findings"]
    should = next(entry["id"] for entry in sample.header["catalogue"] if entry["level"] == "SHOULD")
    judged = next(entry for entry in sample.judgements if entry["requirement"] == should)
    judged["findings"] = [{**finding[0], "exchanges": []}]
    policy = Policy((Rule(action="hold", requirement=should),))
    warned = report(sample)
    assert decide(warned, NO_POLICY, NOTHING).answer == "let through"
    assert decide(warned, policy, NOTHING).answer == "hold"


def test_one_uncertain_must_is_asked_again_by_name(report: Any) -> None:
    """A run that cannot vouch as a whole names none."""
    sample = green()
    sample.judgement("PAG-03", "india")["evidence"] = {}
    unsure = report(sample)
    decision = decide(unsure, NO_POLICY, NOTHING)
    assert (decision.answer, decision.unsure) == ("cannot tell", ("PAG-03",))
    assert decide(report(cut()), NO_POLICY, NOTHING).unsure == ()
    again = {result.key: result for result in report(green()).results}
    assert decide(combined(unsure, again), NO_POLICY, NOTHING).answer == "let through"


def test_a_second_run_changes_no_certain_result(report: Any) -> None:
    """A failure that does not show again was a failure."""
    again = {result.key: result for result in report(green()).results}
    assert decide(combined(report(one_fault()), again), NO_POLICY, NOTHING).answer == "hold"


@pytest.mark.parametrize(
    ("expires", "words"),
    [("2026-01-01", "expired on 2026-01-01"), ("2099-01-01", "was not needed")],
)
def test_a_waiver_that_does_not_earn_its_place_is_said(
    report: Any, expires: str, words: str
) -> None:
    """Expired, or no longer needed; in a smoke run only what a smoke run can know."""
    waiver = {"requirement": "PAG-03", "reason": "r", "owner": "me", "expires": expires}
    sample = green()
    sample.header["waivers"] = [{"region": None, "operation": None, **waiver}]
    (notice,) = decide(report(sample), NO_POLICY, NOTHING).notices
    assert words in notice
    sample.header["profile"] = "smoke"
    notices = decide(report(sample), NO_POLICY, NOTHING).notices
    assert notices == ((notice,) if "expired" in words else ())
