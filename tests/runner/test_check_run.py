"""A check at one place: what it is handed, how it ends, what is said of it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from conformance.client import RegionLost
from conformance.laws.finding import Finding
from conformance.runner.check_run import RENEWALS
from tests.support.checks import make_check
from tests.support.lists import exchange, own

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.contract.operation import Operation
    from conformance.runner.check_run import CheckRun


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


def test_a_region_that_was_lost_before_is_not_asked() -> None:
    """No check prepares requests for it; another region's loss stops one that compares regions."""
    asked: list[str] = []
    gone = cast("Any", SimpleNamespace(lost="region mars refuses the key"))
    for region, expected in (("mars", []), ("venus", ["asked"]), (None, [])):
        asked.clear()
        run = make_check(lambda: asked.append("asked"), region=region)
        run.sender.clients = {"mars": gone, "venus": cast("Any", SimpleNamespace(lost=None))}
        run.execute()
        assert asked == expected
        assert run.lost == (None if expected else "region mars refuses the key")


def test_a_check_whose_row_went_asks_again_for_another() -> None:
    """Once, with what is known instead; what it found stays, what it could not judge does not."""
    seen: list[str | None] = []

    def check(sender: Sender, evidence: Evidence) -> None:
        seen.append(sender.operation.plain_path)
        if sender.operation.plain_path == "/things/gone":
            sender.bereft.add("mars")
        evidence.judge("PAG-03", [Finding("false", "true")])
        evidence.unjudged("PAG-02", f"nothing at {sender.operation.plain_path}")

    known = {"path": "/things/gone"}

    def learn(operation: Operation, _: str) -> Operation:
        return replace(operation, path=known["path"])

    def renew(_: Operation, region: str) -> bool:
        known["path"] = f"/things/of-{region}"
        return True

    run = make_check(check)
    run.renew = renew
    run.context = run.sender.context = run.evidence.context = replace(run.context, learn=learn)
    run.execute()
    assert seen == ["/things/gone", "/things/of-mars"]
    judged = run.evidence.judgements
    assert len(judged["PAG-03", "mars"].findings) == 2
    assert judged["PAG-02", "mars"].reason == "nothing at /things/of-mars"

    seen.clear()
    run.renew = lambda operation, region: False
    run.execute()
    assert len(seen) == 1

    seen.clear()
    run.renew = lambda operation, region: True
    known["path"] = "/things/gone"
    run.context = run.sender.context = replace(run.context)
    run.execute()
    assert len(seen) == 1 + RENEWALS


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


def rows_of(run: CheckRun, total: int) -> None:
    """Let the check's region answer with a list of so many rows."""
    rows = [{"id": number} for number in range(min(total, 20))]
    body = {"data": rows, "total": total, "has_more": total > len(rows)}
    run.sender._rows_seen.note(
        replace(exchange(body=body, request=own(plain=True)), region="mars"), run.context.operation
    )


def test_a_short_list_leaves_unexercised_what_it_cannot_show() -> None:
    """The default limit shows on 21 rows, not on 20."""
    for total, expected in ((20, 21), (21, None)):
        run = make_check(requirements=("PAG-01",))
        rows_of(run, total)
        run.conclude()
        lack = run.evidence.judgements["PAG-01", "mars"].unexercised
        assert (lack.needed if lack else None) == expected


def test_an_empty_list_is_no_small_account() -> None:
    """Nothing is seen of it, so it is no excuse: the missing evidence is, and says why."""
    run = make_check(requirements=("PAG-01",))
    rows_of(run, 0)
    run.conclude()
    judgement = run.evidence.judgements["PAG-01", "mars"]
    assert (judgement.unexercised, judgement.reason) == (None, "the list has no rows")


def test_where_no_row_has_a_value_for_the_path_nothing_is_exercised() -> None:
    """The check is not run: every request of it would name nothing."""
    asked: list[str] = []
    run = make_check(lambda: asked.append("asked"), requirements=("SCH-01",))
    operation = run.context.operation
    templated = replace(operation, path="/v1/{id}", feeds={"id": operation.id})
    run.context = replace(run.context, checked=templated)
    run.execute()
    run.conclude()
    lack = run.evidence.judgements["SCH-01", "mars"].unexercised
    assert asked == []
    assert lack is not None
    assert (lack.show, lack.needed, lack.found) == ("/v1/{id}", 1, 0)
