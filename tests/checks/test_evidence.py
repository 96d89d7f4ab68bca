"""Evidence: how judgements add up."""

from __future__ import annotations

from dataclasses import replace

from conformance.checks.evidence import KEPT, MOVED, Evidence, Judgement
from conformance.laws.finding import Finding
from tests.support.checks import make_check, make_context
from tests.support.lists import exchange


def test_the_first_findings_are_kept() -> None:
    """The first ones stand, the rest is counted."""
    judgement = Judgement()
    for index in range(KEPT + 2):
        judgement.add(Finding("x", str(index)))
    assert [one.actual for one in judgement.findings] == [str(index) for index in range(KEPT)]
    assert judgement.omitted == 2


def test_an_exchange_of_a_stream_is_evidence_where_it_breaks_a_law() -> None:
    """Either way it is judged; only one that shows something is worth its record."""
    evidence = make_check().evidence
    page = {"data": [], "has_more": False, "total": 0}
    good, bad = (replace(exchange(status, page), region="mars") for status in (200, 500))
    assert [evidence.observe_streamed(good), evidence.observe_streamed(bad)] == [False, True]
    assert evidence.judgements["SCH-06", "mars"].evidence == {"requests": 2}
    assert len(evidence.judgements["SCH-06", "mars"].findings) == 1


def test_what_could_not_be_told_is_no_evidence() -> None:
    """Data that moved too much leave a reason behind, and neither evidence nor a finding."""
    evidence = make_check(region="global").evidence
    evidence.judge("PAG-07", None, windows=1)
    evidence.judge("PAG-08", [], repeats=2)
    moved, steady = evidence.judgements["PAG-07", "global"], evidence.judgements["PAG-08", "global"]
    assert (dict(moved.evidence), moved.reason) == ({}, MOVED)
    assert (dict(steady.evidence), steady.reason) == ({"repeats": 2}, None)


def test_a_finding_about_the_document_has_no_operation() -> None:
    """Nor answers: nothing else is told of it."""
    context = make_context(region=None, operation=False)
    evidence = Evidence(context, frozenset(context.contract.requirements))
    evidence.judge("DOC-03", [Finding("every status listed", "404 is not")], documents=1)
    (judgement,) = evidence.judgements.values()
    assert len(judgement.findings) == 1


def test_a_firmer_finding_takes_the_room_of_a_weaker_one() -> None:
    """A hundred warnings hide no failure."""
    judgement = Judgement()
    for index in range(KEPT + 1):
        judgement.add(Finding("x", f"weak {index}", level="SHOULD"))
    judgement.add(Finding("x", "firm"))
    assert "firm" in [one.actual for one in judgement.findings]
    assert (len(judgement.findings), judgement.omitted) == (KEPT, 2)
