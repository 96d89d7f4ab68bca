"""A check at one place: what it is handed, how it ends, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.client import RegionLost
from conformance.laws.finding import Finding
from tests.support.checks import make_check

if TYPE_CHECKING:
    from conformance.checks.evidence import Evidence


def test_a_check_gets_what_it_asks_for_by_name() -> None:
    """Of context, sender and evidence only those that the function names."""
    seen: dict[str, Any] = {}

    def check(context: Any, evidence: Evidence) -> None:
        seen.update(context=context, evidence=evidence)

    run = make_check(check)
    run.execute()
    assert seen == {"context": run.context, "evidence": run.evidence}


def test_a_lost_region_leaves_its_reason() -> None:
    """A region without an answer is no failure of the check, and leaves its requirements
    inconclusive.
    """

    def lost() -> None:
        raise RegionLost("region mars stopped answering")

    run = make_check(lost, requirements=("PAG-02",))
    run.execute()
    run.conclude()
    judgement = run.evidence.judgements["PAG-02", "mars"]
    assert (run.lost, judgement.state, judgement.reason) == (
        "region mars stopped answering",
        "inconclusive",
        "region mars stopped answering",
    )


def test_a_check_that_found_nothing_has_judged_without_evidence() -> None:
    """Each requirement of a check has a judgement, so that none is lost on the way."""
    run = make_check(requirements=("PAG-02", "PAG-03"))
    run.execute()
    run.conclude()
    assert {name for name, _ in run.evidence.judgements} == {"PAG-02", "PAG-03"}
    assert not any(judgement.evidence for judgement in run.evidence.judgements.values())


def test_failures_are_those_of_a_must() -> None:
    """A finding of a SHOULD does not fail the test."""
    run = make_check()
    run.evidence.judge("AUT-08", [Finding("a challenge", "none")])
    run.evidence.judge("PAG-03", [Finding("false", "true")])
    assert run.failures() == ["PAG-03: expected false; actual true"]


def test_a_crash_is_the_suites_own_failure() -> None:
    """What an exception in a check leaves unjudged is broken, not passed."""
    run = make_check(requirements=("PAG-02",))
    run.broke("LookupError: oops")
    judgement = run.evidence.judgements["PAG-02", "mars"]
    assert (judgement.state, judgement.reason) == (
        "broken",
        "the suite itself failed: LookupError: oops",
    )
