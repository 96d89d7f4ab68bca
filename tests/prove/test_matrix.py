"""The kill matrix: what counts as killed, as survived, as a false positive."""

from __future__ import annotations

import pytest

from conformance.prove import matrix
from conformance.prove.entries import Entry, NoSuchEntry, entries, sampled
from conformance.prove.record import NotPassed, Record

LEVELS = {"PAG-03": "MUST", "PAG-05": "MUST", "AUT-08": "SHOULD"}
FAULT = Entry("has-more-always", "fault", "", "PAG-03")


def result(requirement, outcome="failed", caused_by=(), level="MUST"):
    return NotPassed(requirement, level, "india", outcome, "expected a; actual b", caused_by)


def judged(entry, *outcomes, verdict="nonconformant"):
    return matrix.row(entry, Record(verdict, tuple(outcomes)), LEVELS)


def test_killed_by_its_own_requirement() -> None:
    """Requirements that fail as a consequence are listed apart."""
    row = judged(FAULT, result("PAG-03"), result("PAG-05", caused_by=("PAG-03",)))
    assert (row.problem, row.killed_by, row.also_failed) == ("", ("PAG-03",), ("PAG-05",))


def test_reported_only_by_another() -> None:
    """A fault that another requirement alone fails for is not explained."""
    assert judged(FAULT, result("PAG-05")).problem == "reported only by PAG-05, not by PAG-03"


def test_survived() -> None:
    """The problem says whether its requirement passed or was inconclusive."""
    assert judged(FAULT).problem.startswith("survived: PAG-03")
    assert "inconclusive" in judged(FAULT, result("PAG-03", "inconclusive")).problem


def test_a_warning_kills_what_is_only_recommended() -> None:
    """A warning kills a fault of a SHOULD, not one of a MUST."""
    assert judged(Entry("x", "fault", "", "AUT-08"), result("AUT-08", "warned")).problem == ""
    assert judged(FAULT, result("PAG-03", "warned")).problem


def test_false_positives() -> None:
    """A failure on a variant, a warning on the healthy server, or a wrong verdict."""
    variant = Entry("slow-line", "benign", "")
    assert judged(variant, verdict="conformant").problem == ""
    assert judged(variant, result("PAR-08", "warned"), verdict="conformant").problem == ""
    assert judged(variant, result("PAG-03")).problem.startswith(
        "false positive: PAG-03 failed in india"
    )
    assert judged(variant, verdict="unverified").problem.startswith(
        "unverified instead of conformant"
    )
    healthy = Entry("healthy", "healthy", "")
    assert judged(healthy, result("PAR-08", "warned"), verdict="conformant").problem.startswith(
        "false positive"
    )
    empty = Entry("empty", "benign", "", expected="unverified")
    assert judged(empty, verdict="unverified").problem == ""


def test_a_suite_that_failed_proves_nothing() -> None:
    """An error of the suite is a problem, whatever was reported before it."""
    row = matrix.row(FAULT, Record("unverified", error="no end after 180 s"), LEVELS)
    assert row.problem == "the suite itself failed: no end after 180 s"
    assert row.command == "conformance prove --faults has-more-always"


def test_a_check_that_failed_by_itself_is_a_problem_whatever_else_was_found() -> None:
    """A fault is killed beside it, and the suite is wrong all the same."""
    row = judged(FAULT, result("PAG-03"), result("PAG-05", "broken"))
    assert row.problem == "the suite itself failed on PAG-05: expected a; actual b"


def test_musts_without_faults_are_named() -> None:
    """Every MUST has two faults at least."""
    rows = [judged(FAULT, result("PAG-03"))] * 2
    assert matrix.too_few_faults(rows, LEVELS) == ["PAG-05"]


def test_globs_choose_by_name_and_by_requirement() -> None:
    """The healthy server, variants and faults alike; what matches nothing is an error
    that says so.
    """
    assert [one.name for one in entries("healthy")] == ["healthy"]
    assert {one.requirement for one in entries("pag-03")} == {"PAG-03"}
    assert [one.kind for one in entries("slow-line")] == ["benign"]
    with pytest.raises(NoSuchEntry, match="matches no fault"):
        entries("no-such-*")


def test_a_sample_covers_every_requirement() -> None:
    """Fewer servers, and still two faults for each requirement and the healthy mock."""
    whole, part = entries(), sampled(entries())
    assert {one.requirement for one in part} == {one.requirement for one in whole}
    assert part[0].kind == "healthy"
    assert len(part) < len(whole) / 2
